import { expect, test } from 'vitest';
import { Circuit } from './circuit.ts';
import type { Signal } from './signal.ts';

// What must not compile: tsc fails on a line below an @ts-expect-error that compiles. Run, these lines are refused as well.

function lay() {
  const circuit = new Circuit(4, 3);
  const hidden = circuit.population('hidden', 2);
  const W1 = circuit.synapses('W1', circuit.stimulus, hidden, { normal: 1 });
  const W2 = circuit.synapses('W2', hidden, circuit.label, { normal: 1 });
  return { circuit, W1, W2 };
}

/** Traces what a rule would do with a sample. */
function learn(run: (synapses: ReturnType<typeof lay>, x: Signal<'stimulus'>, y: Signal<'label'>) => void) {
  const laid = lay();
  return laid.circuit.trace((x, y) => {
    run(laid, x, y);
  });
}

test('backprop compiles if it says that it transports weights', () => {
  const { changes } = learn(({ W1, W2 }, x, y) => {
    const error = y.minus(W2.drive(W1.drive(x)));
    W1.learn(W2.transposed().drive(error), x);
  });
  expect(changes).toHaveLength(1);
});

test('backprop without transposed() does not compile', () => {
  learn(({ W1, W2 }, x, y) => {
    const error = y.minus(W2.drive(W1.drive(x)));
    // @ts-expect-error: the error lives at the label, and W2 carries signals of the hidden units
    expect(() => W2.drive(error)).toThrow('what drives W2 must live at hidden');
    // @ts-expect-error: the error lives at the label, and the hidden units' synapses cannot learn from it there
    expect(() => W1.learn(error, x)).toThrow('the postsynaptic signal of W1 must live at hidden');
  });
});

test('a postsynaptic signal of another population does not compile', () => {
  learn(({ W1, W2 }, x, y) => {
    const z = W1.drive(x);
    // @ts-expect-error: the label is not at the hidden units
    expect(() => W1.learn(y, x)).toThrow('the postsynaptic signal of W1 must live at hidden');
    // @ts-expect-error: W2 ends at the label, z lives where it begins
    expect(() => W2.learn(z, z)).toThrow('the postsynaptic signal of W2 must live at label');
  });
});

test('a presynaptic signal of the wrong side does not compile', () => {
  learn(({ W1, W2 }, x, y) => {
    const z = W1.drive(x);
    // @ts-expect-error: W1 begins at the stimulus, z lives where it ends
    expect(() => W1.learn(z, z)).toThrow('the presynaptic signal of W1 must live at stimulus');
    // @ts-expect-error: W2 begins at the hidden units, not at the stimulus
    expect(() => W2.learn(y, x)).toThrow('the presynaptic signal of W2 must live at hidden');
  });
});

test('a difference of signals in different cells, or a way back from the wrong side, does not compile', () => {
  learn(({ W1, W2 }, x, y) => {
    const z = W1.drive(x);
    // @ts-expect-error: the label is not in the hidden units
    expect(() => z.minus(y)).toThrow('the signal that is subtracted must live at hidden');
    // @ts-expect-error: the transpose of W2 begins at the label
    expect(() => W2.transposed().drive(z)).toThrow('what drives the transpose of W2 must live at label');
    // @ts-expect-error: what mirrors W2 begins at the label
    expect(() => W2.mirrored().drive(z)).toThrow('what drives the transpose of W2 must live at label');
  });
});
