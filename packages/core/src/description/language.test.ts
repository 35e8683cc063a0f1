import { describe, expect, test } from 'vitest';
import type { Circuit } from '../circuit/circuit.ts';
import type { Signal } from '../circuit/signal.ts';
import type { Rule } from '../rules/rule.ts';
import { auditCircuit } from './audit.ts';
import { describeCircuit } from './describe.ts';
import { needsOf } from './needs.ts';

// Every operation of the language in symbols, and what the audit makes of it.

describe('signals', () => {
  const written = (write: (u: Signal<'hidden'>, v: Signal<'hidden'>) => Signal<'hidden'>) => {
    const { signals } = describeCircuit(
      rule((circuit) => {
        const { W1, B } = lay(circuit);
        return (x, y) => {
          write(W1.drive(x).as('u'), B.drive(y).as('v')).as('result');
        };
      }),
    );
    return signals.find(({ expression }) => expression === 'result')?.definition;
  };

  test.each<[string, (u: Signal<'hidden'>, v: Signal<'hidden'>) => Signal<'hidden'>]>([
    ['u + v', (u, v) => u.plus(v)],
    ['u − (v + u)', (u, v) => u.minus(v.plus(u))],
    ['u − v − u', (u, v) => u.minus(v).minus(u)],
    ['u ⊙ v', (u, v) => u.times(v)],
    ['u ⊙ (u − v)', (u, v) => u.times(u.minus(v))],
    ['(u − v) ⊙ u', (u, v) => u.minus(v).times(u)],
    ['0.5 u', (u) => u.times(0.5)],
    ['0.5 (u + v)', (u, v) => u.plus(v).times(0.5)],
    ['γ u', (u) => u.times(0.1, 'γ')],
    ['−u', (u) => u.times(-1)],
    ['u − v', (u, v) => u.plus(v.times(-1))],
    ['u − 0.5 v', (u, v) => u.plus(v.times(-0.5))],
    ['u − (−v)', (u, v) => u.minus(v.times(-1))],
    ['u + 1', (u) => u.plus(1)],
    ['tanh(u + v)', (u, v) => u.plus(v).through('tanh')],
    ['max(u, 0)', (u) => u.through('relu')],
    ['|u|', (u) => u.through('absolute')],
    ['u + v', (u, v) => u.plus(v).through('identity')],
    ['σ′(u)', (u) => u.slope('sigmoid')],
    ['relu′(u)', (u) => u.slope('relu')],
    ['softmax(u)', (u) => u.softmax()],
    ['u − Σ(u ⊙ v)', (u, v) => u.minus(u.times(v).pooled())],
  ])('%s', (expected, write) => {
    expect(written(write)).toBe(expected);
  });
});

describe('changes', () => {
  const update = (
    learn: (circuit: Circuit, synapses: ReturnType<typeof lay>, x: Signal<'stimulus'>, z: Signal<'hidden'>) => void,
  ) => {
    const description = describeCircuit(
      rule((circuit) => {
        const laid = lay(circuit);
        return (x) => {
          learn(circuit, laid, x, laid.W1.drive(x).as('z'));
        };
      }),
    );
    return auditCircuit(description).synapses.map((each) => each.update);
  };

  test('decay by any number, of either sign', () => {
    expect(update((_, { W1 }, x, z) => W1.learn(z, x, { decay: 0.25 }))).toEqual(['ΔW1 = η1 (z xᵀ − 0.25 W1)']);
    expect(update((_, { W1 }, x, z) => W1.learn(z, x, { decay: -1 }))).toEqual(['ΔW1 = η1 (z xᵀ + W1)']);
  });

  test('several of the same synapses are one sum', () => {
    const found = update((_, { W1 }, x, z) => {
      W1.learn(z, x, { decay: 0.5 });
      W1.learn(z.times(-1), x, { decay: 0.5 });
    });
    expect(found).toEqual(['ΔW1 = η1 (z xᵀ + (−z) xᵀ − W1)']);
  });

  test('a value that each synapse has', () => {
    expect(update((_, { W1 }, x, z) => W1.grow(W1.outer(z, x).times(W1.weights())))).toEqual([
      'ΔW1 = η1 [(z xᵀ) ⊙ W1]',
    ]);
  });

  test('in a phase, at its end; in what is repeated, summed over the steps', () => {
    const found = update((circuit, { W1, W2 }, x, z) => {
      circuit.phase('first', () => W1.learn(z, x));
      circuit.repeat(3, () => W2.learn(W2.drive(z), z));
    });
    expect(found).toEqual(['ΔW1 = η1 z xᵀ', 'ΔW2 = η2 Σ W2 z zᵀ']);
  });
});

