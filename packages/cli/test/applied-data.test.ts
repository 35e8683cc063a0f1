import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquet } from '@apical/experiments';
import { encode } from 'fast-png';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apical } from './apical.ts';
import { flowers, header, writeShapes, writeTable } from './own-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'apical-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = flowers(60);
const run = join(folder, 'run');
const table = writeTable(folder, 'flowers.csv', [header, ...lines]);
const held = writeTable(folder, 'held.csv', [header, ...flowers(30, 60)]);

/** Columns of the table, in that order, with or without their names. */
const columns = (places: readonly number[], from: readonly string[] = [header, ...lines]) =>
  from.map((line) => places.map((place) => line.split(',')[place]).join(','));
const write = (name: string, content: readonly string[]) => writeTable(folder, name, content);
const classesOf = async (...options: readonly string[]) => {
  const { code, stdout, stderr } = await apical('predict', run, ...options);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
};

beforeAll(async () => {
  const given = ['--data', table, '--target', 'species', '--test-data', held];
  const { code } = await apical('train', '--rule', 'backprop', ...given, '--epochs', '20', '--out', run);
  expect(code).toBe(0);
});

test('columns are told apart by their names, in whichever order, with or without what the model tells', async () => {
  const plain = await classesOf('--input', write('inputs.csv', columns([0, 1, 2, 3])));
  // The flowers are easily told: were columns taken for others, hardly one would be.
  expect(plain.split('\n').filter((name, i) => i > 0 && name === lines[i - 1]?.split(',')[4]).length).toBeGreaterThan(
    40,
  );
  const turned = write('turned.csv', columns([2, 3, 1, 0]));
  const rows = lines.map((line) => {
    const [a, b, c, d, species] = line.split(',');
    const names = header.split(',');
    return { [names[2]!]: Number(c), [names[3]!]: Number(d), [names[1]!]: Number(b), [names[0]!]: Number(a), species };
  });
  const bareRows = rows.map(({ species: _, ...inputs }) => inputs);
  const [whole, without] = [join(folder, 'whole.parquet'), join(folder, 'without.parquet')];
  writeFileSync(whole, await parquet(rows));
  writeFileSync(without, await parquet(bareRows));
  const others = [
    ['--data', whole],
    ['--data', without],
    ['--input', without],
    ['--input', turned],
    ['--data', turned],
    ['--input', write('bare.csv', columns([0, 1, 2, 3], lines))],
    ['--data', write('bare-data.csv', columns([0, 1, 2, 3], lines))],
    ['--data', write('all.csv', columns([4, 3, 2, 1, 0]))],
    ['--data', table],
    ['--data', write('empty.csv', [header, ...lines.map((line) => line.replace(/[a-z]+$/, ''))])],
    ['--data', write('unknown.csv', [header, ...lines.map((line) => line.replace(/[a-z]+$/, 'rose'))])],
  ];
  for (const options of others) expect(await classesOf(...options)).toBe(plain);
  // What the target says is nobody's matter, where it is named too.
  for (const name of ['unknown.csv', 'empty.csv', 'turned.csv'])
    expect(await classesOf('--data', join(folder, name), '--target', 'species')).toBe(plain);
  expect(await classesOf('--data', join(folder, 'unknown.csv'), '--target', '5')).toBe(plain);
  expect(await classesOf('--data', without, '--target', 'species')).toBe(plain);
  const accuracy = async (path: string) => JSON.parse((await apical('evaluate', run, '--data', path, '--json')).stdout);
  expect(await accuracy(join(folder, 'all.csv'))).toEqual(await accuracy(table));
});

test.each<[string, string, readonly string[], string]>([
  [
    'another name',
    '--input',
    columns([0, 1, 2, 3]).with(0, 'sepal length,sepal width,petal length,weight'),
    'petal width is missing; weight is unknown',
  ],
  ['a column less', '--input', columns([0, 1, 3]), 'petal length is missing'],
  ['a column less and no target', '--data', columns([0, 1, 3]), 'petal length is missing'],
  ['a column less beside the target', '--data', columns([0, 1, 3, 4]), 'petal length is missing'],
  ['two columns of one name', '--input', columns([0, 1, 2, 2]), 'columns 3 and 4 are both called petal length'],
])('a table with %s is refused: %s', async (_, option, content, message) => {
  const { code, stdout, stderr } = await apical('predict', run, option, write('other.csv', content));
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^apical: .*\n$/);
  expect(stderr).toContain(message);
});

