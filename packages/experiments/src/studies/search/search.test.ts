import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Settings } from '../../config/settings.ts';
import type { Axis, SearchSettings, Study, Trial } from '../study.ts';
import { rungs } from './asha.ts';
import { createSearch } from './create-search.ts';
import { grid, gridSize } from './grid.ts';
import { sobolPoints } from './sobol.ts';

const interval = (name: string, from: number, to: number, kind: 'linear' | 'log' = 'linear'): Axis => ({
  name,
  sets: [name],
  scale: { kind, from, to, whole: false },
});
const list = (name: string, values: (number | string)[], when?: string): Axis => ({
  name,
  sets: [name],
  scale: { kind: 'values', values },
  ...(when && { when }),
});

function study(axes: readonly Axis[], search: SearchSettings, changes: Partial<Study> = {}): Study {
  const objective = { metric: 'objective', at: 'last', goal: 'min' } as const;
  const rest = { name: 'test', description: '', base: {}, seeds: [1], marked: [], keepWeights: false };
  return { ...rest, axes, search, objective, ...changes };
}

/** All trials that a search asks for, in the order of its rounds, and how many rounds there were. */
function searched(of: Study, loss: (trial: Trial) => number, samples = 1000): { trials: Trial[]; rounds: number } {
  const started = new Set<Trial>();
  const awaited = new Set<Trial>();
  let rounds = 0;
  const search = createSearch(of, samples, (trial) => {
    expect(awaited.has(trial), 'a loss is asked of a trial that was awaited').toBe(true);
    return loss(trial);
  });
  for (const round of search) {
    rounds++;
    for (const trial of round.start) started.add(trial);
    for (const trial of round.awaited) {
      expect(started.has(trial), 'what is awaited was started').toBe(true);
      awaited.add(trial);
    }
  }
  return { trials: [...started], rounds };
}

test('a grid has every combination once; an axis whose condition does not hold has no value', () => {
  const axes = [list('rule', ['bmvr', 'backprop']), list('q', [1, 2, 3], 'rule=bmvr'), list('k', [4, 5])];
  expect(gridSize(axes)).toBe(12);
  const combinations = grid(axes).map(({ settings }) => JSON.stringify(settings));
  expect(new Set(combinations).size).toBe(combinations.length);
  expect(combinations).toHaveLength(3 * 2 + 2);
  expect(combinations).toContain('{"rule":"bmvr","q":3,"k":5}');
  expect(combinations).toContain('{"rule":"backprop","k":4}');
  const where = searched(study(axes, { method: 'grid' }, { where: 'k=4 and q>=2' }), () => 0);
  expect(where.trials.map(({ settings }) => settings.q)).toEqual([2, 3]);
});

// As scipy.stats.qmc.Sobol(d=3, scramble=False) has them, and the programs that come with the direction numbers.
test("Sobol's first points are the published ones", () => {
  const points = sobolPoints(3);
  const first = Array.from({ length: 8 }, () => [...points.next().value]);
  expect(first).toEqual([
    [0, 0, 0],
    [0.5, 0.5, 0.5],
    [0.75, 0.25, 0.25],
    [0.25, 0.75, 0.75],
    [0.375, 0.375, 0.625],
    [0.875, 0.875, 0.125],
    [0.625, 0.125, 0.875],
    [0.125, 0.625, 0.375],
  ]);
});

test('in every dimension, the first 2^m points of Sobol have one in each interval of 2^-m, shifted or not', () => {
  for (const shift of [undefined, Uint32Array.from({ length: 21 }, (_, i) => 0x9e3779b9 * (i + 1))]) {
    const points = sobolPoints(21, shift);
    const first = Array.from({ length: 1024 }, () => points.next().value);
    for (let dimension = 0; dimension < 21; dimension++) {
      for (const m of [1, 4, 7, 10]) {
        const cells = first.slice(0, 2 ** m).map((point) => Math.floor((point[dimension] as number) * 2 ** m));
        expect(new Set(cells).size).toBe(2 ** m);
      }
    }
  }
});

