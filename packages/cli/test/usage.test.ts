import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  activationNames,
  allRuleNames,
  lossNames,
  optimiserNames,
  orderNames,
  outputNames,
  probeNames,
  runRuleNames,
} from '@apical/core';
import { dataSetNames } from '@apical/data';
import { panelNames } from '@apical/experiments';
import { describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { apical, start, temporaryFolder } from './apical.ts';

test('the version is the one of the package', async () => {
  expect(await apical('--version')).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

// Every case is a process that does little but start: several go on at a time.
describe('help', () => {
  test.concurrent.each([
    [
      '',
      [
        'reproduce',
        'train',
        'predict',
        'evaluate',
        'export',
        'circuit',
        'data',
        '--json',
        '--quiet',
        '--version',
        'Exit codes',
      ],
    ],
    [
      'reproduce figure-3',
      ['--panel', ...panelNames, '--runs', '--seed', '--workers', '--out', '--data-dir', 'Exit code: 0'],
    ],
    [
      'reproduce table-1',
      ['--hidden', '--settings', '--seeds', '--epochs', '--quick', '--workers', '--out', 'Exit code: 0'],
    ],
    [
      'train',
      [
        ...[
          allRuleNames,
          dataSetNames,
          activationNames,
          outputNames,
          lossNames,
          optimiserNames,
          orderNames,
          probeNames,
        ].flat(),
        ...[
          '--rate',
          '--initial',
          '--optimiser',
          '--weight-decay',
          '--batch',
          '--fused',
          '--biases',
          '--no-biases',
          '--parameter',
        ],
        ...['--first', '--order', '--epochs', '--samples', '--config', '--init', '--json', './my-rule.ts'],
      ],
    ],
    ['compare', [...runRuleNames, '--seeds', '--confidence', '--rate']],
    ['rules', [...allRuleNames, './my-rule.ts']],
    ['predict', [...dataSetNames, '--input', '--what', '--as-is', '--out']],
    ['evaluate', [...dataSetNames, '--split', '--input', '--labels']],
    ['export', ['--out', '.npz']],
    ['circuit', [...allRuleNames, '--audit', '--decoupled', '--activation', '--mean-rate', '--out']],
    ['resume', ['<dir>', '--data-dir']],
    ['runs list', ['--where', '--sort', '--limit']],
    ['runs show', ['<dir>']],
    ['runs compare', ['<dirs...>']],
    ['runs export', ['csv', 'json', 'parquet', 'tensorboard', '--metrics', '--where', '--out']],
    ['runs verify', ['Exit code: 1']],
    ['lab', ['--port', '--host', '--data-dir']],
    [
      'sweep',
      [
        '--workers',
        '--shard',
        '--slurm',
        '--array',
        '--partition',
        '--time',
        '--requeue',
        '--sbatch-args',
        'status',
        'stop',
      ],
    ],
    ['sweep status', ['<study.yaml>']],
    ['sweep stop', ['<study.yaml>']],
    ['data list', ['--data-dir']],
    ['data fetch', [...dataSetNames, '--data-dir']],
    ['data verify', [...dataSetNames, '--data-dir', 'Exit code: 1']],
  ])('of "apical %s" goes to standard output, with examples', async (command, words) => {
    const { code, stdout, stderr } = await apical(...command.split(' ').filter(Boolean), '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of [...words, 'Examples:']) expect(stdout).toContain(word);
    expect(stdout, 'defaults are shown as they are typed').not.toMatch(/default:\s+\[/);
  });

  test('is shown, as an error, where a command is missing', async () => {
    const { code, stdout, stderr } = await apical();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: apical');
  });
});

describe('a wrong command line ends with 2, one line on standard error, and nothing started', () => {
  test.concurrent.each([
    ['trian', "unknown command 'trian' (Did you mean train?)"],
    ['reproduce figure-4', 'there is no reproduction "figure-4" (did you mean "figure-3"?)'],
    ['train --hiden 3', "unknown option '--hiden' (Did you mean --hidden?)"],
    ['train now', "too many arguments for 'train'"],
    ['predict model.safetensors', '--data NAME or --input FILE says it'],
    ['predict model.safetensors --data mnits', '--data mnits: is none of mnist, fashion-mnist'],
    ['predict model.safetensors --data mnist --input x.npy', "cannot be used with option '--data <name>'"],
    [
      'predict model.safetensors --data mnist --what weights',
      'Allowed choices are classes, class-numbers, outputs, hidden',
    ],
    ['predict model.safetensors --data mnist --out x.png', 'x.png: its name must end in one of .npy, .csv, .json'],
    ['predict', "missing required argument 'model'"],
    ['evaluate model.safetensors --input x.npy', '--input and --labels belong together'],
    ['evaluate model.safetensors --data mnist --labels y.npy', '--input and --labels belong together'],
    ['evaluate model.safetensors --data mnist --split dev', 'Allowed choices are train, test'],
    ['export model.safetensors', "required option '--out <file.npz>' not specified"],
    ['export model.safetensors --out weights.mat', 'weights.mat: its name must end in .npz'],
    ['circuit perceptron', 'there is no rule "perceptron"; the rules are bmvr, backprop'],
    ['circuit backprop --decoupled', 'parameters.decoupled: backprop has no such parameter'],
    ['circuit bmvr --out circuit.png', 'circuit.png: its name must end in one of .svg, .mmd, .json'],
    ['runs export runs --format xml', 'Allowed choices are csv, json, parquet, tensorboard'],
    ['runs export runs --out runs.xlsx', 'runs.xlsx: its name must end in one of .csv, .json, .parquet'],
    ['sweep a.yaml --shard 3/2', 'I/N is expected'],
    ['data fetch', "missing required argument 'names'"],
    ['train --out', "'--out <dir>' argument missing"],
    ['train --rule perceptron', 'unknown learning rule "perceptron": choose one of bmvr, backprop'],
    ['train --data mnits', 'unknown data set "mnits"'],
    ['train --hidden 0', 'hidden: must be a whole number from 1, or a list of them, one a layer, not 0'],
    ['train --hidden many', 'A finite number is expected'],
    ['train --rate W1=NaN', '--rate W1=NaN: a finite number is expected, not "NaN"'],
    ['train --rate W1=-0.1', 'rates.W1.eta0: must be a positive finite number, not -0.1'],
    ['train --rate W1=1e999', 'a finite number is expected, not "1e999"'],
    ['train --rate 0.1', '--rate 0.1: SYNAPSES=RATE'],
    ['train --initial W1=0.1', '--initial W1=0.1: normal:SD, uniform:BOUND'],
    ['train --initial W1=normal:-1', 'initial.W1: must be { "normal"'],
    ['train --hidden ,', 'A finite number is expected'],
    [
      'train --rule backprop --hidden 4,0',
      'hidden: must be a whole number from 1, or a list of them, one a layer, not [4,0]',
    ],
    ['train --rule backprop --hidden 40000', 'hidden: must be at most 32,768 units, not 40000'],
    ['train --hidden 4,4', 'hidden: must be one number: bmvr has one hidden layer, not 2'],
    ['train --rule bmrv', 'unknown learning rule "bmrv" (did you mean "bmvr"?)'],
    ['train --rule ./no-rule.ts', './no-rule.ts: there is no such file'],
    ['train --output softmax', 'output: must be linear in bmvr, not softmax'],
    ['train --biases', 'biases: must be false: bmvr has none'],
    ['train --rule backprop --loss cross-entropy', 'loss: cross-entropy needs outputs that are probabilities'],
    [
      'train --rule backprop --output softmax --labels one-hot-centred',
      'data.labels: must be one-hot with the loss cross-entropy',
    ],
    ['train --batch 0', 'batch: must be a whole number from 1, not 0'],
    ['train --batch 10001', 'batch: must be at most 10000, the images that are learned, not 10001'],
    ['train --first 5 --batch 6', 'batch: must be at most 5'],
    ['train --first 10001', 'data.first: mnist has 10,000 test images, not 10,001'],
    ['train --batch 64 --samples 100', 'samples: must be between two batches of 64'],
    ['train --batch 64 --samples 100', '100 is inside one; nearest are 64 and 128'],
    ['train --optimiser adma', 'one of plain, momentum, rmsprop, adam is expected, not "adma" (did you mean "adam"?)'],
    ['train --optimiser momentum:1', 'optimiser.momentum: must be a number from 0 to less than 1, not 1'],
    ['train --optimiser adam:0.9:0.99:0', 'optimiser.epsilon: must be a positive finite number, not 0'],
    ['train --optimiser plain:decoupled', 'optimiser.decoupled: plain has no such setting'],
    ['train --weight-decay -1', 'optimiser.weightDecay: must be a finite number, zero or more, not -1'],
    ['train --rate W1=1:linear:0', 'rates.W1.linear.over: must be a positive finite number, not 0'],
    ['train --rate W1=1:cosine:10:2', 'rates.W1.cosine.to: must be a number from 0 to 1, not 2'],
    [
      'train --rate W1=1:steps:5,3:0.1',
      'rates.W1.steps.at: must be a list of ascending whole numbers from 1 (updates)',
    ],
    ['train --rule backprop --rate Q=1', 'rates.Q: there is no such setting; there are W1, W2, W'],
    ['train --rule feedback-alignment --rate B=1', 'rates.B: these synapses never learn; those that do are W1, W2'],
    ['train --initial W3=normal:1', 'initial.W3: there is no such setting; there are W1, W2, Q, W'],
    ['train --parameter amplitude=1', 'parameters.amplitude: bmvr has no such parameter'],
    ['train --rule backprop --parameter amplitude=1', 'parameters.amplitude: backprop has no parameters'],
    ['train --rule weight-mirror --parameter decya=1', 'no such parameter (did you mean "decay"?)'],
    ['train --rule weight-mirror --parameter before=1.5', 'must be a whole number, 0 or more, not 1.5'],
    ['train --rule reduced-rank-regression --parameter s=1.5', 'the parameter s must be a number from 0 to 1, not 1.5'],
    ['train --rule backprop --output softmax --loss squared --ridge 1', 'ridge: must be 0 with the output softmax'],
    ['train --order random', 'order: must be one of repeated, reshuffled, as-given, not "random"'],
    ['rules perceptron', 'there is no rule "perceptron"; there are bmvr, backprop'],
    ['compare backprop bmvr --rate B=1', '--rate B: none of the contenders has that'],
    ['train --test validation', 'accuracy.test.split: must be one of train, test, not "validation"'],
    ['train --test test', '--test test: these are the images that are learned; train are those held out'],
    ['train --probe loss', '"loss" is none of objectives, constraint, saturation'],
    [
      'train --rule backprop --probe saturation',
      'the probe saturation is for linear networks with BMVR’s interneurons, and this linear backprop network is none; probes that fit it are objectives, constraint',
    ],
    [
      'train --activation relu --probe constraint,decoupling',
      'the probe decoupling is for networks with decoupled interneurons, and this relu bmvr network is none; probes that fit it are objectives, constraint, teaching-signal',
    ],
    ['train --epochs 1 --samples 1', "cannot be used with option '--samples <n>'"],
    ['train --epochs 0', 'A whole number from 1 is expected'],
    ['train --evaluate 0', 'A whole number from 1 is expected'],
    ['reproduce figure-3 --panel mnits', '"mnits" is none of mnist, fashion-mnist, cifar-10, cifar-100, all'],
    ['reproduce table-1 --hidden 65', '"65" is none of 64, 256, all'],
    ['reproduce table-1 --settings bset', '"bset" is none of paper, best, all'],
    ['reproduce table-1 --epochs 0', 'A whole number from 1 is expected'],
    ['reproduce figure-3 --runs 0', 'A whole number from 1 is expected'],
    ['reproduce figure-3 --seed -1', 'A whole number from 0 is expected'],
    ['reproduce figure-3 --workers two', 'A whole number from 1 is expected'],
    ['data fetch mnits', 'unknown data set "mnits": choose among mnist'],
    ['data verify mnist mnits', 'unknown data set "mnits": choose among mnist'],
    ['data fetch mnist cifar-10 --mirror http://localhost', '--mirror has the files of one data set'],
  ])('apical %s', async (command, message) => {
    const { code, stdout, stderr } = await apical(...command.split(' '));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^apical: .*\n$/);
    expect(stderr).toContain(message);
  });

  test('a config file is a part of it: each of its mistakes has a line', async () => {
    const path = join(temporaryFolder(), 'run.json');
    writeFileSync(path, '{ "rule": "bmvr", "hiden": 2 }');
    const { code, stderr } = await apical('train', '--config', path);
    expect(code).toBe(2);
    expect(stderr).toMatch(`${path}: data, hidden, ridge, `);
    expect(stderr).toContain('are missing: a config has all settings (see docs/settings.md)');
    expect(stderr).toContain(`${path}: hiden: there is no such setting (did you mean "hidden"?)`);

    writeFileSync(path, '{');
    expect(await apical('train', '--config', path)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is not JSON'),
    });
  });
});

describe('what is named and is not there ends with 2 and one line', () => {
  test.concurrent.each([
    ['train --config /no/run.json', '/no/run.json: no such file or directory (ENOENT)'],
    ['train --init /no/weights.safetensors', '/no/weights.safetensors: no such file'],
    ['sweep /no/study.yaml', '/no/study.yaml: no such file or directory (ENOENT)'],
    ['sweep status /no/study.yaml', '/no/study.yaml: '],
    ['compare bmvr /no/run.json', '/no/run.json: no such file'],
    ['compare bmvr bmvr', '"bmvr" is there twice'],
    ['resume /no/run', '/no/run: holds no run'],
    ['runs list /no/runs', '/no/runs: there is no such folder'],
    ['runs show /no/run', '/no/run: holds no run'],
    ['runs verify /no/runs', '/no/runs: there is no such folder'],
    ['evaluate /no/weights.safetensors --data mnist', '/no/weights.safetensors: no such file'],
    ['predict /no/weights.safetensors --data mnist', '/no/weights.safetensors: no such file'],
    ['export /no/weights.safetensors --out weights.npz', '/no/weights.safetensors: no such file'],
  ])('apical %s', async (command, message) => {
    const { code, stdout, stderr } = await apical(...command.split(' '));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^apical: .*\n$/);
    expect(stderr).toContain(message);
  });

  test('a study whose condition never holds, and a part of one that cannot be divided', async () => {
    const study = (search: string, where = '') => {
      const path = join(temporaryFolder(), 'study.yaml');
      const axes = 'axes:\n  hidden: { range: [1, 4], whole: true }\n';
      writeFileSync(path, `name: none\nbase: { samples: 10 }\n${axes}${where}seeds: 1\nsearch: ${search}\n`);
      return path;
    };
    const out = join(temporaryFolder(), 'out');
    const [never, divided] = await Promise.all([
      apical('sweep', study('{ method: random, trials: 2 }', 'where: hidden>4\n'), '--out', out),
      apical('sweep', study('{ method: tpe, trials: 2 }'), '--shard', '2/4', '--out', out),
    ]);
    expect(never).toMatchObject({ code: 2, stderr: expect.stringContaining('where: ') });
    expect(divided).toMatchObject({ code: 2, stderr: expect.stringContaining('--shard: tpe decides by results') });
  });

  test('a data set that is not there', async () => {
    const { code, stderr } = await apical('train', '--quiet', '--data', 'cifar-10');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^apical: cifar-10: .* run "apical data fetch cifar-10".*\n$/);
  });

  test("MNIST's train images do not ship: Table 1 says how to get them", async () => {
    const { code, stdout, stderr } = await apical('reproduce', 'table-1', '--out', temporaryFolder());
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^apical: mnist: train-images-.* run "apical data fetch mnist".*\n$/);
  });

  test.each([
    ['reproduce', 'figure-3'],
    ['reproduce', 'table-1'],
    ['train', '--samples', '10'],
  ])('--out names a file: %s', async (...command) => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, 'mine');
    const { code, stdout, stderr } = await apical(...command, '--quiet', '--out', file);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^apical: .*file: .*folder.*\n$/);
  });
});

test('nobody reads standard output any more: it ends without a word', async () => {
  const { child, end } = start(['train', '--quiet', '--samples', '1e7', '--evaluate', '50']);
  child.stdout?.once('data', () => child.stdout?.destroy());
  expect(await end).toMatchObject({ code: 141, stderr: '' });
});
