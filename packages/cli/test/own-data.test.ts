import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeNpy, writeNpz } from '@apical/data';
import { expect, test } from 'vitest';
import { apical, bin, temporaryFolder } from './apical.ts';
import { flowers, header, writeTable } from './own-data.ts';

const learning = '--rule backprop --hidden 8 --activation tanh --samples 1500 --json'.split(' ');

/** What of the documents of train and evaluate these tests look at. */
interface Document {
  config: {
    data: { labels: string; table: { found: object } };
    accuracy: object;
  };
  evaluations: { accuracy: { train: number; test: number }; objective: number }[];
  confusion: { test: number[][] };
  weightsSha256: string;
  objective: number;
  accuracy: number;
  samples: number;
  r2: number;
  classNames: string[];
}

async function json(...args: string[]): Promise<Document> {
  const { code, stdout, stderr } = await apical(...args);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

test.each(['standardised', 'columns'])(
  'inputs %s: evaluate gives what the run recorded, to the last digit',
  async (inputs) => {
    const folder = temporaryFolder();
    const table = writeTable(folder, 'flowers.csv', [header, ...flowers(90)]);
    const later = writeTable(folder, 'later.csv', [header, ...flowers(60, 300)]);
    const model = join(folder, 'run');
    const other = ['--target', 'species', '--test-data', later, '--inputs', inputs, '--out', model];
    const { evaluations } = await json('train', '--data', table, ...other, ...learning);
    const last = evaluations.at(-1)!;
    const [learned, held] = [
      await json('evaluate', model, '--data', table, '--json'),
      await json('evaluate', model, '--data', later, '--target', '5', '--json'),
    ];
    expect(last.accuracy).toEqual({ train: learned.accuracy, test: held.accuracy });
    expect(learned.objective).toBe(last.objective);
    expect(learned.classNames).toEqual(['setosa', 'versicolor', 'virginica']);

    // The same by files of inputs and labels.
    const rows = flowers(60, 300).map((line) => line.split(','));
    const input = writeTable(
      folder,
      'x.csv',
      rows.map((cells) => cells.slice(0, 4).join(',')),
    );
    const labels = writeTable(
      folder,
      'y.csv',
      rows.map((cells) => cells[4]!),
    );
    const again = await json('evaluate', model, '--input', input, '--labels', labels, '--json');
    expect([again.accuracy, again.objective]).toEqual([held.accuracy, held.objective]);
  },
);

test('a share that is held out is of each class alike, and can be measured later', async () => {
  const folder = temporaryFolder();
  const table = writeTable(folder, 'flowers.csv', [header, ...flowers(90)]);
  const model = join(folder, 'run');
  const data = ['--data', table, '--target', 'species', '--hold-out', '0.2'];
  const { config, evaluations, confusion } = await json('train', ...data, '--out', model, ...learning);
  expect(config.data.table.found).toMatchObject({ train: 72, test: 18, inputs: 4 });
  expect(confusion.test.map((row: number[]) => row.reduce((a, b) => a + b))).toEqual([6, 6, 6]);
  const held = await json('evaluate', model, '--data', table, '--split', 'test', '--json');
  const learned = await json('evaluate', model, '--data', table, '--split', 'train', '--json');
  const last = evaluations.at(-1)!;
  expect([held.accuracy, learned.accuracy, learned.objective]).toEqual([
    last.accuracy.test,
    last.accuracy.train,
    last.objective,
  ]);
  const other = await json('train', ...data, '--hold-out-seed', '2', ...learning);
  expect(other.weightsSha256).not.toBe((await json('train', ...data, ...learning)).weightsSha256);
});

test('tabs, gzip and a table without a header are learned as the same table', async () => {
  const folder = temporaryFolder();
  const lines = flowers(60);
  const table = writeTable(folder, 'flowers.csv', [header, ...lines]);
  const bare = writeTable(folder, 'bare.csv', lines);
  const tabs = join(folder, 'flowers.tsv.gz');
  writeFileSync(tabs, gzipSync([header, ...lines].join('\r\n').replaceAll(',', '\t')));
  const sums = [];
  for (const [path, target] of [
    [table, 'species'],
    [bare, '5'],
    [tabs, '5'],
  ] as const) {
    sums.push((await json('train', '--data', path, '--target', target, ...learning)).weightsSha256);
  }
  expect(new Set(sums).size).toBe(1);
});

test('a run that goes on, or is done again by its config, refuses a table that has changed', async () => {
  const folder = temporaryFolder();
  const table = writeTable(folder, 'flowers.csv', [header, ...flowers(60)]);
  const model = join(folder, 'run');
  await json('train', '--data', table, '--target', 'species', '--out', model, ...learning);
  const again = await apical('train', '--config', model, '--samples', '1600', '--quiet');
  expect(again.code).toBe(0);
  writeTable(folder, 'flowers.csv', [header, ...flowers(61)]);
  for (const command of [
    ['resume', model],
    ['train', '--config', model],
  ]) {
    const { code, stderr } = await apical(...command, '--quiet');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^apical: .*flowers\.csv: has changed: the run has data with SHA-256 sum .*\n$/);
  }
});

