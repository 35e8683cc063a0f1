import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  createNetwork,
  createProbe,
  fittingProbes,
  InputError,
  type NetworkOptions,
  probeNames,
  probeReadings,
  type Samples,
  samplesOf,
} from '../src/index.ts';
import { normals, randomSamples, rates, smallOptions } from './fixtures.ts';
import { networkWith, randomMatrix } from './theory-fixtures.ts';

const backprop = { rule: 'backprop', rates: rates('backprop', { eta0: 0.02, t0: 500 }) };
const subjects: { changes: Partial<NetworkOptions>; fitting: string[] }[] = [
  { changes: {}, fitting: ['objectives', 'constraint', 'saturation', 'teaching-signal', 'alignment'] },
  {
    changes: { decoupled: true, ridge: 0 },
    fitting: ['objectives', 'constraint', 'saturation', 'teaching-signal', 'alignment', 'decoupling'],
  },
  {
    changes: { activation: 'relu', ridge: 0, meanRate: 0.01 },
    fitting: ['objectives', 'constraint', 'teaching-signal', 'alignment'],
  },
  {
    changes: { activation: 'tanh', ridge: 0, decoupled: true },
    fitting: ['objectives', 'constraint', 'teaching-signal', 'alignment', 'decoupling'],
  },
  { changes: backprop, fitting: ['objectives', 'constraint', 'alignment'] },
  {
    changes: { rule: 'deep-bmvr', rates: rates('deep-bmvr', { eta0: 0.02 }), ridge: 0, decoupled: true },
    fitting: ['constraint', 'alignment'],
  },
];

describe.each(subjects)('a network with $changes', ({ changes, fitting }) => {
  const samples = randomSamples(4, {});
  const options = smallOptions('bmvr', changes);

  test('has the probes that fit it, and refuses the others', async () => {
    const network = await createNetwork(options);
    expect(fittingProbes(network)).toEqual(fitting);
    for (const name of probeNames.filter((each) => !fitting.includes(each))) {
      const failure = createProbe(name, network, samples);
      await expect(failure).rejects.toThrow(InputError);
      await expect(failure).rejects.toThrow(`the probe ${name} is for `);
      await expect(failure).rejects.toThrow(`probes that fit it are ${fitting.join(', ')}`);
    }
  });

  test('learns the same bits whether it is probed or not; its probes read what they say they do', async () => {
    const probed = await createNetwork(options);
    const alone = await createNetwork(options);
    const probes = await Promise.all(fitting.map((name) => createProbe(name, probed, samples)));
    for (let i = 0; i < 40; i++) {
      alone.learnSamples(samples, Uint32Array.of(i));
      probed.learnSamples(samples, Uint32Array.of(i));
      for (const [number, probe] of probes.entries()) {
        const values = probe();
        expect(Object.keys(values).every((name) => name.startsWith(`${fitting[number]}.`))).toBe(true);
        expect(Object.keys(values)).toEqual(probeReadings(fitting[number]!, options));
        expect(Object.values(values).every(Number.isFinite)).toBe(true);
        expect(probe()).toEqual(values);
      }
    }
    expect(probed.snapshot()).toEqual(alone.snapshot());
  });
});

test('of a rule without Q, the objective is (1) alone, and what the ridge adds', async () => {
  const network = await createNetwork(smallOptions('bmvr', backprop));
  const probe = await createProbe('objectives', network, randomSamples(4, {}));
  expect(Object.keys(probe())).toEqual(['objectives.regression', 'objectives.ridge']);
});

test('Qᵀ − R shrinks by the same factor at every sample, whatever the data (23)', async () => {
  const samples = randomSamples(5, {});
  const weights = {
    W1: randomMatrix(1, 2, samples.inputs, 0.1),
    W2: randomMatrix(2, samples.labels, 2, 0.1),
    Q: randomMatrix(3, 2, 2),
    R: randomMatrix(4, 2, 2),
  };
  const network = await networkWith(samples, weights, { decoupled: true });
  const distance = await createProbe('decoupling', network, samples);
  const start = distance()['decoupling.distance']!;
  expect(start).toBeCloseTo(weights.Q.transpose().sub(weights.R).norm('frobenius'), 6);
  for (let t = 1; t <= 200; t++) {
    network.learnSamples(samples, Uint32Array.of(t % samples.count));
    expect(distance()['decoupling.distance']! / start / 0.99 ** t).toBeCloseTo(1, 4);
  }
});

