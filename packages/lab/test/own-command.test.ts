import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNpy, writeNpz } from '@apical/data';
import type { RunConfig } from '@apical/experiments';
import { afterAll, expect, test } from 'vitest';
import { apical } from '../../cli/test/apical.ts';
import type { AnyImages } from '../src/page/data/images.ts';
import { readOwnData } from '../src/page/data/own-data.ts';
import { commandLine } from '../src/page/experiment/command-line.ts';
import { withChanged } from '../src/page/experiment/experiment.ts';
import { defaultPreset } from '../src/page/experiment/presets.ts';
import { runConfigOf, withOwnTable } from '../src/page/experiment/run-config.ts';
import { readImport } from '../src/page/store/import.ts';
import type { Weights } from '../src/page/training/protocol.ts';
import { createTrainee } from '../src/page/training/trainee.ts';
import { textsAsNpy } from './texts-as-npy.ts';

const folder = mkdtempSync(join(tmpdir(), 'apical-own-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

const numbers = Array.from({ length: 60 }, (_, i) => [0, 1, 2, 3].map((j) => Math.sin(1.3 * i + j) * 10 ** j));
const kinds = numbers.map((_, i) => ['x', 'y', 'z'][(i * i) % 3]!);
const lines = numbers.map((row, i) => [...row, kinds[i]].join());

/** The digest of weights after so many samples, as the page learns them. */
async function learned(config: RunConfig, images: AnyImages, weights?: Weights): Promise<string | undefined> {
  const trainee = createTrainee();
  await trainee.prepare(config, images, weights);
  await trainee.begin();
  return (await trainee.advance(config.samples, { digest: true })).digest;
}

const train = async (...words: readonly string[]) => {
  const { stdout, stderr } = await apical('train', ...words, '--json', '--quiet');
  expect(stderr).toBe('');
  return JSON.parse(stdout).weightsSha256;
};

const samples = { shape: [60, 4], data: Float64Array.from(numbers.flat()) };
const classes = { shape: [60], data: Uint8Array.from(kinds, (kind) => 'xyz'.indexOf(kind)) };

const evaluate = async (...words: readonly string[]) =>
  JSON.parse((await apical('evaluate', ...words, '--json', '--quiet')).stdout);

// The command that the page shows for data of one's own, and its config, give the weights that the page learned.
test.each<[string, Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>]>([
  ['with names', { 'n.csv': ['a,b,c,d,kind', ...lines].join('\n') }],
  ['without names', { 'l.csv': lines.join('\n') }],
  [
    'in two arrays',
    {
      'x.npy': writeNpy(samples) as Uint8Array<ArrayBuffer>,
      'y.npy': textsAsNpy(kinds),
    },
  ],
  [
    'of which the classes are a column of a table',
    { 'x.npy': writeNpy(samples) as Uint8Array<ArrayBuffer>, 'y.csv': ['kind', ...classes.data].join('\n') },
  ],
  ['in an archive', { 'xy.npz': writeNpz({ x: samples, y: classes }) as Uint8Array<ArrayBuffer> }],
])('a table %s', async (_, contents) => {
  const files = Object.entries(contents).map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return new File([content], join(folder, name));
  });
  const { images } = await readOwnData(files);
  const own = { ...defaultPreset.experiment, set: images.name, split: images.split, hidden: 3, seed: 4 };
  for (const rule of ['bmvr', 'backprop']) {
    const experiment = withChanged(own, rule, { inputs: 'columns' });
    const config = runConfigOf(experiment, rule, 300);
    const digest = await learned(config, images);
    const told = withOwnTable(config, images);
    const file = join(folder, 'config.json');
    writeFileSync(file, JSON.stringify(told));
    expect(await train(...commandLine(told).split(' ').slice(2)), commandLine(told)).toBe(digest);
    expect(await train('--config', file)).toBe(digest);
  }
});

test.each<[string, Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>, RegExp]>([
  [
    'a matrix with the class in a column',
    {
      'm.npy': writeNpy({
        shape: [60, 5],
        data: Float64Array.from(numbers.flatMap((row, i) => [...row, i % 3])),
      }) as Uint8Array<ArrayBuffer>,
    },
    /takes no matrix with the class in one of its columns: save m\.npy as a table \(CSV\), which it learns with --target/,
  ],
  [
    'samples and classes in two tables',
    { 'x.csv': numbers.map((row) => row.join()).join('\n'), 'y.csv': kinds.join('\n') },
    /takes no classes of x\.csv from another file: save both as one table \(CSV\), which it learns with --target/,
  ],
  [
    'classes of a table in an array',
    { 'x.csv': numbers.map((row) => row.join()).join('\n'), 'y.npy': textsAsNpy(kinds) },
    /takes no classes of x\.csv from another file/,
  ],
  [
    'classes of an array as texts in a table',
    { 'x.npy': writeNpy(samples) as Uint8Array<ArrayBuffer>, 'y.csv': kinds.join('\n') },
    /takes no texts of y\.csv as classes of an array: save both as one table \(CSV\), which it learns with --target/,
  ],
])('%s: there is no command, and it is said why', async (_, contents, reason) => {
  const { images } = await readOwnData(Object.entries(contents).map(([name, content]) => new File([content], name)));
  expect(images.noCommand).toMatch(reason);
});

