import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { listGenerators, shippedTable } from '@apical/data';
import { runTraining } from '@apical/experiments';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { generatedImages, generatedNames } from '../src/page/data/generated.ts';
import { shippedImages } from '../src/page/data/shipped.ts';
import { adapt } from '../src/page/experiment/adapt.ts';
import { commandLine } from '../src/page/experiment/command-line.ts';
import { type Experiment, settingsOf } from '../src/page/experiment/experiment.ts';
import { defaultPreset } from '../src/page/experiment/presets.ts';
import { runConfigOf, withConfig } from '../src/page/experiment/run-config.ts';
import { createTrainee } from '../src/page/training/trainee.ts';

const preset = defaultPreset.experiment;
const shipped = fileURLToPath(new URL('../../data/shipped/', import.meta.url));

/** As the page has them. The server's files are those that ship. */
function imagesOf(set: string) {
  const table = shippedTable(set);
  return table ? shippedImages(table, 'http://lab/') : generatedImages(set);
}

beforeAll(() => {
  vi.stubGlobal(
    'fetch',
    async (address: string) => new Response(readFileSync(address.replace('http://lab/data/', shipped))),
  );
});
afterAll(() => vi.unstubAllGlobals());

test.each([
  ['synthetic:coloured', 'adaptive-soft'],
  ['synthetic:spiked', 'similarity-matching'],
  ['synthetic:moons', 'bmvr'],
  ['synthetic:two-views?samples=300', 'bio-cca'],
  ['synthetic:correlated-views?samples=300', 'bio-cca-adaptive'],
  ['synthetic:linear-teacher?samples=300', 'backprop'],
  ['iris', 'bmvr'],
  ['wine', 'backprop'],
  ['digits', 'similarity-matching'],
])('%s is made and learned as by the command: %s', async (set, rule) => {
  const chosen = { ...preset, set, split: 'train', hidden: 2, rules: [rule], settings: {} } as const;
  const { experiment } = adapt(chosen, preset, preset);
  const config = runConfigOf(experiment, rule, 50);
  expect(commandLine(config)).toContain(`--data ${set.includes('?') ? `'${set}'` : set}`);
  const trainee = createTrainee();
  await trainee.prepare(config, await imagesOf(set), undefined);
  await trainee.begin();
  const { digest } = await trainee.advance(50, { digest: true });
  expect(digest).toBe((await runTraining(config)).weightsSha256);
});

test('a rule that learns labels is refused data that have none; all generators are offered', () => {
  const chosen = { ...preset, set: 'synthetic:coloured', split: 'train', rules: ['bmvr'] } as const;
  expect(() => runConfigOf(chosen, 'bmvr')).toThrow('bmvr learns labels, and synthetic:coloured has none');
  expect(generatedNames).toEqual(listGenerators().map(({ name }) => name));
});

test('numbers are prepared as the command has it where images were learned before, and images as the preset has it', () => {
  const inputs = (experiment: Experiment) => settingsOf(experiment, 'bmvr').inputs;
  const chosen = { ...preset, rules: ['bmvr'] };
  const iris = adapt({ ...chosen, set: 'iris', split: 'train' }, preset, chosen).experiment;
  const views = adapt({ ...iris, set: 'synthetic:two-views' }, preset, chosen).experiment;
  const again = adapt({ ...views, set: 'mnist', split: 'test' }, preset, views).experiment;
  expect([iris, views, again].map(inputs)).toEqual(['standardised', 'raw', 'standardised']);
});

test('a config of a table that comes with apical is brought, unless only a part of it is learned', () => {
  const table = adapt({ ...preset, set: 'iris', split: 'train', rules: ['bmvr'] }, preset, preset).experiment;
  const config = runConfigOf(table, 'bmvr', 50);
  expect(runConfigOf(withConfig(config), 'bmvr', 50)).toEqual(config);
  const parted = { ...config, data: { ...config.data, table: { ...config.data.table, holdOut: 0.2 } } };
  expect(() => withConfig(parted)).toThrow('the page learns all samples of iris: without holdOut');
  const own = { ...config, data: { ...config.data, set: 'file:mine.csv' } };
  expect(() => withConfig(own)).toThrow(
    'learns mine.csv, which the page does not have: bring the config and that file together',
  );
  const folder = { ...own, data: { ...own.data, set: 'file:img', table: { target: 'folder' } } };
  expect(() => withConfig(folder)).toThrow('learns the folder of images img, which is for the command');
  const views = { ...config, data: { ...config.data, labelInputs: 'columns' as const } };
  expect(() => withConfig(views)).toThrow('the page takes second views as they are, not columns');
});
