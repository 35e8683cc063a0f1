import { describe, expect, test } from 'vitest';
import { type ActivationFunction, activationNames } from '../circuit/activation.ts';
import { findRule, ruleNames, rules } from '../rules/registry.ts';
import { activationsOf } from '../rules/shape.ts';
import { auditCircuit } from './audit.ts';
import { type CircuitOptions, describeCircuit } from './describe.ts';
import { needsOf } from './needs.ts';

const audit = (rule: string, options: CircuitOptions = {}) => auditCircuit(describeCircuit(rule, options));
const updates = (rule: string, options: CircuitOptions = {}) =>
  audit(rule, options).synapses.map(({ update }) => update);
const deep: CircuitOptions = { hidden: [8, 8, 8], activation: 'tanh' };
const layered = rules.filter(({ shape }) => shape.depth === 'any').map(({ name }) => name);

/** The activation that is wanted, or the usual one of a rule that cannot have it. */
function having(rule: string, wanted: ActivationFunction): { readonly activation: ActivationFunction } {
  const possible = activationsOf(findRule(rule).shape);
  return { activation: possible.includes(wanted) ? wanted : possible[0]! };
}
const deepFor = (rule: string): CircuitOptions => ({ ...deep, ...having(rule, 'tanh') });

describe('one hidden layer', () => {
  test.each([
    ['feedback-alignment', ['ΔW1 = η1 [f′ ⊙ (B1 ε)] xᵀ', 'ΔW2 = η2 ε zᵀ']],
    ['direct-feedback-alignment', ['ΔW1 = η1 [f′ ⊙ (B1 ε)] xᵀ', 'ΔW2 = η2 ε zᵀ']],
    ['sign-symmetry', ['ΔW1 = η1 [f′ ⊙ ((|B1| ⊙ sign(W2ᵀ)) ε)] xᵀ', 'ΔW2 = η2 ε zᵀ']],
    ['kolen-pollack', ['ΔW1 = η1 [f′ ⊙ (B1 ε)] xᵀ', 'ΔW2 = η2 ε zᵀ', 'ΔB1 = η2 z εᵀ']],
    ['weight-mirror', ['ΔW1 = η1 [f′ ⊙ (B1 ε)] xᵀ', 'ΔW2 = η2 ε zᵀ', 'ΔB1 = ηb1 ξ1 q2ᵀ']],
    ['target-propagation', ['ΔW1 = η1 [f′ ⊙ (2 (ẑ − z))] xᵀ', 'ΔW2 = η2 ε zᵀ']],
    ['difference-target-propagation', ['ΔW1 = η1 [f′ ⊙ (2 (ẑ − z))] xᵀ', 'ΔW2 = η2 ε zᵀ']],
    ['frozen-hidden', ['ΔW2 = η2 ε zᵀ']],
  ])('%s', (rule, expected) => {
    expect(updates(rule, { activation: 'relu' })).toEqual(expected);
  });
});

