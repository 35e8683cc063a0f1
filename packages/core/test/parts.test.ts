import { expect, test } from 'vitest';
import { createMemory, createNetwork, findRule, type NetworkOptions, type Rule, rules } from '../src/index.ts';
import { instantiateKernels } from '../src/kernels/kernels.ts';
import { Arena } from '../src/kernels/memory.ts';
import { planNetwork } from '../src/network/options.ts';
import { PlainEngine } from '../src/network/plain/engine.ts';
import { isOfSamples } from '../src/network/plain/parts.ts';
import { placeSamples } from '../src/network/sources.ts';
import { traceNetwork } from '../src/network/traces.ts';
import type { Samples } from '../src/samples.ts';
import { fitting, randomSamples, rates } from './fixtures.ts';
import { type Laid, type Learn, optionsOf, ruleOf } from './language/language.ts';
import { depthsOf, lastsInCells, learningOf, parameterSets } from './registry.ts';

// A batch that is computed in parts: weights change once, by sums that go on from part to part.

/** Parts are of 52 samples: this one is of three, and the last, smaller one ends with a part of one sample. */
const batch = 150;
const count = batch + 2 * 52 + 1;
const [asAWhole, inParts] = [
  { whole: Number.POSITIVE_INFINITY, part: 0, fewest: 64 },
  { whole: 0, part: 0, fewest: 64 },
];

async function made(options: NetworkOptions, samples: Samples, allowance: typeof inParts) {
  const blueprint = planNetwork(options);
  const memory = createMemory();
  const [arena, kernels] = [new Arena(memory), await instantiateKernels(memory, options.fused)];
  const engine = new PlainEngine(arena, kernels, blueprint, traceNetwork(blueprint), options, allowance);
  const source = placeSamples(arena, kernels, samples, { listed: false, batch });
  source.order.set(Array.from({ length: count }, (_, i) => i));
  return { engine, source };
}

/** All that the future of a network depends on, after all samples. */
async function learned(options: NetworkOptions, samples: Samples, allowance: typeof inParts): Promise<unknown> {
  const { engine, source } = await made(options, samples, allowance);
  expect(engine.learn(source, count)).toBe(count);
  // And a batch of one sample.
  expect(engine.learn(source, 1)).toBe(1);
  return engine.state();
}

/** The same numbers come of it, whether inputs are listed or not, or are zero in the last part. Returns whether it can come in parts. */
async function expectSame(options: NetworkOptions): Promise<boolean> {
  const { inputs, labels = 0 } = options;
  const listed = { ...randomSamples(3, { count, inputs, labels, zeros: 0.7 }), offset: 0 };
  const dense = randomSamples(4, { count, inputs, labels, zeros: 0.2 });
  const raw = listed.raw.map((value, i) => (i % (batch * inputs) < 104 * inputs ? value : 0));
  for (const samples of [listed, dense, { ...listed, raw }]) {
    expect(await learned(options, samples, inParts)).toEqual(await learned(options, samples, asAWhole));
  }
  const blueprint = planNetwork(options);
  return isOfSamples(traceNetwork(blueprint).learn, blueprint.circuit);
}

/** Networks of the rule with all that it can have. */
function networksOf(rule: Rule): readonly NetworkOptions[] {
  return depthsOf(rule).flatMap((depth) => {
    const hidden = [6, 5, 4].slice(0, depth);
    const sizes = { inputs: 7, labels: 3, batch, seed: 3 };
    const own = parameterSets(rule).map((parameters): NetworkOptions => {
      const settings = { hidden, parameters, output: rule.shape.outputs[0]! };
      return { ...settings, ...sizes, rule, rates: rates(rule, { eta0: 0.01 }, settings) };
    });
    const [usual] = own as [NetworkOptions];
    return [
      ...own,
      { ...usual, fused: true },
      { ...usual, optimiser: { kind: 'adam', weightDecay: 0.1 } },
      fitting(rule, { ...usual, activation: 'tanh', meanRate: 0.05 }),
    ];
  });
}

