import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { assertWellFormed } from '../../../test/support/well-formed.ts';
import { parseStudy } from '../parse-study.ts';
import type { StudyResults, TrialResult } from '../results.ts';
import { runSweep } from '../sweep/run-sweep.ts';
import { importances } from './importance.ts';
import { writeStudyReport } from './write-study-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'apical-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = `name: small
description: two & two <axes>
base: { samples: 200 }
axes:
  rates.W1.eta0: [0.001, 0.01, 1000]
  rates.Q.eta0: [0.001, 0.01]
seeds: 2
marked:
  - { name: "the <paper's>", settings: { rates.W1.eta0: 0.009, rates.Q.eta0: 0.003 } }
`;

let results: StudyResults;
beforeAll(async () => {
  results = await runSweep(parseStudy(text, 'study.yaml'), text, folder);
}, 60_000);

test('the report is a sound page with the tables, a heat map with the mark, and the curves', async () => {
  const [table = '', page = ''] = await writeStudyReport(results, folder);
  const html = readFileSync(page, 'utf8');
  assertWellFormed(html, ['meta']);
  expect(html).toContain('two &amp; two &lt;axes&gt;');
  expect(html).toContain('2 of 2 diverged');
  // Six places and the ring; of the two that diverged, none has a colour.
  const cells = html.match(/<g [^>]*aria-label="cell"[\s\S]*?<\/g>/g)?.map((group) => group.match(/<rect /g)?.length);
  expect(cells).toEqual([6, 4, 1]);
  expect(html.match(/the &lt;paper&#39;s&gt;/g)?.length).toBe(2);
  // Of each axis a plot: five settings have a value, the marked one among them, the two that diverged a cross; and a legend for five curves.
  const { document } = parseHTML(html);
  const plots = ['rates.W1.eta0', 'rates.Q.eta0'].map((axis) =>
    document.querySelector(`svg[aria-label="objective against ${axis}"]`),
  );
  for (const plot of plots) {
    expect(plot?.querySelectorAll('circle')).toHaveLength(5);
    const labels = [...plot!.querySelectorAll('[aria-label="x-axis tick label"] text')].map((text) => text.textContent);
    expect(labels).toEqual(plot === plots[0] ? ['0.001', '0.01', '1000'] : ['0.001', '0.01']);
    expect(plot?.querySelectorAll('[aria-label="dot"] path')).toHaveLength(2);
  }
  const curves = [...document.querySelectorAll('section')].find(({ textContent }) => /^\s*Learning/.test(textContent));
  const legend = [...curves!.querySelectorAll('.legend li')].map(({ textContent }) => textContent.trim());
  expect(legend).toHaveLength(5);
  expect(legend[0]).toMatch(/^1: rates\.W1\.eta0 = 0\.0\d+, rates\.Q\.eta0 = 0\.0\d+: mean ± sd of 2 seeds$/);
  expect(curves!.querySelectorAll('svg .mean path')).toHaveLength(5 + 5);
  const rows = readFileSync(table, 'utf8').trimEnd().split('\r\n');
  expect(rows).toHaveLength(1 + 7);
  expect(rows[0]).toBe('rates.W1.eta0,rates.Q.eta0,samples,seeds,diverged,mean,sd');
  const best = results.trials.reduce((a, b) => (a.loss <= b.loss ? a : b));
  expect(html.indexOf(best.mean.toFixed(6))).toBeGreaterThan(0);
});

test('the report of successive halving counts settings once, and says what rungs there were and which are compared', async () => {
  const halving = `name: halving
base: { samples: 90 }
axes:
  rates.W1.eta0: { log: [1e-3, 1e-1] }
  rates.Q.eta0: { log: [1e-3, 1e-1] }
search: { method: asha, trials: 4, minSamples: 30, eta: 3 }
`;
  const own = mkdtempSync(join(tmpdir(), 'apical-report-'));
  onTestFinished(() => rmSync(own, { recursive: true, force: true }));
  const asha = await runSweep(parseStudy(halving, 'study.yaml'), halving, own);
  const [, page = ''] = await writeStudyReport(asha, own);
  const html = readFileSync(page, 'utf8');
  const promoted = asha.trials.length - 4;
  expect(promoted).toBeGreaterThan(0);
  expect(html).toContain('>4 settings, 1 seed each,');
  expect(html).toContain(`Rungs: 30 samples: 4 settings; 90 samples: ${promoted} setting`);
  expect(html).toContain('Compared after 30 samples: 4 settings.');
  // Four trials in intervals say nothing of an axis by itself.
  expect(html.match(/too few trials/g)).toHaveLength(2);
  const cells = html
    .match(/<g [^>]*aria-label="dot"[\s\S]*?<\/g>/g)
    ?.map((group) => group.match(/<(circle|path) /g)?.length);
  expect(cells).toContain(4);
});

test('an axis that decides the ranks has all importance, one that does nothing none; the shares of a sum add up', () => {
  const axes = ['a', 'b'].map((name) => ({
    name,
    sets: [name],
    scale: { kind: 'values', values: [0, 1, 2] } as const,
  }));
  const study = { ...results.study, axes };
  const trials = (loss: (a: number, b: number) => number): TrialResult[] =>
    [0, 1, 2].flatMap((a) =>
      [0, 1, 2].map((b): TrialResult => {
        const [run] = results.trials[0]!.runs;
        return {
          trial: { settings: { a, b } },
          runs: [run!],
          isComplete: true,
          diverged: 0,
          unmeasured: 0,
          mean: 0,
          sd: 0,
          loss: loss(a, b),
        };
      }),
    );
  const shares = (loss: (a: number, b: number) => number) =>
    Object.fromEntries(importances(study, trials(loss)).map(({ axis, share }) => [axis.name, share]));
  expect(shares((a) => (a === 2 ? Infinity : a))).toEqual({ a: 1, b: 0 });
  expect(shares(() => 1)).toEqual({ a: 0, b: 0 });
  // Of one trial nothing follows.
  expect(importances(study, trials((a) => a).slice(0, 1)).map(({ share }) => share)).toEqual([undefined, undefined]);
  // Ranks of 3a + b are the sums themselves: the variances are 9 to 1.
  const sum = shares((a, b) => 3 * a + b);
  expect(sum.a).toBeCloseTo(0.9, 12);
  expect(sum.b).toBeCloseTo(0.1, 12);
});
