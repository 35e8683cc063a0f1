import { describe, expect, test } from 'vitest';
import { differentiate } from '../../src/gradient/differentiate.ts';
import { createNetwork, type Rule, type Signal, samplesOf as samplesFrom, settlingSteps } from '../../src/index.ts';
import { relativeError } from '../fixtures.ts';
import { learningOf } from '../registry.ts';
import { type Laid, learnBoth, optionsOf, plusOuter, ruleOf, samplesOf, sizes, times } from './language.ts';

// v ← v + a (u − v) from 0 is v = (1 − (1 − a)ᵏ) u after k steps, and what drives it (1 − a)ᵏ u.

const a = 0.3;
const most = 12;

/** Cells that relax until their drive is within the tolerance, or without one. */
const relaxing = (tolerance?: number): Rule =>
  ruleOf(({ circuit, cells, W1 }) => (x) => {
    const u = W1.drive(x);
    const v = circuit.state('v', cells, 0).as('v');
    const step = () => {
      const drive = u.minus(v).as('g');
      v.becomes(v.plus(drive.times(a)));
      return [{ state: v, drive }];
    };
    if (tolerance === undefined) circuit.repeat(most, () => void step());
    else circuit.repeat(most, step, { tolerance });
    W1.learn(v, x);
  });

/** Inputs of very different sizes, so that samples settle in different numbers of steps; the last is at rest from the start. */
const samples = (() => {
  const { X, Y } = samplesOf(6);
  const factors = [1, 1e-2, 30, 1e-1, 3, 0];
  return { X: X.map((x, s) => x.map((value) => Math.fround(factors[s]! * value))), Y };
})();

/** After how many steps no number of the drive is larger than the tolerance. */
function stepsOf(u: readonly number[], tolerance: number): number {
  const largest = Math.max(...u.map(Math.abs));
  for (let k = 0; k < most; k++) if (largest * (1 - a) ** k <= tolerance) return k;
  return most;
}

test.each([1, 4, 6])('each sample settles until it is at rest, and no longer; batches of %i', async (batch) => {
  const tolerance = 0.1;
  const { start, end, error } = await learnBoth(optionsOf(relaxing(tolerance), 0.1, { batch }), samples);
  let W1 = start.W1!;
  for (let first = 0; first < samples.X.length; first += batch) {
    const block = samples.X.slice(first, first + batch);
    const before = W1;
    for (const x of block) {
      const u = times(before, x);
      const c = 1 - (1 - a) ** stepsOf(u, tolerance);
      W1 = plusOuter(
        W1,
        0.1 / block.length,
        u.map((value) => c * value),
        x,
      );
    }
  }
  expect(relativeError(end.W1!, W1)).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
});

test('how many steps each sample took is known, and what it comes to does not depend on those beside it', async () => {
  const tolerance = 0.1;
  const network = await createNetwork(optionsOf(relaxing(tolerance)));
  const data = samplesFrom({ X: samples.X.flat(), inputs: sizes.inputs, Y: samples.Y.flat(), labels: sizes.labels });
  const W1 = [...network.weights().W1!.data];
  const expected = samples.X.map((x) => stepsOf(times(W1, x), tolerance));
  expect(new Set(expected).size).toBeGreaterThan(3);
  expect(settlingSteps(network, data)).toEqual(expected);

  const v = learningOf(network.blueprint).signals.findIndex(({ symbol }) => symbol === 'v');
  const observer = network.observer();
  const states = (first: number, count: number) => {
    network.observe(observer, data, first, count);
    return [...observer.learning.signal(v)];
  };
  const together = states(0, 6);
  const k = sizes.hidden;
  for (let s = 0; s < 6; s++) expect(states(s, 1)).toEqual(together.slice(s * k, (s + 1) * k));
  expect(states(2, 3)).toEqual(together.slice(2 * k, 5 * k));
  observer.dispose();
});

test('without a tolerance bits are those of a body that says nothing of rest', async () => {
  const learned = await Promise.all(
    [relaxing(0), relaxing()].map(async (rule) => {
      const { network } = await learnBoth(optionsOf(rule, 0.1, { batch: 3 }), samples);
      return network.weights();
    }),
  );
  expect(learned[0]).toEqual(learned[1]);
});

test('what is predicted by settling that stops early has no known derivative', async () => {
  const { circuit } = (await createNetwork(optionsOf(relaxing()))).blueprint;
  const predict = circuit.trace((x) => {
    const u = circuit.synapsesOf('W1').drive(x);
    const v = circuit.state('v', u.population, 0);
    const settle = () => {
      v.becomes(v.plus(u.minus(v).times(a)));
      return [{ state: v, drive: u.minus(v) }];
    };
    circuit.repeat(3, settle, { tolerance: 0.1 });
    return circuit.synapsesOf('W2').drive(v);
  });
  expect(() => differentiate(predict, 'squared')).toThrow(
    'the derivative of a state that settles until it is at rest is not known',
  );
});

describe('refuses', () => {
  type Step = (laid: Laid, u: Signal<'cells'>, x: Signal<'stimulus'>) => void;
  const also = (step: Step, tolerance = 0.1) =>
    createNetwork(
      optionsOf(
        ruleOf((laid) => (x) => {
          const { circuit, cells, W1 } = laid;
          const u = W1.drive(x);
          const v = circuit.state('v', cells, 0);
          const settle = () => {
            v.becomes(v.plus(u.minus(v).times(a)));
            step(laid, u, x);
            return [{ state: v, drive: u.minus(v) }];
          };
          circuit.repeat(3, settle, { tolerance });
        }),
      ),
    );
  const stops = 'where samples stop early, each by itself, there is no ';
  test.each<[string, Step]>([
    ['what is learned', ({ W1 }, u, x) => W1.learn(u, x)],
    ['noise', ({ circuit, cells }) => void circuit.noise('ξ', cells, { normal: 1 })],
    ['repeat', ({ circuit }) => circuit.repeat(2, () => {})],
    ['phase', ({ circuit }) => circuit.phase('p', () => {})],
    ['outer', ({ W1 }, u, x) => void W1.outer(u, x)],
    ['what goes on from sample to sample, or is at synapses', ({ W1 }) => void W1.weights()],
  ])('%s within a body that can stop early, and not without a tolerance', async (what, step) => {
    await expect(also(step)).rejects.toThrow(`${stops}${what}`);
    await expect(also(step, 0)).resolves.toBeDefined();
  });

  test('a tolerance below 0, and states that do not settle in the body', async () => {
    await expect(also(() => {}, -1)).rejects.toThrow('what settles stops within a tolerance of 0 or more, not -1');
    await expect(also(() => {}, Number.NaN)).rejects.toThrow('of 0 or more, not NaN');
    const nothing = ruleOf(({ circuit, cells, W1 }) => (x) => {
      const state = circuit.state('v', cells, 0);
      circuit.repeat(3, () => [{ state, drive: W1.drive(x) }], { tolerance: 0.1 });
    });
    await expect(createNetwork(optionsOf(nothing))).rejects.toThrow(
      'states that settle become something in what is repeated, and what drives them is computed in it',
    );
  });
});
