import { describe, expect, test } from 'vitest';
import type { Circuit } from '../circuit/circuit.ts';
import type { Signal } from '../circuit/signal.ts';
import type { Rule } from '../rules/rule.ts';
import { auditCircuit } from './audit.ts';
import { type CircuitOptions, describeCircuit } from './describe.ts';

const audit = (rule: string, options: CircuitOptions = {}) => auditCircuit(describeCircuit(rule, options));
const updates = (rule: string, options: CircuitOptions = {}) =>
  audit(rule, options).synapses.map((each) => each.update);

describe('the updates are the equations of Golkar et al. 2020', () => {
  test('of BMVR: (5), (6), (7)', () => {
    expect(updates('bmvr')).toEqual(['ΔW1 = η1 (a − Q n) xᵀ', 'ΔW2ᵀ = η2 (z yᵀ − W2ᵀ)', 'ΔQ = ηq (z nᵀ − Q)']);
    expect(audit('bmvr').definitions).toEqual(['z = W1 x', 'n = Qᵀ z', 'a = W2ᵀ y']);
  });

  test('of nonlinear BMVR with decoupled interneurons: (9), (21), (22), (24)', () => {
    const options = { activation: 'relu', meanRate: 1e-4, decoupled: true } as const;
    expect(updates('bmvr', options)).toEqual([
      'ΔW1 = η1 [f′ ⊙ (a − Q n)] xᵀ',
      'ΔW2ᵀ = η2 (z yᵀ − W2ᵀ)',
      'ΔQ = ηq (z nᵀ − Q)',
      'ΔR = ηq (n zᵀ − R)',
    ]);
    expect(audit('bmvr', options).definitions.slice(0, 3)).toEqual(['z = f(W1 x) − z̄', 'n = R z', 'a = W2ᵀ y']);
  });

  test('of reduced-rank regression, and of thresholds, by the symbols of their parameters', () => {
    expect(updates('reduced-rank-regression', { parameters: { s: 0.37 } })).toContain(
      'ΔWy = ηwy ((z − s a) yᵀ − (1 − s) Wy)',
    );
    for (const rule of ['adaptive-soft', 'adaptive-hard', 'adaptive-equalised']) {
      const { definitions } = audit(rule, { parameters: { alpha: 0.37 } });
      expect(definitions.filter((each) => each.includes('0.37'))).toEqual(['α = 0.37']);
    }
  });

  test('of backprop: (2)', () => {
    expect(updates('backprop')).toEqual(['ΔW1 = η1 W2ᵀ ε xᵀ', 'ΔW2 = η2 ε zᵀ']);
    expect(updates('backprop', { activation: 'tanh' })[0]).toBe('ΔW1 = η1 [f′ ⊙ (W2ᵀ ε)] xᵀ');
    expect(audit('backprop').definitions).toEqual(['z = W1 x', 'ε = y − W2 z']);
  });
});

describe('verdicts', () => {
  const settings: CircuitOptions[] = [{}, { activation: 'relu' }, { activation: 'tanh', meanRate: 0.1 }];

  test.each(settings)('backprop transports W2 and computes an error, %o', (options) => {
    const { weightTransport, assumedSymmetry, explicitErrors, phases, local, synapses } = audit('backprop', options);
    expect(weightTransport).toEqual([{ synapses: 'W2', weights: 'W2ᵀ', from: 'label', to: 'hidden' }]);
    expect({ assumedSymmetry, explicitErrors, phases, local }).toEqual({
      assumedSymmetry: [],
      explicitErrors: ['ε = y − W2 z'],
      phases: 1,
      local: false,
    });
    expect(synapses.map((each) => [each.synapses, each.local, each.transported])).toEqual([
      ['W1', false, ['W2']],
      ['W2', true, []],
    ]);
  });

  test.each(settings)('BMVR assumes that interneurons mirror Q, decoupled nothing, %o', (options) => {
    const clean = { weightTransport: [], explicitErrors: [], phases: 1, local: true };
    const mirrored = [{ synapses: 'Q', weights: 'Qᵀ', from: 'pyramidal', to: 'interneuron' }];
    expect(audit('bmvr', options)).toMatchObject({ ...clean, assumedSymmetry: mirrored });
    expect(audit('bmvr', { ...options, decoupled: true })).toMatchObject({ ...clean, assumedSymmetry: [] });
  });

  test('the plateau potential is found in the apical tuft, where interneurons inhibit', () => {
    const { synapses, signals, updates: changes } = describeCircuit('bmvr', { activation: 'relu' });
    expect(synapses.map(({ name, effect }) => [name, effect])).toEqual([
      ['W1', 'excitatory'],
      ['W2ᵀ', 'excitatory'],
      ['Q', 'inhibitory'],
    ]);
    const [first] = changes;
    expect(signals[first?.post ?? -1]).toMatchObject({
      compartment: 'apical',
      dependsOn: ['stimulus', 'label'],
      mirrored: ['Q'],
    });
  });
});