test('images are of the shape that was learned, not only as many numbers; predict takes a folder of them alone', async () => {
  writeShapes(folder, 'shapes', 4);
  const own = join(folder, 'shapes-run');
  await apical('train', '--rule', 'backprop', '--data', join(folder, 'shapes'), '--samples', '60', '--out', own);
  const { stdout } = await apical('predict', own, '--data', join(folder, 'shapes'));
  const alone = join(folder, 'alone');
  mkdirSync(alone);
  for (const [at, name] of ['bars', 'dots'].entries())
    for (let i = 0; i < 4; i++) copyFileSync(join(folder, 'shapes', name, `${i}.png`), join(alone, `${at}${i}.png`));
  expect(await apical('predict', own, '--data', alone)).toMatchObject({ code: 0, stdout });
  renameSync(join(folder, 'shapes', 'dots'), join(folder, 'shapes', 'unknown'));
  expect(await apical('predict', own, '--data', join(folder, 'shapes'))).toMatchObject({ code: 0, stdout });
  const wide = encode({ width: 16, height: 9, channels: 1, depth: 8, data: new Uint8Array(144) });
  mkdirSync(join(folder, 'wide', 'bars'), { recursive: true });
  writeFileSync(join(folder, 'wide', 'bars', '0.png'), wide);
  for (const command of ['evaluate', 'predict']) {
    expect(await apical(command, own, '--data', join(folder, 'wide'))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/wide: has images that are grey, 9 × 16, and .* learned grey, 12 × 12\n$/),
    });
  }
});

test('one-hot labels in a file of their own are found by the names of their classes', async () => {
  const inputs = write('inputs-alone.csv', columns([0, 1, 2, 3]));
  const kinds = lines.map((line) => line.split(',')[4]!);
  const names = ['virginica', 'setosa', 'versicolor'];
  const hot = write('hot.csv', [
    names.join(),
    ...kinds.map((kind) => names.map((name) => Number(name === kind)).join()),
  ]);
  const measured = async (labels: string) =>
    JSON.parse((await apical('evaluate', run, '--input', inputs, '--labels', labels, '--json')).stdout);
  expect(await measured(hot)).toEqual(await measured(write('kinds.csv', ['kind', ...kinds])));
});

test('several columns that are learned, and a second view, are found by their names where they were given by number', async () => {
  const bare = [header.replace(',species', ''), ...lines.map((line) => line.replace(/,[a-z]+$/, ''))];
  const learned = write('numbers.csv', bare);
  const turned = write('numbers-turned.csv', columns([3, 2, 0, 1], bare));
  for (const given of [
    ['--rule', 'backprop', '--target', '3,4'],
    ['--rule', 'reduced-rank-regression', '--hidden', '1', '--second-view', '3-4'],
  ]) {
    const own = join(folder, given[1]!);
    const { code } = await apical('train', ...given, '--data', learned, '--samples', '300', '--out', own);
    expect(code).toBe(0);
    const [known, found] = await Promise.all(
      [learned, turned].map(async (path) =>
        JSON.parse((await apical('evaluate', own, '--data', path, '--json')).stdout),
      ),
    );
    expect(found).toEqual(known);
    // Named in another order, they are the same.
    const [option] = given.slice(-2);
    const said = await apical('evaluate', own, '--data', learned, option!, 'petal width,petal length', '--json');
    expect(JSON.parse(said.stdout)).toEqual(known);
    // Where nothing is asked of it, it may be missing.
    const alone = write('alone.csv', columns([1, 0], bare));
    const [all, inputs] = await Promise.all([learned, alone].map((path) => apical('predict', own, '--data', path)));
    expect(inputs).toMatchObject({ code: 0, stdout: all!.stdout });
  }
});

test('evaluate names the column that is missing', async () => {
  const { code, stderr } = await apical('evaluate', run, '--data', write('less.csv', columns([0, 1, 3, 4])));
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('learned: petal length is missing\n') });
});

test('no output takes the place of what a run learned or was measured on', async () => {
  const predicted = ['predict', run, '--data', 'iris', '--out'];
  for (const [path, ...args] of [
    [table, ...predicted],
    [held, ...predicted],
    [table, 'runs', 'export', folder, '--out'],
    [held, 'runs', 'report', folder, '--out'],
  ] as const) {
    const before = readFileSync(path!, 'utf8');
    const { code, stderr } = await apical(...args, path!);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('is data of a run; choose another name'),
    });
    expect(readFileSync(path!, 'utf8')).toBe(before);
  }
});