describe('in time', () => {
  const settling = describeCircuit(
    rule((circuit) => {
      const { W1, W2, hidden } = lay(circuit);
      return (x, y) => {
        const v = circuit.state('v', hidden, 0);
        circuit.repeat(20, () => {
          const error = y.minus(W2.drive(v)).as('ε');
          v.becomes(v.plus(W2.transposed().drive(error).times(0.1, 'γ')));
          W2.learn(error, v);
        });
        W1.learn(v, x);
      };
    }),
  );

  test('states say what they become, and how often', () => {
    expect(auditCircuit(settling).definitions).toContain('v ← v + γ W2ᵀ ε, 20 times, from 0');
    expect(auditCircuit(settling)).toMatchObject({
      settling: 20,
      kept: [{ name: 'v', at: 'hidden', lasts: 'sample' }],
      phases: 1,
    });
    expect(needsOf(auditCircuit(settling))).toEqual(['weight transport', 'settling']);
  });

  test('steps of settling are those of all that is repeated, and of the innermost where one lies in another', () => {
    const { settling: steps, learnsAfterSettling } = auditCircuit(
      describeCircuit(
        rule((circuit) => {
          const { W1, W2, hidden } = lay(circuit);
          return (x, y) => {
            const v = circuit.state('v', hidden, 0);
            const step = () => v.becomes(v.plus(W1.drive(x)).times(0.5));
            circuit.repeat(20, step);
            circuit.repeat(3, () => circuit.repeat(4, step));
            W2.learn(y, v);
          };
        }),
      ),
    );
    expect({ steps, learnsAfterSettling }).toEqual({ steps: 32, learnsAfterSettling: true });
    expect(auditCircuit(settling).learnsAfterSettling).toBe(false);
  });

  test('a state has on its way what comes into it at later steps', () => {
    expect(settling.signals.find(({ expression }) => expression === 'v')).toMatchObject({
      dependsOn: ['label'],
      transported: ['W2'],
    });
    expect(auditCircuit(settling).synapses).toMatchObject([
      { synapses: 'W2', local: false, reasons: ['transported W2'] },
      { synapses: 'W1', local: false },
    ]);
  });

  test('an equation is shown with its solution', () => {
    const description = describeCircuit(
      rule((circuit) => {
        const { W1, hidden } = lay(circuit);
        const M = circuit.synapses('M', hidden, hidden, { identity: 1 });
        return (x) => {
          const u = W1.drive(x);
          const z = circuit.equilibrium(hidden, (rest) => u.minus(M.drive(rest))).as('z');
          W1.learn(z, x);
          M.learn(z, z, { decay: 1 });
        };
      }),
    );
    const audit = auditCircuit(description);
    expect(audit.definitions).toEqual(['z = solution of 0 = W1 x − M z']);
    expect(audit.synapses.map(({ update }) => update)).toEqual(['ΔW1 = η1 z xᵀ', 'ΔM = ηm (z zᵀ − M)']);
    expect(audit.equilibria).toEqual([{ expression: 'z = solution of 0 = W1 x − M z', at: 'hidden', through: ['M'] }]);
    expect(description.signals.find(({ definition }) => definition !== undefined)).toMatchObject({
      dependsOn: ['stimulus'],
    });
  });

  test('what lasts at synapses is kept there', () => {
    const description = describeCircuit(
      rule((circuit) => {
        const { W1 } = lay(circuit);
        return (x) => {
          const e = circuit.state('e', W1.each, 0, 'ever');
          e.becomes(e.times(0.9, 'λ').plus(W1.outer(W1.drive(x), x)));
          W1.grow(e);
        };
      }),
    );
    const audit = auditCircuit(description);
    expect(audit.kept).toEqual([{ name: 'e', at: 'synapses W1', lasts: 'ever' }]);
    expect(audit.definitions).toEqual(['e ← λ e + W1 x xᵀ, from 0']);
    expect(audit.synapses).toMatchObject([{ update: 'ΔW1 = η1 e', local: true }]);
  });
});