describe('three hidden layers', () => {
  const delta = (arriving: (l: number, above: string) => string) =>
    [3, 2, 1].map((l) => `δ${l} = f′ ⊙ (${arriving(l, l === 3 ? 'ε' : `δ${l + 1}`)})`);

  test.each([
    ['backprop', delta((l, above) => `W${l + 1}ᵀ ${above}`)],
    ['feedback-alignment', delta((l, above) => `B${l} ${above}`)],
    ['direct-feedback-alignment', delta((l) => `B${l} ε`)],
    ['sign-symmetry', delta((l, above) => `(|B${l}| ⊙ sign(W${l + 1}ᵀ)) ${above}`)],
    ['kolen-pollack', delta((l, above) => `B${l} ${above}`)],
    ['weight-mirror', delta((l, above) => `B${l} ${above}`)],
  ])('%s: what arrives at each layer', (rule, expected) => {
    const { definitions } = audit(rule, deep);
    expect(definitions.filter((each) => each.startsWith('δ'))).toEqual(expected);
    expect(definitions).toContain('h2 = f(W2 h1 + b2)');
    expect(definitions).toContain('f(u) = tanh(u)');
    expect(updates(rule, deep).slice(0, 4)).toEqual([
      'ΔW1 = η1 δ1 xᵀ',
      'Δb1 = η1 δ1',
      'ΔW2 = η2 δ2 h1ᵀ',
      'Δb2 = η2 δ2',
    ]);
  });

  test.each([
    ['target-propagation', ['ĥ3 = h3 + η̂ W4ᵀ ε', 'ĥ2 = f(V2 ĥ3 + c2)', 'ĥ1 = f(V1 ĥ2 + c1)']],
    [
      'difference-target-propagation',
      ['ĥ3 = h3 + η̂ W4ᵀ ε', 'ĥ2 = h2 − f(V2 h3 + c2) + f(V2 ĥ3 + c2)', 'ĥ1 = h1 − f(V1 h2 + c1) + f(V1 ĥ2 + c1)'],
    ],
  ])('%s: the target of each layer, and what inverses learn', (rule, expected) => {
    const { definitions } = audit(rule, { ...deep, parameters: { inverseActivation: 'own' } });
    expect(definitions.filter((each) => each.startsWith('ĥ'))).toEqual(expected);
    expect(definitions).toEqual(
      expect.arrayContaining(['ξ1 = normal noise', 'h̃1 = h1 + ξ1', 'q2 = tanh(W2 h̃1 + b2)', 'r1 = f(V1 q2 + c1)']),
    );
    expect(updates(rule, deep)).toEqual(
      expect.arrayContaining(['ΔV1 = ηv1 [f′(V1 q2 + c1) ⊙ (2 (h̃1 − r1))] q2ᵀ', 'ΔW2 = η2 d2 h1ᵀ', 'Δb2 = η2 d2']),
    );
  });

  test('running means have their bars over the letter', () => {
    const { definitions, kept } = audit('backprop', { ...deep, meanRate: 0.01, biases: false });
    expect(definitions).toContain('h2 = f(W2 h1) − h\u03042');
    expect(definitions).toContain('h\u03042 = running mean of f(u), rate 0.01');
    expect(kept).toContainEqual({ name: 'h\u03042', at: 'hidden 2', lasts: 'ever' });
  });

  test('decays and noise of a weight mirror', () => {
    const { synapses, definitions } = audit('weight-mirror', { ...deep, parameters: { decay: 0.1 } });
    expect(synapses.map(({ update }) => update)).toContain('ΔB3 = ηb3 (ξ3 q4ᵀ − 0.1 B3)');
    expect(definitions).toContain('ξ1 = uniform noise');
    expect(definitions).toContain('q2 = tanh(W2 ξ1 + b2)');
  });

  test('magnitudes of sign symmetry that are drawn anew', () => {
    const { definitions } = audit('sign-symmetry', { ...deep, parameters: { magnitudes: 'redrawn' } });
    expect(definitions).toContain('δ2 = f′ ⊙ ((|M2| ⊙ sign(W3ᵀ)) δ3)');
    expect(definitions).toContain('M2 = normal noise');
  });
});

describe('outputs and losses', () => {
  test.each([
    [{ output: 'softmax' }, ['p = softmax(W2 z + b2)', 'ε = y − p'], 'ΔW2 = η2 ε zᵀ'],
    [{ output: 'sigmoid' }, ['p = σ(W2 z + b2)', 'ε = y − p', 'σ(u) = 1 / (1 + exp(−u))'], 'ΔW2 = η2 ε zᵀ'],
    [{ output: 'sigmoid', loss: 'squared' }, ['δ2 = ε ⊙ σ′(W2 z + b2)'], 'ΔW2 = η2 δ2 zᵀ'],
    [{ output: 'softmax', loss: 'squared' }, ['δ2 = p ⊙ (ε − Σ(ε ⊙ p))'], 'ΔW2 = η2 δ2 zᵀ'],
  ] as const)('%o', (options, definitions, update) => {
    const found = audit('backprop', { activation: 'relu', ...options });
    expect(found.definitions).toEqual(expect.arrayContaining([...definitions]));
    expect(found.synapses.map((each) => each.update)).toContain(update);
    expect(found.explicitErrors).toEqual(['ε = y − p']);
  });

  test('softmax is a sum over the cells of the label', () => {
    expect(audit('backprop', { output: 'softmax' }).pooled).toEqual([
      { at: 'label', expression: 'p = softmax(W2 z + b2)' },
    ]);
    expect(audit('backprop', { output: 'sigmoid' }).pooled).toEqual([]);
  });

  test.each(activationNames)('f is defined by the table: %s', (activation) => {
    const { definitions } = audit('backprop', { activation });
    expect(definitions.some((each) => each.startsWith('f(u) = '))).toBe(activation !== 'linear');
  });
});