test('evaluate says where samples are those that were learned', async () => {
  const part = join(folder, 'part');
  const given = ['--data', table, '--target', 'species', '--hold-out', '0.2', '--samples', '60'];
  await apical('train', ...given, '--out', part);
  const noteOf = async (...options: string[]) => (await apical('evaluate', ...options)).stderr;
  expect(await noteOf(part, '--data', table)).toContain('flowers.csv: 48 of 60 samples were learned by');
  expect(await noteOf(run, '--data', table)).toContain('flowers.csv: all samples were learned by');
  for (const options of [
    [part, '--data', table, '--split', 'test'],
    [part, '--data', held],
    [run, '--data', held],
  ])
    expect(await noteOf(...options)).not.toContain('were learned by');
});

test('a column that a table without a header cannot have is to be named by its number', async () => {
  const bare = write('no-header.csv', lines);
  const { code, stderr } = await apical('evaluate', run, '--data', bare);
  expect(code).toBe(2);
  expect(stderr).toContain('has no header, and columns are 1 to 5; --target NUMBER says which of them it is');
  expect(stderr).not.toContain('--header');
  // Line 1 may have the name, and numbers beside it.
  const years = write('years.csv', ['2020,2021,species', ...lines.map((line) => line.split(',').slice(2).join(','))]);
  const named = await apical('train', '--data', years, '--target', 'species');
  expect(named.stderr).toContain('--header: line 1 is one');
});

test('a run whose table has changed is refused, and nothing is said of what it was', async () => {
  const changing = write('changing.csv', [header, ...lines]);
  const stopped = join(folder, 'stopped');
  await apical('train', '--data', changing, '--target', 'species', '--samples', '60', '--out', stopped);
  writeFileSync(changing, [header, ...lines.slice(1), ''].join('\n'));
  const { code, stderr } = await apical('resume', stopped);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(/^apical: .*changing\.csv: has changed.*\n$/),
  });
});

test('of a target and a second view, the one that was not learned is refused; in a config, one takes the place of the other', async () => {
  const bare = [header.replace(',species', ''), ...lines.map((line) => line.replace(/,[a-z]+$/, ''))];
  const learned = write('two-views.csv', bare);
  const views = join(folder, 'views-run');
  const given = ['--rule', 'reduced-rank-regression', '--data', learned, '--second-view', '3-4', '--hidden', '1'];
  expect((await apical('train', ...given, '--samples', '50', '--out', views)).code).toBe(0);
  const cases = [
    [views, learned, ['--target', '1'], '--target 1: .* learned a second view, 3-4: --second-view says where it is'],
    [run, table, ['--second-view', '3-4'], '--second-view 3-4: .* learned to tell species, and no second view'],
    [views, learned, ['--target', '1', '--second-view', '3-4'], '--target and --second-view both say what'],
    [run, table, ['--target', '5', '--second-view', '3-4'], '--target and --second-view both say what'],
  ] as const;
  for (const command of ['evaluate', 'predict'])
    for (const [model, data, options, message] of cases) {
      const { code, stderr } = await apical(command, model, '--data', data, ...options);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
    }
  const again = await apical('train', '--config', views, '--target', '1', '--samples', '10', '--json');
  expect(again.code).toBe(0);
  expect(again.stderr).toContain('two-views.csv: 60 samples × 3 inputs');
});

test('a relative path that is not there is named with the folder in which it was looked for', async () => {
  const { code, stderr } = await apical('train', '--data', 'not-there.csv', '--target', 'y');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: `apical: not-there.csv: no such file or directory in ${process.cwd()} (ENOENT)\n`,
  });
});

test('names with commas are in quotes, and what can be read is named', async () => {
  const fruits = write('fruits.csv', [
    'a,b,kind',
    '1,2,apple',
    '2,1,"bär, big"',
    '3,1,cat',
    ...lines.slice(0, 9).map((_, i) => `${i},${i % 4},${['apple', '"bär, big"', 'cat'][i % 3]}`),
  ]);
  const { stderr } = await apical('train', '--data', fruits, '--target', 'kind', '--samples', '10');
  expect(stderr).toContain('3 classes (apple, "bär, big", cat)');
  for (const command of [['train'], ['evaluate', run]]) {
    const refused = await apical(...command, '--data', 'A.xlsx', '--target', 'y');
    expect(refused.code).toBe(2);
    for (const name of ['.csv', '.parquet', '.npy', '.npz', '.safetensors', 'IDX'])
      expect(refused.stderr).toContain(name);
  }
});
