import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { listGenerators } from '@apical/data';
import { expect, test } from 'vitest';
import { apical, start, temporaryFolder } from './apical.ts';

// docs/data-sets.md: its commands are run, and its table says what the generators have.
const page = readFileSync(fileURLToPath(new URL('../../../docs/data-sets.md', import.meta.url)), 'utf8');

test('the page has every generator, with its own settings as they are unless given', () => {
  const rows = [...page.matchAll(/^\| `(synthetic:[\w-]+)` \| (.*?) \| (.*?) \| (.*?) \|$/gm)];
  const listed = listGenerators().map(({ name, labels, parameters }) => [
    name,
    labels,
    Object.entries(parameters)
      .filter(([key]) => !['test', 'seed'].includes(key))
      .map(([key, { default: usual }]) => `\`${key}=${usual}\``)
      .join(', '),
  ]);
  expect(rows.map(([, name, , labels, settings]) => [name, labels, settings])).toEqual(listed);
});

test('its commands run', async () => {
  const folder = temporaryFolder();
  const [, block = ''] = /```sh\n(.*?)```/s.exec(page) ?? [];
  for (const command of block.trim().split('\n')) {
    const [, , ...words] = command.match(/'[^']*'|\S+/g)!.map((word) => word.replaceAll("'", ''));
    const { code, stderr } = await start(words, {}, folder).end;
    expect({ command, code, stderr: code === 0 ? '' : stderr }).toEqual({ command, code: 0, stderr: '' });
  }
}, 60_000);

test('a model of generated classes is measured as the run measured it, to the last digit', async () => {
  const folder = temporaryFolder();
  const set = 'synthetic:spirals?arms=3&samples=300&test=200&seed=3';
  const learning = '--rule backprop --hidden 8 --activation tanh --samples 3000 --evaluate 2 --inputs columns'.split(
    ' ',
  );
  const run = await apical('train', '--data', set, ...learning, '--out', folder, '--json');
  const { evaluations, confusion } = JSON.parse(run.stdout);
  const last = evaluations.at(-1);
  for (const split of ['train', 'test'] as const) {
    const { stdout } = await apical('evaluate', folder, '--data', set, '--split', split, '--json');
    const measured = JSON.parse(stdout);
    expect([measured.accuracy, measured.confusion]).toEqual([last.accuracy[split], confusion[split]]);
    if (split === 'train') expect(measured.objective).toBe(last.objective);
  }
  expect(run.stderr).toContain('200 others held out; labels: 3 classes (0, 1, 2)');
});

test.each([
  ['evaluate of other inputs', ['evaluate', '--data', 'synthetic:xor?bits=3'], '3 inputs, but'],
  ['evaluate of other classes', ['evaluate', '--data', 'synthetic:spirals?arms=3'], '3 classes, but'],
  ['what is not held out', ['evaluate', '--data', 'synthetic:moons', '--split', 'test'], 'nothing of it is held out'],
])('%s is refused', async (_, [command = '', ...options], message) => {
  const folder = temporaryFolder();
  await apical('train', '--data', 'synthetic:moons?samples=50', '--samples', '50', '--out', folder);
  const { code, stderr } = await apical(command, folder, ...options);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
});

test.each([
  ['--hold-out 0.2', 'test=1000 in the name says how many samples are held out'],
  ['--target x', 'is for tables of your own'],
  ['--test test', 'test=1000 in the name'],
  ['--split test', 'data.split: must be train'],
  ['--first 51', 'data.first: synthetic:moons?samples=50 has 50 samples, not 51'],
  ['--labels numbers', 'data.labels: must be one-hot or one-hot-centred'],
])('of generated data %s is refused', async (words, message) => {
  const { code, stderr } = await apical('train', '--data', 'synthetic:moons?samples=50', ...words.split(' '));
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
});