describe('rules that nobody registered', () => {
  test('feedback alignment computes an error, but transports nothing', () => {
    const description = describeCircuit(
      rule((circuit) => {
        const { W1, W2, B } = lay(circuit);
        return (x, y) => {
          const z = W1.drive(x);
          const error = y.minus(W2.drive(z));
          W1.learn(B.drive(error), x);
          W2.learn(error, z);
        };
      }),
    );
    expect(auditCircuit(description)).toMatchObject({
      weightTransport: [],
      explicitErrors: ['y − W2 W1 x'],
      local: true,
      synapses: [{ update: 'ΔW1 = η1 B (y − W2 W1 x) xᵀ' }, { update: 'ΔW2 = η2 (y − W2 W1 x) (W1 x)ᵀ' }],
    });
  });

  test('a difference of two signals of the label, or of two predictions, is no error', () => {
    const description = describeCircuit(
      rule((circuit) => {
        const { W1, W2, B, C } = lay(circuit);
        return (x, y) => {
          const [z, b] = [W1.drive(x), B.drive(y)];
          W2.learn(W2.drive(z).minus(C.drive(z)), z);
          C.learn(y.minus(C.drive(b)), b);
        };
      }),
    );
    expect(auditCircuit(description).explicitErrors).toEqual([]);
  });

  test('synapses that carry two signals for one sample need two phases', () => {
    const description = describeCircuit(
      rule((circuit) => {
        const { W1, W2, B } = lay(circuit);
        return (x, y) => {
          const free = W1.drive(x);
          const clamped = free.minus(B.drive(y));
          W2.learn(W2.drive(free), free);
          W2.learn(W2.drive(clamped), clamped);
        };
      }),
    );
    expect(auditCircuit(description).phases).toBe(2);
  });

  test('what was learned from transported weights anywhere on the way is not local', () => {
    const description = describeCircuit(
      rule((circuit) => {
        const { W1, W2, C } = lay(circuit);
        return (x, y) => {
          const back = W2.transposed().drive(y);
          W1.learn(back.minus(W1.drive(x)), x);
          C.learn(y, back);
        };
      }),
    );
    expect(auditCircuit(description).synapses).toMatchObject([
      { synapses: 'W1', local: false, transported: ['W2'] },
      { synapses: 'C', local: false, transported: ['W2'] },
    ]);
  });
});

test('descriptions are plain data', () => {
  const description = describeCircuit('bmvr', { hidden: 4, activation: 'relu', meanRate: 0.5, decoupled: true });
  expect(JSON.parse(JSON.stringify(description))).toEqual(description);
  expect(description.populations.map(({ name, size }) => `${name} ${size}`)).toEqual([
    'stimulus m',
    'label n',
    'pyramidal k',
    'interneuron k',
  ]);
});

test('circuits that a rule cannot have are refused', () => {
  expect(() => describeCircuit('perceptron')).toThrow('there is no rule "perceptron"');
  expect(() => describeCircuit('backprop', { decoupled: true })).toThrow('backprop has no such parameter');
  expect(() => describeCircuit('bmvr', { meanRate: 0.1 })).toThrow('with linear units, leave it out');
  expect(() => describeCircuit('bmvr', { hidden: 0.5 })).toThrow('hidden must be a positive integer, not 0.5');
});

function lay(circuit: Circuit) {
  const hidden = circuit.population('hidden', 1);
  return {
    W1: circuit.synapses('W1', circuit.stimulus, hidden, { normal: 1 }),
    W2: circuit.synapses('W2', hidden, circuit.label, { normal: 1 }),
    B: circuit.synapses('B', circuit.label, hidden, { normal: 1 }),
    C: circuit.synapses('C', hidden, circuit.label, { normal: 1 }),
  };
}

/** A rule that only learns. */
function rule(build: (circuit: Circuit) => (x: Signal<'stimulus'>, y: Signal<'label'>) => void): Rule {
  const never = () => {
    throw new TypeError('this rule is not asked for what it computes');
  };
  return {
    name: 'example',
    title: 'An example',
    year: 2020,
    source: '',
    shape: { depth: 'one', outputs: ['linear'], biases: false },
    parameters: {},
    build: (circuit) => ({
      transform: never,
      predict: (x) => circuit.synapses('P', circuit.stimulus, circuit.label, { normal: 1 }).drive(x),
      learn: build(circuit),
    }),
  };
}