const inBatches = rules.filter((rule) => {
  const { rule: _, ...options } = networksOf(rule)[0]!;
  return rule.time === undefined && !lastsInCells(learningOf(planNetwork({ ...options, rule, batch: 1 })));
});

test.each(inBatches)('a batch of $name in parts is the batch as a whole, bit for bit', async (rule) => {
  for (const options of networksOf(rule)) await expectSame(options);
});

test.each(['backprop', 'feedback-alignment', 'deep-bmvr', 'burstprop', 'sign-symmetry', 'predictive-coding'])(
  '%s comes in parts',
  async (rule) => {
    expect(await expectSame(networksOf(findRule(rule))[0]!)).toBe(true);
  },
);

test('with a ridge, too', async () => {
  const usual = { inputs: 7, labels: 3, hidden: 4, batch, ridge: 0.1 };
  for (const rule of ['bmvr', 'backprop']) {
    expect(await expectSame({ ...usual, rule, rates: rates(rule, { eta0: 0.01 }) })).toBe(true);
  }
});

/** So many that products of 256 samples need more than evaluation takes at once. */
const manyInputs = 300;

test.each(['bmvr', 'backprop', 'deep-bmvr', 'burstprop', 'predictive-coding'])(
  'what %s predicts of many samples, and its loss, are those of few at a time',
  async (named) => {
    const rule = findRule(named);
    for (const [batch, zeros] of [1, 10].flatMap((size) => [[size, 0.7] as const, [size, 0] as const])) {
      const samples = { ...randomSamples(5, { count, inputs: manyInputs, labels: 3, zeros }), offset: 0 };
      const network = await createNetwork({ ...networksOf(rule)[0]!, inputs: manyInputs, batch });
      const few = Array.from({ length: Math.ceil(count / 20) }, (_, i) => {
        return [...network.predictSamples(samples, 20 * i, Math.min(20, count - 20 * i))];
      }).flat();
      expect([...network.predict(samples)]).toEqual(few);
      const squares = few.map((value, i) => {
        const target = samples.targets[3 * samples.classes![Math.floor(i / 3)]! + (i % 3)]!;
        return (target - value) ** 2;
      });
      const block = 256 * 3;
      const sums = [squares.slice(0, block), squares.slice(block)].map((of) => of.reduce((sum, each) => sum + each, 0));
      expect(network.totalLoss(samples, 'squared')).toBe(sums[0]! + sums[1]!);
    }
  },
);

