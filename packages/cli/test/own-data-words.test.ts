import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apical, temporaryFolder } from './apical.ts';
import { flowers, header, writeTable } from './own-data.ts';

const learning = '--rule backprop --hidden 4 --samples 60'.split(' ');

/** A run that learned flowers, one of whose names has quotes and a comma in it. */
async function learned(folder: string): Promise<{ table: string; model: string }> {
  const lines = flowers(60).map((line) => line.replace('setosa', '"Äpfel, ""x"""'));
  const table = writeTable(folder, 'flowers.csv', [header, ...lines]);
  const model = join(folder, 'runs/first');
  const { code, stderr } = await apical('train', '--data', table, '--target', 'species', ...learning, '--out', model);
  expect(code).toBe(0);
  expect(stderr).toContain('3 classes (versicolor, virginica, “Äpfel, "x"”)');
  return { table, model };
}

test('what cannot be read by a model is refused, with what to do', async () => {
  const folder = temporaryFolder();
  const { table, model } = await learned(folder);
  const latin = join(folder, 'latin.csv');
  writeFileSync(
    latin,
    Buffer.from([header, ...flowers(6).map((line) => line.replace('setosa', 'Äpfel'))].join('\n'), 'latin1'),
  );
  const labels = writeTable(folder, 'labels.csv', ['a,b', ...flowers(60).map((_, i) => `${i},${i % 3}`)]);
  const inputs = writeTable(
    folder,
    'inputs.csv',
    flowers(60).map((line) => line.split(',').slice(0, 4).join()),
  );
  const refused = [
    [['predict', model, '--data', latin], 'is not a text in UTF-8; if it is in Latin-1'],
    [['evaluate', model, '--data', latin], 'is not a text in UTF-8; if it is in Latin-1'],
    [['predict', model, '--input', table], 'is not a finite number; of a table that has the target, too, --data FILE'],
    [['evaluate', model, '--input', inputs, '--labels', labels], '--data FILE --target NAME'],
    [
      [
        'train',
        '--data',
        table,
        '--target',
        'species',
        ...learning,
        '--hidden',
        '8',
        '--hold-out',
        '0.2',
        '--out',
        model,
      ],
      /\((?:(?!found|sha256).)*hidden: 4 became 8.*; the data's content is other\)/i,
    ],
  ] as const;
  for (const [command, message] of refused) {
    const { code, stderr } = await apical(...command);
    expect({ command, code }).toEqual({ command, code: 2 });
    expect(stderr).toMatch(message);
  }
});

test('a list of runs of several tables has no sums and columns of these, and accuracies in per cent', async () => {
  const folder = temporaryFolder();
  await learned(folder);
  const asked = ['--data', 'iris', '--hold-out', '0.2', ...learning, '--out', join(folder, 'runs/second')];
  expect((await apical('train', ...asked)).code).toBe(0);
  const { stdout } = await apical('runs', 'list', join(folder, 'runs'));
  expect(stdout).toContain('data.set');
  expect(stdout).not.toContain('found');
  expect(stdout).toMatch(/ \d+\.\d\d %/);
  const shown = await apical('runs', 'list', join(folder, 'runs'), '--where', 'data.table.found.inputs=4');
  expect(shown.stdout).toContain('data.table.found.inputs');
});