test('in two dimensions, Sobol has one of 2^m points in every box of that volume, and is far more even than chance', () => {
  const points = sobolPoints(2);
  const first = Array.from({ length: 256 }, () => points.next().value);
  for (let split = 0; split <= 8; split++) {
    const boxes = first.map(([x, y]) => `${Math.floor(x! * 2 ** split)} ${Math.floor(y! * 2 ** (8 - split))}`);
    expect(new Set(boxes).size).toBe(256);
  }
  // The root mean square of so many random points.
  expect(discrepancy(first)).toBeLessThan(Math.sqrt((1 / 4 - 1 / 9) / 256) / 4);
});

/** Warnock's formula for the square of the L2 star discrepancy in two dimensions. */
function discrepancy(points: readonly Float64Array[]): number {
  const n = points.length;
  let single = 0;
  let pairs = 0;
  for (const [x, y] of points) {
    single += (1 - x! * x!) * (1 - y! * y!);
    for (const [u, v] of points) pairs += (1 - Math.max(x!, u!)) * (1 - Math.max(y!, v!));
  }
  return Math.sqrt(1 / 9 - single / (2 * n) + pairs / (n * n));
}

test.each<Exclude<SearchSettings, { method: 'grid' }>>([
  { method: 'random', trials: 50, seed: 3 },
  { method: 'sobol', trials: 50, seed: 3 },
  { method: 'tpe', trials: 50, seed: 3, batch: 5, startup: 10 },
  { method: 'asha', trials: 50, seed: 3, eta: 3, minSamples: 100, parallel: 4 },
])('$method proposes values within the axes that fulfil the condition, the same each time', (search) => {
  const whole: Axis = { name: 'k', sets: ['k'], scale: { kind: 'linear', from: 2, to: 9, whole: true } };
  const axes = [interval('eta', 1e-4, 1, 'log'), whole, list('rule', ['a', 'b']), list('q', [1, 2, 3], 'rule=a')];
  const of = study(axes, search, { where: 'k!=5' });
  const loss = ({ settings }: Trial) => Math.abs(Math.log(settings.eta as number)) + (settings.k as number);
  const { trials } = searched(of, loss);
  expect(searched(of, loss).trials).toEqual(trials);
  expect(trials.length).toBeGreaterThanOrEqual(50);
  for (const { settings } of trials) {
    expect(settings.eta).toSatisfy((eta: number) => eta >= 1e-4 && eta <= 1 && eta === Number(eta.toPrecision(6)));
    expect([2, 3, 4, 6, 7, 8, 9]).toContain(settings.k);
    expect('q' in settings).toBe(settings.rule === 'a');
  }
  const other = searched(study(axes, { ...search, seed: 4 }, { where: 'k!=5' }), loss);
  expect(other.trials).not.toEqual(trials);
});

test('more trials of a random search begin with the same ones', () => {
  const axes = [interval('x', 0, 1)];
  const few = searched(study(axes, { method: 'random', trials: 5, seed: 1 }), () => 0).trials;
  const more = searched(study(axes, { method: 'random', trials: 9, seed: 1 }), () => 0).trials;
  expect(more.slice(0, 5)).toEqual(few);
});

const numbers = ({ settings }: Trial) => Object.values(settings) as number[];
/** Test functions with known minima: the sphere's 0 at 0.3 in each of four axes; Branin's 0.397887 at three points. */
const functions: Record<string, { axes: Axis[]; loss: (trial: Trial) => number; optimum: number }> = {
  sphere: {
    axes: ['a', 'b', 'c', 'd'].map((name) => interval(name, -1, 1)),
    loss: (trial) => numbers(trial).reduce((sum, x) => sum + (x - 0.3) ** 2, 0),
    optimum: 0,
  },
  Branin: {
    axes: [interval('x', -5, 10), interval('y', 0, 15)],
    loss: (trial) => {
      const [x, y] = numbers(trial) as [number, number];
      const valley = y - (5.1 * x * x) / (4 * Math.PI ** 2) + (5 * x) / Math.PI - 6;
      return valley ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    },
    optimum: 0.397887,
  },
};