describe('what rules need', () => {
  test.each([
    ['bmvr', ['mirrored weights']],
    ['backprop', ['weight transport', 'explicit error']],
    ['feedback-alignment', ['explicit error']],
    ['direct-feedback-alignment', ['explicit error']],
    ['sign-symmetry', ['sign transport', 'explicit error']],
    ['kolen-pollack', ['explicit error']],
    ['weight-mirror', ['explicit error', 'noise phase']],
    ['burstprop', ['explicit error', 'phases']],
    ['dendritic-microcircuit', ['settling']],
    ['dendritic-microcircuit-dynamics', ['phases', 'settling']],
    ['frozen-hidden', ['explicit error']],
  ])('%s', (rule, needs) => {
    expect(needsOf(audit(rule))).toEqual(needs);
    if (layered.includes(rule)) expect(needsOf(audit(rule, deepFor(rule)))).toEqual(needs);
  });

  test.each(['target-propagation', 'difference-target-propagation'])('%s', (rule) => {
    const shallow = ['weight transport', 'explicit error'];
    expect(needsOf(audit(rule))).toEqual(shallow);
    expect(needsOf(audit(rule, deep))).toEqual([...shallow, 'noise', 'phases']);
    const { weightTransport, errorCarried, errorMixed, namedPhases } = audit(rule, deep);
    expect(weightTransport.map(({ weights }) => weights)).toEqual(['W4ᵀ']);
    expect(errorCarried).toEqual({ way: 'one layer', to: ['hidden 3'] });
    expect(errorMixed).toEqual([
      { to: 'hidden 2', within: ['ĥ3'] },
      { to: 'hidden 1', within: ['ĥ2'] },
    ]);
    expect(namedPhases.map(({ name, noise }) => [name, noise])).toEqual([
      ['inverting', ['ξ1', 'ξ2']],
      ['learning', []],
    ]);
  });

  test('backprop reads W at the synapses below, FA none', () => {
    expect(audit('backprop', deep).weightTransport).toEqual([
      { synapses: 'W4', weights: 'W4ᵀ', from: 'label', to: 'hidden 3' },
      { synapses: 'W3', weights: 'W3ᵀ', from: 'hidden 3', to: 'hidden 2' },
      { synapses: 'W2', weights: 'W2ᵀ', from: 'hidden 2', to: 'hidden 1' },
    ]);
    const without = [
      'feedback-alignment',
      'direct-feedback-alignment',
      'sign-symmetry',
      'kolen-pollack',
      'weight-mirror',
    ];
    for (const rule of [...without, 'deep-bmvr', 'burstprop', 'dendritic-microcircuit', 'frozen-hidden']) {
      expect(audit(rule, deepFor(rule)).weightTransport).toEqual([]);
    }
  });

  test('only the synapses that sign transport reaches are not local', () => {
    const { signTransport, synapses } = audit('sign-symmetry', deep);
    expect(signTransport.map(({ weights }) => weights)).toEqual(['sign(W4ᵀ)', 'sign(W3ᵀ)', 'sign(W2ᵀ)']);
    const reasons = Object.fromEntries(synapses.map((each) => [each.synapses, each.reasons]));
    expect(reasons).toMatchObject({ W4: [], b4: [], W3: ['signs of W4'], W2: ['signs of W4, W3'] });
    expect(needsOf(audit('sign-symmetry', { parameters: { magnitudes: 'redrawn' } }))).toContain('noise');
  });

  test('the error goes from layer to layer, or to all at once, or stays', () => {
    const ways = Object.fromEntries(layered.map((rule) => [rule, audit(rule, deepFor(rule)).errorCarried?.way]));
    expect(ways).toMatchObject({
      backprop: 'chain',
      'feedback-alignment': 'chain',
      'direct-feedback-alignment': 'broadcast',
      'sign-symmetry': 'chain',
      'kolen-pollack': 'chain',
      'weight-mirror': 'chain',
      'frozen-hidden': undefined,
    });
    expect(audit('direct-feedback-alignment').errorCarried).toEqual({ way: 'one layer', to: ['hidden'] });
  });

  test('burstprop carries the error within burst rates, which are there without one; others carry it alone', () => {
    const { errorCarried, errorMixed, phases, synapses, weightTransport } = audit('burstprop', deepFor('burstprop'));
    expect(errorCarried).toBeUndefined();
    expect(errorMixed).toEqual([
      { to: 'hidden 3', within: ['β̂4'] },
      { to: 'hidden 2', within: ['β̂3'] },
      { to: 'hidden 1', within: ['β̂2'] },
    ]);
    expect([phases, weightTransport]).toEqual([2, []]);
    expect(synapses.every(({ local, pooled }) => local && pooled.length === 0)).toBe(true);
    expect(audit('burstprop', { parameters: { learnFeedback: true } }).sharedProducts).toEqual([['W2', 'B1']]);
    for (const rule of ['backprop', 'feedback-alignment', 'direct-feedback-alignment', 'weight-mirror']) {
      expect(audit(rule, deep).errorMixed).toEqual([]);
    }
  });

  test.each(['dendritic-microcircuit', 'dendritic-microcircuit-dynamics'])(
    '%s computes no error: it is what is left in the apical dendrites',
    (rule) => {
      const found = audit(rule, deepFor(rule));
      expect([found.explicitErrors, found.weightTransport, found.assumedSymmetry]).toEqual([[], [], []]);
      expect(found.errorCarried).toBeUndefined();
      expect(found.synapses.every(({ local, pooled }) => local && pooled.length === 0)).toBe(true);
      expect(found.fixed).toEqual(['T1', 'B1', 'WPI1', 'T2', 'B2', 'WPI2', 'T3', 'B3', 'WPI3']);
      expect(found.definitions).toContain('vA2 = B2 r3 + WPI2 rI2');
    },
  );

  test('Kolen–Pollack shares products between the ways there and back', () => {
    expect(audit('kolen-pollack', deep).sharedProducts).toEqual([
      ['W2', 'B1'],
      ['W3', 'B2'],
      ['W4', 'B3'],
    ]);
    expect(audit('feedback-alignment', deep).sharedProducts).toEqual([]);
    expect(audit('bmvr', { decoupled: true }).sharedProducts).toEqual([['Q', 'R']]);
  });

  test('a weight mirror has a phase of noise in which the stimulus is silent', () => {
    const found = audit('weight-mirror', deep);
    expect(found.phases).toBe(2);
    expect(found.namedPhases).toEqual([
      { name: 'learning', noise: [], silent: false },
      { name: 'mirroring', noise: ['ξ1', 'ξ2', 'ξ3'], silent: true },
    ]);
    expect(found.noise).toContainEqual({ name: 'ξ2', at: 'hidden 2', distribution: 'uniform' });
    expect(audit('weight-mirror', { ...deep, parameters: { before: 3 } }).before).toBe(3);
  });

  test('cells of a chain pass on their activity and their δ, those of direct feedback one thing', () => {
    expect(audit('feedback-alignment', deep).severalOutputs).toEqual([
      { population: 'hidden 2', signals: ['h2', 'δ2'] },
      { population: 'hidden 3', signals: ['h3', 'δ3'] },
    ]);
    expect(audit('direct-feedback-alignment', deep).severalOutputs).toEqual([]);
    expect(audit('feedback-alignment', deep).gatedBySlope).toEqual(['hidden 3', 'hidden 2', 'hidden 1']);
  });

  test('what never learns is fixed', () => {
    expect(audit('feedback-alignment', deep).fixed).toEqual(['B1', 'B2', 'B3']);
    expect(audit('frozen-hidden', deep).fixed).toEqual(['W1', 'W2', 'W3', 'b1', 'b2', 'b3']);
    expect(audit('kolen-pollack', deep).fixed).toEqual([]);
  });
});

