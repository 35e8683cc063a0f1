import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseStudy } from '../parse-study.ts';
import type { Study } from '../study.ts';
import { runSweep } from './run-sweep.ts';
import { sweepStatus } from './status.ts';

const text = `name: mixed
base: { rule: backprop, samples: 20, evaluateAt: [20], accuracy: { test: { split: test, first: 100 } } }
axes: { output: [linear, softmax] }
objective: { metric: accuracy.test }
`;

test('of a study whose runs are not to be ranked, as earlier versions did them, it is said how it stands, and none is best', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'apical-status-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const accepted = parseStudy(text, 'study.yaml');
  const mixed: Study = { ...accepted, objective: { metric: 'objective', at: 'last', goal: 'min' } };
  for (const [study, best] of [
    [accepted, expect.objectContaining({ isComplete: true })],
    [mixed, undefined],
  ] as const) {
    const place = join(folder, study.objective.metric);
    await runSweep(study, text, place);
    const status = await sweepStatus(place);
    expect(status).toMatchObject({ name: 'mixed', done: 2, planned: 2, best });
    if (best === undefined) expect(status.notRanked).toContain('with output softmax objective is of another kind');
    else expect(status).not.toHaveProperty('notRanked');
  }
});