/** What can be done with a sample, and whether it is then told apart from the others of its batch. */
const cases: readonly (readonly [string, boolean, (laid: Laid) => Learn])[] = [
  [
    'bounds, synapses that there are not, and autapses',
    true,
    ({ circuit, cells, W1, W2 }) => {
      const M = circuit.synapses('M', cells, cells, { normal: 1 }, { autapses: false });
      const S = circuit.synapses(
        ...(['S', circuit.stimulus, cells, { normal: 1 }, { density: 0.5, bounds: { min: -0.3, max: 0.3 } }] as const),
      );
      return (x, y) => {
        const z = W1.drive(x).plus(S.drive(x));
        M.learn(z, M.drive(z), { decay: 0.1 });
        S.learn(z, x);
        W1.learn(W2.transposed().drive(y), x);
      };
    },
  ],
  [
    'several changes, which decay',
    true,
    ({ W1, W2 }) =>
      (x, y) => {
        const z = W1.drive(x);
        W1.learn(z, x, { decay: 0.2 });
        W1.learn(W2.transposed().drive(y), x, { decay: 0.1 });
        W2.learn(y, z, { decay: 0.3 });
      },
  ],
  [
    'what settles, and other values in the place of weights',
    true,
    ({ circuit, cells, W1, W2 }) =>
      (x, y) => {
        const B = W1.with(W1.weights().through('tanh'));
        const v = circuit.state('v', cells, W2.transposed().drive(y));
        circuit.repeat(4, () => v.becomes(v.plus(B.drive(x).minus(v).times(0.3))));
        W1.learn(v, x);
      },
  ],
  [
    'noise',
    true,
    ({ circuit, cells, W1 }) =>
      (x) =>
        W1.learn(circuit.noise('ξ', cells, { normal: 1 }), x),
  ],
  [
    'noise that is drawn twice',
    false,
    ({ circuit, cells, W1 }) =>
      (x) => {
        const xi = () => circuit.noise('ξ', cells, { normal: 1 });
        W1.learn(xi().times(xi()), x);
      },
  ],
  [
    'noise in every step',
    false,
    ({ circuit, cells, W1 }) =>
      (x) => {
        const v = circuit.state('v', cells, 0);
        circuit.repeat(3, () => v.becomes(v.plus(circuit.noise('ξ', cells, { normal: 1 }))));
        W1.learn(v, x);
      },
  ],
  [
    'noise of synapses',
    false,
    ({ circuit, W1 }) =>
      (x) =>
        W1.learn(W1.with(circuit.noise('ξ', W1.each, { normal: 1 })).drive(x), x),
  ],
  [
    'what synapses have of a batch',
    false,
    ({ W1, W2 }) =>
      (x, y) => {
        const z = W1.drive(x);
        W2.learn(W2.with(W2.outer(y, z)).drive(z), z);
      },
  ],
  [
    'a change by a value of synapses',
    false,
    ({ W1 }) =>
      () =>
        W1.grow(W1.weights().times(-0.1)),
  ],
  [
    'what synapses keep',
    false,
    ({ circuit, W1 }) =>
      (x) => {
        const trace = circuit.state('trace', W1.each, 0, 'ever');
        trace.becomes(trace.times(0.9).plus(0.1));
        W1.learn(W1.with(trace).drive(x), x);
      },
  ],
  [
    'decays of each cell',
    false,
    ({ W1 }) =>
      (x) =>
        W1.learn(W1.drive(x), x, { decay: W1.drive(x).through('absolute') }),
  ],
  [
    'changes in every step',
    false,
    ({ circuit, cells, W1 }) =>
      (x) => {
        const v = circuit.state('v', cells, 0);
        circuit.repeat(3, () => {
          v.becomes(v.plus(W1.drive(x).times(0.5)));
          W1.learn(v, x);
        });
      },
  ],
  [
    'phases one after the other',
    false,
    ({ circuit, W1, W2 }) =>
      (x, y) => {
        circuit.phase('first', () => W1.learn(W1.drive(x), x));
        circuit.phase('second', () => W2.learn(y, W1.drive(x)));
      },
  ],
  [
    'an equilibrium',
    false,
    ({ circuit, cells, W1 }) => {
      const M = circuit.fixed('M', cells, cells, { identity: 1 });
      return (x) => {
        const u = W1.drive(x);
        W1.learn(
          circuit.equilibrium(cells, (z) => u.minus(M.drive(z))),
          x,
        );
      };
    },
  ],
];

test.each(cases)('%s: the same in parts, where it comes in parts', async (_, isToldApart, lay) => {
  for (const optimiser of [{ kind: 'plain' }, { kind: 'momentum', momentum: 0.5 }] as const) {
    for (const fused of [false, true]) {
      expect(await expectSame(optionsOf(ruleOf(lay), 0.01, { batch, optimiser, fused }))).toBe(isToldApart);
    }
  }
});

test('a state that is not finite is that of its sample of the batch', async () => {
  const rule = ruleOf(({ circuit, cells, W1 }) => (x) => {
    const u = W1.drive(x);
    const v = circuit.state('v', cells, 0).as('v');
    circuit.repeat(2, () => v.becomes(v.plus(u.times(1e30))));
    W1.learn(v.minus(v), x);
  });
  const { inputs } = optionsOf(rule);
  const raw = new Float32Array(count * inputs).fill(1e-30);
  raw.fill(1e30, 120 * inputs, 121 * inputs);
  const samples = { ...randomSamples(3, { count, inputs, labels: 2 }), raw, scale: 1, offset: 0 };
  const { engine, source } = await made(optionsOf(rule, 0.01, { batch }), samples, inParts);
  expect(engine.learn(source, count)).toBe(0);
  expect(engine.diverged).toEqual({ state: 'v', population: 'cells', steps: 1, sample: 120 });
});
