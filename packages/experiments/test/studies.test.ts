import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { completedSettings } from '../src/studies/axis-values.ts';
import { parseStudy } from '../src/studies/parse-study.ts';
import { studyJsonSchema } from '../src/studies/schema.ts';
import { grid } from '../src/studies/search/grid.ts';
import { trialConfig } from '../src/studies/trial-config.ts';

const folder = fileURLToPath(new URL('../../../studies', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

test.each(files)('%s is a study of its name', (file) => {
  const study = parseStudy(readFileSync(join(folder, file), 'utf8'), file);
  expect(`${study.name}.yaml`).toBe(file);
});

test.each(files)('%s searches for what its runs measure', (file) => {
  const study = parseStudy(readFileSync(join(folder, file), 'utf8'), file);
  const { accuracy } = trialConfig(study, { settings: completedSettings(study.axes, {}) }, 1);
  expect(['objective', ...Object.keys(accuracy).map((name) => `accuracy.${name}`)]).toContain(study.objective.metric);
});

test.each(files.filter((name) => name.startsWith('paper-')))("%s has the paper's 12 values of every rate", (file) => {
  const { axes } = parseStudy(readFileSync(join(folder, file), 'utf8'), file);
  const counts = axes.map(({ scale }) => (scale.kind === 'values' ? scale.values.length : 0));
  expect(counts.slice(1, 4)).toEqual([12, 12, 12]);
  expect(grid(axes)).toHaveLength((12 ** 3 + 12 ** 2) * (counts[4] as number));
});

// `npm run docs:update` writes it.
test('the JSON Schema for editors is the one that files are checked by', async () => {
  const text = `${JSON.stringify(studyJsonSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot(join(folder, 'study.schema.json'));
});