test('arrays are learned as the same table, and so are those of an archive; what is held out has a target of its own', async () => {
  const folder = temporaryFolder();
  const own = (count: number, from: number, name: string) => {
    const rows = flowers(count, from).map((line) => line.split(','));
    const X = { shape: [count, 4], data: Float64Array.from(rows.flatMap((cells) => cells.slice(0, 4).map(Number))) };
    const kinds = ['setosa', 'versicolor', 'virginica'];
    const y = { shape: [count], data: Uint8Array.from(rows, (cells) => kinds.indexOf(cells[4]!)) };
    writeFileSync(join(folder, `${name}-x.npy`), writeNpy(X));
    writeFileSync(join(folder, `${name}-y.npy`), writeNpy(y));
    writeFileSync(join(folder, `${name}.npz`), writeNpz({ x: X, y }));
    return writeTable(folder, `${name}.csv`, [header, ...flowers(count, from)]);
  };
  const [table, later] = [own(60, 0, 'first'), own(30, 300, 'later')];
  const at = (name: string) => join(folder, name);
  const sums = [];
  for (const data of [
    [table, '--target', 'species', '--test-data', later],
    [
      at('first-x.npy'),
      '--target',
      at('first-y.npy'),
      '--test-data',
      at('later-x.npy'),
      '--test-target',
      at('later-y.npy'),
    ],
    [`${at('first.npz')}:x`, '--target', 'y', '--test-data', `${at('later.npz')}:x`, '--test-target', 'y'],
  ]) {
    const { weightsSha256, evaluations } = await json(
      'train',
      '--data',
      ...data,
      '--out',
      at(`run${sums.length}`),
      ...learning,
    );
    sums.push(weightsSha256 + evaluations.at(-1)?.accuracy.test);
  }
  expect(new Set(sums).size).toBe(1);
  const measured = await json(
    'evaluate',
    at('run1'),
    '--data',
    at('later-x.npy'),
    '--target',
    at('later-y.npy'),
    '--json',
  );
  expect(measured).toMatchObject({ samples: 30, classNames: ['0', '1', '2'] });
  for (const [wrong, message] of [
    [[at('first-x.npy'), '--target', at('later-y.npy')], '30 rows, but'],
    [[at('first-x.npy'), '--target', 'y'], 'its target is in another file'],
    [[at('first-x.npy'), '--target', at('first-y.npy'), '--test-data', at('later-x.npy')], '--test-target says where'],
  ] as const) {
    const { code, stderr } = await apical('train', '--data', ...wrong);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^apical: .*\n$/);
    expect(stderr).toContain(message);
  }
});

test('numbers are learned by linear outputs, and evaluate says R²', async () => {
  const folder = temporaryFolder();
  const lines = [
    'a,b,y',
    ...Array.from({ length: 40 }, (_, i) => `${i % 7},${(i * 3) % 11},${(i % 7) - 0.5 * ((i * 3) % 11)}`),
  ];
  const table = writeTable(folder, 'numbers.csv', lines);
  const model = join(folder, 'run');
  const own = '--rule backprop --hidden 8 --biases --samples 20000 --json'.split(' ');
  const { config, objective } = await json(
    'train',
    '--data',
    table,
    '--target',
    'y',
    '--hold-out',
    '0.25',
    '--out',
    model,
    ...own,
  );
  expect([config.data.labels, config.accuracy]).toEqual(['numbers', {}]);
  const learned = await json('evaluate', model, '--data', table, '--split', 'train', '--json');
  expect([learned.samples, learned.objective]).toEqual([30, objective]);
  const measured = await json('evaluate', model, '--data', table, '--split', 'test', '--json');
  expect(measured.samples).toBe(10);
  expect(measured.r2).toBeGreaterThan(0.999);
  expect(readFileSync(join(model, 'config.json'), 'utf8')).toContain('"sha256"');
});

