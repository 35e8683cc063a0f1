import { describe, expect, test } from 'vitest';
import { Circuit } from '../../circuit/circuit.ts';
import type { Signal } from '../../circuit/signal.ts';
import { layOut } from '../../rules/lay-out.ts';
import { findRule } from '../../rules/registry.ts';
import { findRegression } from './representation.ts';

/** The trace of what one of the rules does to learn a sample. */
function traceOf(rule: string, activation: 'linear' | 'relu' | 'tanh' = 'linear') {
  const { circuit, behaviour } = layOut(findRule(rule), { hidden: 3, activation }, { inputs: 5, labels: 12 });
  return circuit.trace((x, y) => void behaviour.learn(x, y));
}

describe('synapses are a regression', () => {
  test("if they are W2 of backprop's linear network", () => {
    const trace = traceOf('backprop');
    const { signals } = trace;
    const found = findRegression(trace, 'W2');
    expect(found).toBeDefined();
    expect(signals[found?.units ?? 0]).toMatchObject({ population: 'hidden', symbol: 'z' });
    expect(signals[found?.error ?? 0]).toMatchObject({ population: 'label', symbol: 'ε' });
  });

  test('not if their units have a nonlinearity, nor if they are others', () => {
    expect(findRegression(traceOf('backprop', 'relu'), 'W2')).toBeUndefined();
    expect(findRegression(traceOf('backprop', 'tanh'), 'W2')).toBeUndefined();
    expect(findRegression(traceOf('backprop'), 'W1')).toBeUndefined();
    for (const name of ['W1', 'W2ᵀ', 'Q']) expect(findRegression(traceOf('bmvr'), name)).toBeUndefined();
  });

  /** A circuit that learns as backprop does, with synapses B besides. */
  function lay(circuit: Circuit, x: Signal<'stimulus'>, y: Signal<'label'>, decay: 0 | 1) {
    const units = circuit.population('hidden', 3);
    const W1 = circuit.synapses('W1', circuit.stimulus, units, { normal: 1 });
    const W2 = circuit.synapses('W2', units, circuit.label, { normal: 1 });
    const B = circuit.synapses('B', circuit.label, circuit.label, { normal: 1 });
    const z = W1.drive(x);
    const said = W2.drive(z);
    const error = y.minus(said);
    W1.learn(W2.transposed().drive(error), x);
    W2.learn(error, z, { decay });
    return { W2, B, y, z, said, error };
  }

  /** What it may do besides. */
  const others: Record<string, (made: ReturnType<typeof lay>) => void> = {
    'learn from the error elsewhere': ({ error, B, y }) => B.learn(error, y),
    'drive others by the error': ({ error, B, y }) => B.learn(B.drive(error), y),
    'drive others by what they say': ({ said, B, y }) => B.learn(B.drive(said), y),
    'learn twice': ({ error, W2, z }) => W2.learn(error, z),
    'learn from the label itself, too': ({ W2, y, z }) => W2.learn(y, z),
  };

  function traceWith(besides: (made: ReturnType<typeof lay>) => void, decay: 0 | 1 = 0) {
    const circuit = new Circuit(5, 12);
    return circuit.trace((x, y) => {
      besides(lay(circuit, x, y, decay));
      return undefined;
    });
  }

  test.each(Object.entries(others))('not if the circuit uses them to %s', (_, besides) => {
    expect(
      findRegression(
        traceWith(() => {}),
        'W2',
      ),
    ).toBeDefined();
    expect(findRegression(traceWith(besides), 'W2')).toBeUndefined();
  });

  test('not if they decay', () => {
    expect(
      findRegression(
        traceWith(() => {}, 1),
        'W2',
      ),
    ).toBeUndefined();
  });
});