describe.each(ruleNames)('%s', (name) => {
  const settings: CircuitOptions[] = [having(name, 'relu'), ...(layered.includes(name) ? [deepFor(name)] : [])];

  test.each(settings)('all that is not fixed learns, by what is written out, %o', (options) => {
    const description = describeCircuit(name, options);
    const { synapses, definitions } = auditCircuit(description);
    const learning = description.synapses.filter(({ fixed }) => !fixed).map((each) => each.name);
    expect(synapses.map((each) => each.synapses).toSorted()).toEqual(learning.toSorted());
    for (const { update } of synapses) expect(update).not.toContain('?');
    for (const { expression } of description.signals) expect(expression).not.toContain('?');
    expect(new Set(definitions).size).toBe(definitions.length);
  });

  test.each(settings)('is plain data, %o', (options) => {
    const description = describeCircuit(name, options);
    expect(JSON.parse(JSON.stringify(description))).toEqual(description);
    expect(JSON.parse(JSON.stringify(auditCircuit(description)))).toEqual(auditCircuit(description));
  });
});

test('sizes are k in one hidden layer, k1, k2 … in several', () => {
  const sizes = (hidden: CircuitOptions['hidden']) => {
    const { populations } = describeCircuit('backprop', hidden === undefined ? {} : { hidden });
    return populations.filter(({ name }) => name.startsWith('hidden')).map(({ size }) => size);
  };
  expect(sizes(undefined)).toEqual(['k']);
  expect(sizes(3)).toEqual(['k']);
  expect(sizes([3])).toEqual(['k']);
  expect(sizes([8, 8, 8])).toEqual(['k1', 'k2', 'k3']);
});
