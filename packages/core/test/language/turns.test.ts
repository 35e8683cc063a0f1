import { expect, test } from 'vitest';
import { type Circuit, createNetwork, defineRule, type Rule } from '../../src/index.ts';
import { relativeError } from '../fixtures.ts';
import { type Laid, learnBoth, optionsOf, plusOuter, ruleOf, samplesOf, times } from './language.ts';

/** The rule with its phases in turns of so many updates. */
function inTurns(rule: Rule, turns: number): Rule {
  return defineRule({
    ...rule,
    build: (circuit: Circuit, ...others) => ({ ...rule.build(circuit, ...others), turns }),
  } as Rule);
}

/** Two phases, the first of which draws noise. */
const rule = ruleOf(({ circuit, cells, W1, W2 }) => (x, y) => {
  const u = W1.drive(x);
  circuit.phase('first', () => W1.learn(u.plus(circuit.noise('ξ', cells, { normal: 0.5 })), x));
  circuit.phase('second', () => W2.learn(y, u));
});

test('phases in turns of two updates: each learns alone, from the weights that the others have learned', async () => {
  const still = ruleOf(({ circuit, W1, W2 }) => (x, y) => {
    const u = W1.drive(x);
    circuit.phase('first', () => W1.learn(u, x));
    circuit.phase('second', () => W2.learn(y, u));
  });
  const { X, Y } = samplesOf(7);
  const { start, end, error } = await learnBoth(optionsOf(inTurns(still, 2)), { X, Y });
  let [W1, W2] = [start.W1!, start.W2!];
  for (const [t, x] of X.entries()) {
    const u = times(W1, x);
    if (t % 4 < 2) W1 = plusOuter(W1, 0.1, u, x);
    else W2 = plusOuter(W2, 0.1, Y[t]!, u);
  }
  expect(relativeError(end.W1!, W1)).toBeLessThan(1e-12);
  expect(relativeError(end.W2!, W2)).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
});

test('goes on bit for bit from a snapshot within a turn, and from weights and the number of samples that they have learned', async () => {
  const options = optionsOf(inTurns(rule, 3), 0.1, { batch: 2 });
  const { X, Y } = samplesOf(26);
  const flat = (rows: readonly number[][], from: number, to = rows.length) => rows.slice(from, to).flat();
  const whole = await createNetwork(options);
  whole.partialFit(X.flat(), Y.flat());
  for (const cut of [2, 6, 10, 14, 20]) {
    const begun = await createNetwork(options);
    begun.partialFit(flat(X, 0, cut), flat(Y, 0, cut));
    const restored = await createNetwork(options);
    restored.restore(begun.snapshot());
    const given = await createNetwork({ ...options, weights: begun.weights(), samplesSeen: cut });
    for (const network of [restored, given]) {
      network.partialFit(flat(X, cut), flat(Y, cut));
      expect(network.snapshot()).toEqual(whole.snapshot());
    }
  }
});

test.each<[string, (laid: Laid) => ReturnType<Parameters<typeof ruleOf>[0]>]>([
  [
    'phases that take turns are two at least',
    ({ circuit, W1 }) =>
      (x) =>
        circuit.phase('one', () => W1.learn(W1.drive(x), x)),
  ],
  [
    'where phases take turns, all that is learned is in them',
    ({ circuit, W1 }) =>
      (x) => {
        for (const name of ['one', 'two']) circuit.phase(name, () => {});
        W1.learn(W1.drive(x), x);
      },
  ],
  [
    'phases that take turns need no signals of each other',
    ({ circuit, W1 }) =>
      (x) => {
        const u = circuit.phase('one', () => W1.drive(x));
        circuit.phase('two', () => W1.learn(u, x));
      },
  ],
])('refuses: %s', async (message, lay) => {
  await expect(createNetwork(optionsOf(inTurns(ruleOf(lay), 2)))).rejects.toThrow(message);
});
