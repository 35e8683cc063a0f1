import { expect, test } from 'vitest';
import { RandomStream, type Signal } from '../../src/index.ts';
import { relativeError } from '../fixtures.ts';
import { combine, learnBoth, optionsOf, plusOuter, ruleOf, sizes, times } from './language.ts';

// A sample is a step of Δt: leaky cells fire where they cross a threshold, and are reset; traces of spikes fall exponentially; a
// synapse learns from the trace before it and the spike after it.

const [leak, threshold, kept] = [0.1, 1, 0.95];
const steps = 1000;

const rule = ruleOf(({ circuit, cells, W1, W2 }) => (x) => {
  const u = circuit.state('u', cells, 0, 'ever');
  const before = circuit.state('trace before', circuit.stimulus, 0, 'ever');
  const after = circuit.state('trace after', cells, 0, 'ever');
  const count = circuit.state('count', cells, 0, 'ever');

  const reached = u.times(1 - leak).plus(W1.drive(x).times(leak));
  const spike: Signal<'cells'> = reached.minus(threshold).through('step');
  u.becomes(reached.minus(spike.times(reached))); // back to 0
  const nextBefore = before.times(kept).plus(x);
  before.becomes(nextBefore);
  after.becomes(after.times(kept).plus(spike));
  count.becomes(count.plus(spike));
  W1.learn(spike, nextBefore.minus(6)); // grows with what fired more than it does on average, else shrinks
  W2.learn(circuit.constant(circuit.label, 0.01), after); // the trace from before the spike
});

test('spikes, resets and exponential traces over a thousand steps are those of a plain loop', async () => {
  const stream = new RandomStream(8, 'spikes');
  const X = Array.from({ length: steps }, () =>
    Array.from({ length: sizes.inputs }, () => Number(stream.uniform() < 0.3)),
  );
  const Y = X.map(() => [0, 0]);
  const W: readonly number[] = Array.from({ length: 15 }, () => Math.fround(0.5 + stream.uniform()));
  const weights = { W1: { rows: 3, cols: 5, data: Float32Array.from(W) } };
  const { error, start, end, network } = await learnBoth(optionsOf(rule, 0.004, { weights }), { X, Y });

  let [W1, W2]: (readonly number[])[] = [W, start.W2!] as [readonly number[], readonly number[]];
  let [u, after, count] = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  let before = [0, 0, 0, 0, 0];
  let nearest = 1;
  for (const x of X) {
    const reached = combine(u, times(W1!, x), (u, drive) => (1 - leak) * u + leak * drive);
    nearest = Math.min(nearest, ...reached.map((value) => Math.abs(value - threshold)));
    const spike = reached.map((value) => (value > threshold ? 1 : 0));
    u = combine(reached, spike, (value, s) => (s ? 0 : value));
    before = combine(before, x, (trace, s) => kept * trace + s);
    W1 = plusOuter(
      W1!,
      0.004,
      spike,
      before.map((trace) => trace - 6),
    );
    W2 = plusOuter(W2!, 0.004, [0.01, 0.01], after);
    after = combine(after, spike, (trace, s) => kept * trace + s);
    count = combine(count, spike, (n, s) => n + s);
  }
  expect(nearest).toBeGreaterThan(2e-5); // no rounding decides on a spike
  expect(Math.min(...count)).toBeGreaterThan(20);
  expect(Math.max(...count)).toBeLessThan(steps / 2);
  const expected = { W1: W1!, W2: W2!, u, 'trace before': before, 'trace after': after, count };
  for (const [name, values] of Object.entries(expected)) {
    expect(relativeError(end[name]!, [...values]), name).toBeLessThan(1e-12);
  }
  expect(error).toBeLessThan(2e-5);
  expect([...network.weights().count!.data]).toEqual(count);
});