test('the teaching signal of decoupled interneurons comes through R', async () => {
  const samples = randomSamples(6, {});
  const weights = {
    W1: randomMatrix(1, 2, samples.inputs),
    W2: randomMatrix(2, samples.labels, 2),
    Q: randomMatrix(3, 2, 2),
  };
  const read = async (changes: object, R?: ReturnType<typeof randomMatrix>) => {
    const network = await networkWith(samples, R ? { ...weights, R } : weights, changes);
    return (await createProbe('teaching-signal', network, samples))();
  };
  const coupled = await read({});
  expect(await read({ decoupled: true }, weights.Q.transpose())).toEqual(coupled);
  expect(await read({ decoupled: true }, randomMatrix(4, 2, 2))).not.toEqual(coupled);
});

test('numbers of a network that diverged are NaN', async () => {
  const samples = randomSamples(7, {});
  const network = await createNetwork(smallOptions('bmvr', { rates: rates('bmvr', { eta0: 20 }), ridge: 0 }));
  const probes = await Promise.all(fittingProbes(network).map((name) => createProbe(name, network, samples)));
  expect(() => network.partialFit(normals(1, 7 * 1000), normals(2, 3 * 1000))).toThrow('diverged');
  for (const probe of probes) expect(Object.values(probe()).some(Number.isNaN)).toBe(true);
});

test('refuses unknown names, samples of another shape, and none', async () => {
  const network = await createNetwork(smallOptions('bmvr'));
  const samples = randomSamples(8, {});
  await expect(createProbe('saturaton', network, samples)).rejects.toThrow(
    'there is no probe "saturaton"; the probes are objectives, constraint, saturation, teaching-signal, alignment, energy, energy-steps, settling-steps, curvature, residuals, signals, constrained-optimum, decoupling, principal-subspace, output-spectrum, canonical-correlations, reduced-rank',
  );
  for (const name of fittingProbes(network)) {
    await expect(createProbe(name, network, randomSamples(8, { inputs: 8 }))).rejects.toThrow(
      'the samples have 8 inputs and 3 labels, the network 7 and 3',
    );
    await expect(createProbe(name, network, { ...samples, count: 0 })).rejects.toThrow('no samples');
  }
});

test('says that without a ridge the inputs’ covariance has no inverse', async () => {
  const samples = randomSamples(9, { zeros: 1 });
  const network = await createNetwork(smallOptions('bmvr', { ridge: 0 }));
  await expect(createProbe('saturation', network, samples)).rejects.toThrow('use a larger ridge');
});

describe('docs/probes.md', () => {
  const page = readFileSync(new URL('../../../docs/probes.md', import.meta.url), 'utf8');
  const described = [...page.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/`([a-z.-]+)`/gi)].map(([, name = '']) => name),
  );
  /** The page says what there is of every layer and step without its number. */
  const withoutNumbers = (name: string) => name.replaceAll(/\d+/g, '');

  test('says of every number that probes read what it is, and of no other', async () => {
    const samples = randomSamples(4, {});
    const own: Readonly<Record<string, Samples>> = {
      'adaptive-soft': samplesOf({ X: normals(4, 7 * 20), inputs: 7 }),
      'bio-cca': samplesOf({ X: normals(4, 7 * 20), Y: normals(5, 3 * 20), inputs: 7 }),
    };
    const read = new Set<string>();
    const two = { hidden: [2, 2] };
    const targets = { ...two, rates: rates('difference-target-propagation', { eta0: 0.02 }, two) };
    for (const [rule, changes] of [
      ['bmvr', { decoupled: true }],
      ['kolen-pollack', { biases: true }],
      ['predictive-coding', { parameters: { tolerance: 0.1 } }],
      ['difference-target-propagation', targets],
      ['constrained-predictive-coding', {}],
      ['burstprop', { activation: 'sigmoid', output: 'sigmoid' }],
      ['reduced-rank-regression', {}],
      ['bio-cca', {}],
      ['adaptive-soft', { labels: 0 }],
    ] as const) {
      const network = await createNetwork(smallOptions(rule, changes));
      for (const name of fittingProbes(network)) {
        // Others call their synapses otherwise.
        if (
          !['bmvr', 'kolen-pollack', 'predictive-coding', 'difference-target-propagation'].includes(rule) &&
          name === 'alignment'
        )
          continue;
        const probe = await createProbe(name, network, own[rule] ?? samples);
        for (const each of Object.keys(probe())) read.add(withoutNumbers(each));
      }
    }
    expect(described.toSorted()).toEqual([...probeNames, ...read, 'objective'].toSorted());
  });
});