test('numbers in what the command does not take are refused without a command', async () => {
  const matrix = writeNpy({ shape: [60, 4], data: Float64Array.from(numbers.flat()) }) as Uint8Array<ArrayBuffer>;
  await expect(readOwnData([new File([matrix], 'm.npy')])).rejects.toThrow(
    /m\.npy: column . has numbers, and the page learns classes only; the command learns numbers, too, but it takes no matrix .* --target/,
  );
});

test('the config of a run that holds samples out, or its weights, with its table, learn and measure what the run does; so does the command that is shown then', async () => {
  const [text, path] = [
    ['a,b,kind,c,d', ...numbers.map(([a, b, c, d], i) => [a, b, kinds[i], c, d].join())].join('\n'),
    join(folder, 't.csv'),
  ];
  writeFileSync(path, text);
  const run = join(folder, 'run');
  const options =
    '--hold-out 0.2 --hold-out-seed 3 --inputs columns --rule backprop --hidden 5 --activation tanh --samples 200';
  const digest = await train('--data', path, '--target', 'kind', ...options.split(' '), '--out', run);
  const config = new File([readFileSync(join(run, 'config.json'))], 'config.json');
  const { experiment: base } = defaultPreset;
  const bring = (content: string) => readImport(config, base, base, [new File([content], path)]);
  const { experiment, at, images } = await bring(text);
  expect(at).toBe(200);
  const again = runConfigOf(experiment, 'backprop', at);
  expect(await learned(again, images!)).toBe(digest);
  expect(await train(...commandLine(withOwnTable(again, images)).split(' ').slice(2))).toBe(digest);
  const sealed = new File([readFileSync(join(run, 'weights.safetensors'))], join(run, 'weights.safetensors'));
  const weights = await readImport(sealed, base, base, [new File([text], path)]);
  for (const { experiment: each, images: own, brought } of [{ experiment, images }, weights]) {
    const trainee = createTrainee();
    await trainee.prepare(runConfigOf(each, 'backprop', at), own!, brought?.files.backprop?.weights);
    await trainee.begin();
    const { readings } = await trainee.advance(brought ? 0 : at, { measures: ['accuracy', 'objective'] });
    const evaluated = await Promise.all(
      ['train', 'test'].map((split) => evaluate(run, '--data', path, '--split', split)),
    );
    expect(readings).toEqual({
      'accuracy.learned': evaluated[0].accuracy,
      'accuracy.held-out': evaluated[1].accuracy,
      objective: evaluated[0].objective,
    });
  }
  // What the command says of all samples.
  const { stderr } = await apical('evaluate', run, '--data', path);
  const words = `48 of 60 samples were learned by ${sealed.name}`;
  expect(stderr).toContain(words);
  expect(weights.remark).toContain(words);
  const on = withOwnTable(runConfigOf(weights.experiment, 'backprop', 30), weights.images);
  const line = commandLine(on, sealed.name);
  expect(await train(...line.split(' ').slice(2))).toBe(
    await learned(on, weights.images!, weights.brought!.files.backprop!.weights),
  );
  await expect(bring(`${text}\n1,2,x,3,4`)).rejects.toThrow(`t.csv: not what config.json learns, ${path}`);
  await expect(readImport(config, base, base)).rejects.toThrow('bring the config and that file together');
});

const regression = join(folder, 'r.csv');
writeFileSync(regression, ['a,b,c,d', ...numbers.map((row) => row.join())].join('\n'));
const arrays = join(folder, 'r.npy');
writeFileSync(arrays, writeNpy(samples));
const targets = join(folder, 't.npy');
writeFileSync(targets, writeNpy({ shape: [60], data: Float64Array.from(numbers, ([a = 0]) => a) }));

test.each([
  [regression, ['--target', 'a'], ''],
  [arrays, ['--target', targets], ` --target ${targets}`],
])(
  'what tells no classes is refused, with the command for it, before data are asked for: %s',
  async (path, target, more) => {
    const run = mkdtempSync(join(folder, 'regression-'));
    await train(
      '--data',
      path,
      ...target,
      '--inputs',
      'columns',
      '--rule',
      'backprop',
      '--samples',
      '50',
      '--out',
      run,
    );
    const { experiment: base } = defaultPreset;
    for (const [name, command] of [
      ['weights.safetensors', `apical evaluate weights.safetensors --data ${path}${more}`],
      ['config.json', 'apical train --config config.json'],
    ] as const) {
      const data = name === 'config.json' ? [new File([readFileSync(path)], path)] : [];
      const brought = readImport(new File([readFileSync(join(run, name))], name), base, base, data);
      await expect(brought).rejects.toThrow(new RegExp(`learns numbers of ${path}: .*${command}$`));
      const there = command.split(' ').map((word) => (word === name ? join(run, name) : word));
      const { code, stderr } = await apical(...there.slice(1));
      expect({ code, stderr }).toMatchObject({ code: 0 });
    }
  },
);