test('several numbers are learned, each by an output; what is held out is measured as evaluate measures it', async () => {
  const folder = temporaryFolder();
  const lines = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => {
      const [x, y] = [Math.sin(1.3 * (from + i)), Math.cos(0.7 * (from + i))];
      return [x, y, x - y, 0.5 * x].join(',');
    });
  const table = writeTable(folder, 'numbers.csv', ['x,y,difference,half', ...lines(0, 100)]);
  const later = writeTable(folder, 'later.csv', ['x,y,difference,half', ...lines(100, 40)]);
  const model = join(folder, 'run');
  const asked = ['--target', 'difference,half', '--test-data', later, '--out', model];
  const { evaluations } = await json('train', '--data', table, ...asked, ...learning);
  const last = evaluations.at(-1)! as unknown as { probes: Record<string, number>; objective: number };
  const [learned, held] = [table, later].map((path) => json('evaluate', model, '--data', path, '--json'));
  expect((await learned!).objective).toBe(last.objective);
  expect((await held!).objective).toBe(last.probes['held-out']);
  expect((await held!).r2).toBeGreaterThan(0.9);
  const { stdout } = await apical('predict', model, '--data', later);
  expect(stdout.split('\n')[0]).toBe('difference,half');
});

test('rows that are one-hot are classes, called as their columns', async () => {
  const folder = temporaryFolder();
  const kinds = ['setosa', 'versicolor', 'virginica'];
  const rows = flowers(60).map((line) => line.split(','));
  const lines = rows.map((cells) =>
    [...cells.slice(0, 4), ...kinds.map((kind) => Number(kind === cells[4]))].join(','),
  );
  const table = writeTable(folder, 'one-hot.csv', [`a,b,c,d,${kinds.join(',')}`, ...lines]);
  const named = writeTable(folder, 'named.csv', ['a,b,c,d,kind', ...rows.map((cells) => cells.join(','))]);
  const [oneHot, byName] = [
    await json('train', '--data', table, '--target', kinds.join(','), ...learning),
    await json('train', '--data', named, '--target', 'kind', ...learning),
  ];
  expect(oneHot.weightsSha256).toBe(byName.weightsSha256);
  expect(oneHot.evaluations).toEqual(byName.evaluations);
});

test('a table comes by standard input, for learning and for evaluating', async () => {
  const folder = temporaryFolder();
  const lines = [header, ...flowers(60)];
  const table = writeTable(folder, 'flowers.csv', lines);
  const model = join(folder, 'run');
  const ways = ['--target', 'species', '--hold-out', '0.2', ...learning];
  const { weightsSha256 } = await json('train', '--data', table, ...ways);
  const program = [process.execPath, bin].map((word) => `'${word}'`).join(' ');
  const piped = (words: string) =>
    JSON.parse(execFileSync('sh', ['-c', `cat '${table}' | ${program} ${words}`], { encoding: 'utf8' })) as Document;
  const learned = piped(`train --data - ${ways.join(' ')} --out '${model}'`);
  expect(learned.weightsSha256).toBe(weightsSha256);
  const whole = await json('evaluate', model, '--data', table, '--json');
  expect(piped(`evaluate '${model}' --data - --json`).accuracy).toBe(whole.accuracy);
  const told = execFileSync('sh', ['-c', `cat '${table}' | ${program} evaluate '${model}' --data - 2>&1`]).toString();
  expect(told).toMatch(/^standard input: 60 samples/);
  expect(told).not.toMatch(/^-: /m);
});

test('a table may have more columns than a call takes arguments', async () => {
  const columns = 150_000;
  const row = (kind: number) => [...Array.from({ length: columns }, (_, i) => (i + kind) % 7), kind].join();
  const table = writeTable(temporaryFolder(), 'wide.csv', [0, 1, 0, 1].map(row));
  const given = ['--data', table, '--no-header', '--target', String(columns + 1), '--labels', 'one-hot'];
  const { code, stderr } = await apical('train', ...given, '--rule', 'backprop', '--hidden', '1', '--samples', '2');
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('4 samples × 150,000 inputs') });
});