describe('verdicts', () => {
  test('a sum over all synapses is not local', () => {
    const description = describeCircuit(
      rule((circuit) => {
        const { W1 } = lay(circuit);
        return (x) => W1.grow(W1.outer(W1.drive(x), x).pooled());
      }),
    );
    expect(auditCircuit(description).synapses).toMatchObject([
      { local: false, reasons: ['a sum over all synapses W1'] },
    ]);
  });

  test('an error is one however it is subtracted, and in cells of its own, too', () => {
    const errors = (
      learn: (circuit: Circuit, laid: ReturnType<typeof lay>, x: Signal<'stimulus'>, y: Signal<'label'>) => void,
    ) => {
      const description = describeCircuit(
        rule((circuit) => {
          const laid = lay(circuit);
          return (x, y) => learn(circuit, laid, x, y);
        }),
      );
      return auditCircuit(description).explicitErrors;
    };
    expect(errors((_, { W1, W2 }, x, y) => W2.drive(W1.drive(x)).times(-1).plus(y))).toHaveLength(1);
    expect(errors((_, { W1, W2 }, x, y) => W2.drive(W1.drive(x)).softmax().minus(y.times(2)))).toHaveLength(1);
    expect(
      errors((circuit, { W1, hidden }, x, y) => {
        const cells = circuit.population('error cells', circuit.label.size);
        const up = circuit.fixed('I', circuit.label, cells, { identity: 1 });
        const down = circuit.fixed('E', hidden, cells, { normal: 1 });
        return up.drive(y).minus(down.drive(W1.drive(x)));
      }),
    ).toEqual(['I y − E W1 x']);
    expect(errors((_, { W1, B }, x, y) => B.drive(y).minus(W1.drive(x)))).toEqual([]);
  });

  test('what is done before the first sample is judged, too', () => {
    const description = describeCircuit({
      ...rule((circuit) => {
        const { W1 } = lay(circuit);
        return (x) => W1.learn(W1.drive(x), x);
      }),
      build(circuit) {
        const { W1, W2, C, hidden } = lay(circuit);
        return {
          transform: (x) => W1.drive(x),
          predict: (x) => W2.drive(W1.drive(x)),
          learn: (x) => W1.learn(W1.drive(x), x),
          before: {
            times: 7,
            run() {
              const noise = circuit.noise('ξ', hidden, { normal: 1 });
              C.learn(W2.drive(W2.transposed().drive(W2.drive(noise))), noise);
            },
          },
        };
      },
    });
    const audit = auditCircuit(description);
    expect(audit).toMatchObject({ before: 7, local: false, weightTransport: [{ synapses: 'W2' }] });
    expect(audit.synapses.map(({ synapses, local }) => [synapses, local])).toEqual([
      ['W1', true],
      ['C', false],
    ]);
  });
});

function lay(circuit: Circuit) {
  const hidden = circuit.population('hidden', 2);
  return {
    hidden,
    W1: circuit.synapses('W1', circuit.stimulus, hidden, { normal: 1 }),
    W2: circuit.synapses('W2', hidden, circuit.label, { normal: 1 }),
    B: circuit.synapses('B', circuit.label, hidden, { normal: 1 }),
    C: circuit.synapses('C', hidden, circuit.label, { normal: 1 }),
  };
}

/** A rule that only learns. */
function rule(build: (circuit: Circuit) => (x: Signal<'stimulus'>, y: Signal<'label'>) => void): Rule {
  return {
    name: 'example',
    title: 'An example',
    year: 2020,
    source: '',
    shape: { depth: 'one', outputs: ['linear'], biases: false },
    parameters: {},
    build(circuit) {
      const learn = build(circuit);
      return {
        transform: (x) => x,
        predict: (x) => circuit.synapses('P', circuit.stimulus, circuit.label, { normal: 1 }).drive(x),
        learn,
      };
    },
  };
}