test.each(Object.entries(functions))('TPE beats random search on %s, over 20 seeds', (_, { axes, loss, optimum }) => {
  const regret = (search: SearchSettings) =>
    Math.min(...searched(study(axes, search), loss).trials.map(loss)) - optimum;
  const seeds = Array.from({ length: 20 }, (_, seed) => seed);
  const tpe = seeds.map((seed) => regret({ method: 'tpe', trials: 100, seed, batch: 5, startup: 15 }));
  const random = seeds.map((seed) => regret({ method: 'random', trials: 100, seed }));
  // A sign test: 15 or more of 20 have a probability of 2 % if both were alike.
  expect(seeds.filter((seed) => tpe[seed]! < random[seed]!).length).toBeGreaterThanOrEqual(15);
  for (const value of tpe) expect(value).toBeGreaterThanOrEqual(-1e-6);
});

test('TPE finds the good name of a list, though trials of the others diverge', () => {
  const axes = [list('rule', ['a', 'b', 'c', 'd']), interval('x', 0, 1)];
  const loss = ({ settings }: Trial) => (settings.rule === 'c' ? (settings.x as number) : Infinity);
  const { trials } = searched(study(axes, { method: 'tpe', trials: 60, seed: 1, batch: 4, startup: 12 }), loss);
  const late = trials.slice(30).filter(({ settings }) => settings.rule === 'c').length;
  expect(late).toBeGreaterThan(15);
});

test('ASHA has rungs of η times the samples, and promotes only from the best 1/η of what a rung has seen', () => {
  expect(rungs({ minSamples: 100, eta: 3 }, 1000)).toEqual([100, 300, 900, 1000]);
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 9 }), fc.nat(100), (eta, parallel, seed) => {
      const search = { method: 'asha', trials: 40, seed, eta, minSamples: 100, parallel } as const;
      const samples = 100 * eta ** 2;
      const loss = ({ settings }: Trial) => settings.x as number;
      const { trials } = searched(study([interval('x', 0, 1)], search), loss, samples);
      const at = (level: number) => trials.filter((trial) => trial.samples === level);
      const counts = [at(100), at(100 * eta), at(samples)].map((rung) => rung.length);
      expect(counts[0]).toBe(40);
      expect(counts[1]).toBeLessThanOrEqual(40);
      // Every trial of a rung was in the one below.
      const below = new Set(at(100).map(({ settings }) => settings.x));
      expect(at(100 * eta).every(({ settings }) => below.has(settings.x))).toBe(true);
      // The last look at a rung is at all of it: the best 1/η are promoted at the latest then.
      const best = at(100)
        .map(loss)
        .sort((a, b) => a - b)
        .slice(0, Math.floor(40 / eta));
      const promoted = new Set(at(100 * eta).map(loss));
      expect(best.every((value) => promoted.has(value))).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('with one place at a time, and losses that only get worse, ASHA keeps exactly the best 1/η of each rung', () => {
  // The k-th trial sampled has loss k: whoever was promoted stays among the best.
  const order = new Map<unknown, number>();
  const loss = ({ settings }: Settings & Trial) => {
    if (!order.has(settings.x)) order.set(settings.x, order.size);
    return order.get(settings.x) as number;
  };
  const search = { method: 'asha', trials: 27, seed: 1, eta: 3, minSamples: 10, parallel: 1 } as const;
  const { trials } = searched(study([interval('x', 0, 1)], search), loss as (trial: Trial) => number, 90);
  const at = (level: number) => trials.filter(({ samples }) => samples === level).length;
  expect([at(10), at(30), at(90)]).toEqual([27, 9, 3]);
});

test('ASHA never promotes a trial that diverged', () => {
  const search = { method: 'asha', trials: 20, seed: 1, eta: 2, minSamples: 10, parallel: 3 } as const;
  const { trials } = searched(study([interval('x', 0, 1)], search), () => Infinity, 40);
  expect(trials.every(({ samples }) => samples === 10)).toBe(true);
});
