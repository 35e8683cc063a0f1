import { expect, test } from 'vitest';
import { createNetwork, createProbe, defineRule, fittingProbes, InputError } from '../../src/index.ts';
import { randomSamples, rates } from '../fixtures.ts';

// Hidden units that settle, s += dt (W1 x − s), for N steps from 0, and so come to s = c W1 x with c = 1 − (1 − dt)^N.

const [dt, steps] = [0.3, 4];
const c = 1 - (1 - dt) ** steps;

/** Gradient descent on ½ ‖y − W2 s‖², by hand; what W1 learns comes in two parts. */
const leaky = defineRule({
  name: 'leaky',
  title: 'Leaky units',
  year: 2026,
  source: 'a test',
  shape: { depth: 'one', outputs: ['linear'], biases: false },
  parameters: {},
  build(circuit, { hidden: [k = 1] }) {
    const cells = circuit.population('cells', k);
    const W1 = circuit.synapses('W1', circuit.stimulus, cells, { normal: 1, fan: 'in' });
    const W2 = circuit.synapses('W2', cells, circuit.label, { normal: 1, fan: 'in' });
    const settle = (x: Parameters<typeof W1.drive>[0]) => {
      const s = circuit.state('s', cells, 0);
      const u = W1.drive(x);
      circuit.repeat(steps, () => s.becomes(s.plus(u.minus(s).times(dt))));
      return s;
    };
    return {
      transform: settle,
      predict: (x) => W2.drive(settle(x)),
      learn(x, y) {
        const s = settle(x);
        const error = y.minus(W2.drive(s));
        const delta = W2.transposed().drive(error).times(c);
        W2.learn(error, s);
        W1.learn(delta.times(3), x);
        W1.learn(delta.times(-2), x);
      },
    };
  },
});

const samples = randomSamples(5, {});
const options = { inputs: 7, labels: 3, hidden: 4, rates: rates(leaky, { eta0: 0.1 }), seed: 2 };

test('what settles is differentiated through its steps; changes in parts are compared by their sum', async () => {
  const probe = await createProbe('alignment', await createNetwork({ ...options, rule: leaky }), samples);
  const read = Object.fromEntries(
    Object.entries(probe()).map(([name, value]) => [name.replace('alignment.', ''), value]),
  );
  // Angles are the arc cosine of what float32 knows to 7 digits.
  for (const name of ['W1.update', 'W2.update', 'W2.signal.per-sample']) expect(read[name], name).toBeLessThan(0.1);
  for (const name of ['W1.update.ratio', 'W2.update.ratio', 'W2.signal.ratio']) expect(read[name]).toBeCloseTo(1, 5);
  // Of W1 there is no one signal that teaches it.
  expect(Object.keys(read).filter((name) => name.startsWith('W1.signal'))).toEqual([]);
});

test('a network whose loss has no known derivative has no alignment, and says so before it learns', async () => {
  const resting = defineRule({
    ...leaky,
    build(circuit, { hidden: [k = 1] }) {
      const cells = circuit.population('cells', k);
      const W1 = circuit.synapses('W1', circuit.stimulus, cells, { normal: 1 });
      const W2 = circuit.synapses('W2', cells, circuit.label, { normal: 1 });
      const rest = (x: Parameters<typeof W1.drive>[0]) => {
        const u = W1.drive(x);
        return circuit.equilibrium(cells, (z) => u.minus(z));
      };
      return { transform: rest, predict: (x) => W2.drive(rest(x)), learn: (x, y) => W2.learn(y, rest(x)) };
    },
  });
  const network = await createNetwork({ ...options, rule: resting });
  expect(fittingProbes(network)).not.toContain('alignment');
  const probe = createProbe('alignment', network, samples);
  await expect(probe).rejects.toThrow(InputError);
  await expect(probe).rejects.toThrow('the probe alignment is for networks whose loss has a known derivative');
  await expect(probe).rejects.toThrow(
    'network is none: the derivative of an equilibrium is not known; probes that fit it',
  );
});
