import { describe, expect, test } from 'vitest';
import {
  type CircuitSettings,
  createNetwork,
  createProbe,
  findRule,
  fittingProbes,
  layOut,
  type NetworkOptions,
  type Numbers,
  probeReadings,
  Reading,
  samplesOf,
} from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';
import { rates, relativeError } from '../fixtures.ts';
import { readingOf, teach, vectors } from '../readings.ts';
import { labelled } from '../registry.ts';
import { changesOf, randomWeights, readingAt, sizes, transpose, type Weights } from './changes.ts';

const settings: CircuitSettings = { hidden: [5, 4], activation: 'sigmoid', output: 'sigmoid', loss: 'squared' };
const top = 3;
const samples = labelled('sigmoid', 7, { count: 4, ...sizes });
const weights = randomWeights('burstprop', settings, 3);

/** The weights with others of a name that begins so. */
function changed(given: Weights, start: string, by: (value: number) => number): Record<string, Numbers> {
  return Object.fromEntries(
    Object.entries(given).map(([name, matrix]) => {
      return [name, name.startsWith(start) ? { ...matrix, data: Array.from(matrix.data, by) } : matrix];
    }),
  );
}

describe('what burstprop teaches', () => {
  const only = (names: string) =>
    Object.fromEntries(Object.entries(weights).filter(([name]) => names.includes(name[0]!)));
  const p0 = 0.3;

  test('the output layer learns by p0 times backprop’s δ of the squared loss', () => {
    const own = changesOf('burstprop', settings, weights, samples, { p0 });
    const backprop = changesOf('backprop', settings, only('Wb'), samples);
    for (const name of [`W${top}`, `b${top}`]) {
      const expected = backprop[name]!.map((value) => p0 * value);
      expect(relativeError(own[name]!, expected), name).toBeLessThan(1e-13);
    }
  });

  /** How far the changes of layer l are from those of feedback alignment, a quarter a layer, with feedback c times as strong. */
  const distance = (l: number, c: number): number => {
    const weak = changed(
      changed(weights, 'B', (b) => c * b),
      'R',
      () => 0,
    );
    const own = changesOf('burstprop', settings, weak, samples, { p0 });
    const { R1: _, R2: __, ...aligning } = weak;
    const expected = changesOf('feedback-alignment', settings, aligning, samples)[`W${l}`]!;
    const gain = p0 * 0.25 ** (top - l);
    return relativeError(
      own[`W${l}`]!,
      expected.map((value) => gain * value),
    );
  };

  test.each([1, 2])(
    'with weak feedback and R = 0, layer %d learns as by feedback alignment, a quarter a layer',
    (l) => {
      // The slope of σ is even: what is left is of second order.
      expect(distance(l, 0.01)).toBeLessThan(1e-5);
      expect(distance(l, 0.1) / distance(l, 0.01) / 100).toBeCloseTo(1, 1);
      expect(distance(l, 1)).toBeGreaterThan(1e-3);
    },
  );
});

describe('what R learns', () => {
  test('is minus the gradient of ½ ‖a‖², and lowers it', () => {
    const blueprint = planNetwork({
      rule: 'burstprop',
      ...sizes,
      ...settings,
      rates: rates('burstprop', { eta0: 1 }, settings),
    });
    const { signals } = blueprint.circuit.trace((x, y) => void blueprint.behaviour.learn(x, y));
    /** ½ ⟨‖a_l‖²⟩ */
    const half = (l: number, own: Weights) => {
      const { id } = signals.find(({ symbol }) => symbol === `a${l}`)!;
      const values = readingAt('burstprop', settings, own).respond(vectors(samples.X), vectors(samples.Y)).signals[id]!;
      return values.reduce((sum, a) => sum + a.reduce((all, each) => all + each ** 2, 0) / 2, 0) / values.length;
    };
    const gains = changesOf('burstprop', settings, weights, samples);
    for (const l of [1, 2]) {
      const name = `R${l}`;
      const matrix = weights[name]!;
      const at = (step: (i: number) => number) =>
        half(l, { ...weights, [name]: { ...matrix, data: Array.from(matrix.data, (r, i) => r + step(i)) } });
      const h = 1e-5;
      for (const [i, gain] of gains[name]!.entries()) {
        const slope = (at((j) => (i === j ? h : 0)) - at((j) => (i === j ? -h : 0))) / (2 * h);
        expect(-slope, `${name} ${i}`).toBeCloseTo(gain, 8);
      }
      expect(at((i) => 0.1 * gains[name]![i]!)).toBeLessThan(half(l, weights));
    }
  });
});

describe('learned feedback', () => {
  const parameters = { learnFeedback: true };
  const own: CircuitSettings = { ...settings, parameters };
  const updates = 60;
  const { X, Y } = labelled('sigmoid', 2, { count: 2 * updates, ...sizes });
  const start = randomWeights('burstprop', own, 5);

  const options = (more: Partial<NetworkOptions>): NetworkOptions => ({
    ...{ rule: 'burstprop', ...sizes, ...own, batch: 2, ...more },
    rates: rates('burstprop', { eta0: 2 }, own),
  });

  const learned = (more: Partial<NetworkOptions>) => {
    const reading = new Reading(planNetwork(options(more)), { weights: start });
    teach(reading, X, Y, 2);
    return reading.weights();
  };

  test.each([0, 0.02])('W_{l+1} − B_lᵀ shrinks by 1 − %d with each update', (weightDecay) => {
    const end = learned({ optimiser: { kind: 'momentum', momentum: 0.6, weightDecay, decoupled: true } });
    const left = (1 - weightDecay) ** updates;
    for (const l of [1, 2]) {
      const gap = (all: Weights) => {
        const back = transpose(all[`B${l}`]!).data;
        return Array.from(all[`W${l + 1}`]!.data, (w, at) => w - back[at]!);
      };
      const before = gap(start);
      const errors = gap(end).map((value, at) => Math.abs(value - left * before[at]!));
      expect(Math.max(...errors)).toBeLessThan(1e-13);
    }
    expect(relativeError(end.W2!.data, Array.from(start.W2!.data))).toBeGreaterThan(0.01);
  });

  test('R has neither momentum nor decay: it takes plain steps, whatever the optimiser', () => {
    const never = { eta0: 1e-300 };
    const still = { W: never, R: { eta0: 0.5 } };
    const end = (optimiser: NetworkOptions['optimiser']) => {
      const given = { ...options(optimiser === undefined ? {} : { optimiser }), rates: still };
      const reading = new Reading(planNetwork(given), { weights: start });
      teach(reading, X, Y, 2);
      return reading.weights();
    };
    const [plain, momentum] = [end({ kind: 'plain' }), end({ kind: 'momentum', momentum: 0.9, weightDecay: 0.1 })];
    for (const name of ['R1', 'R2']) {
      expect(momentum[name]).toEqual(plain[name]);
      expect(relativeError(plain[name]!.data, Array.from(start[name]!.data))).toBeGreaterThan(0.01);
    }
  });
});

describe('the probe of signals', () => {
  const { X, Y } = labelled('sigmoid', 9, { count: 30, ...sizes });
  const data = samplesOf({ X: X.flat(), Y: Y.flat(), inputs: sizes.inputs, labels: sizes.labels });
  const options = { rule: 'burstprop', ...sizes, ...settings, seed: 4, batch: 5 };
  const network = () => createNetwork({ ...options, rates: rates('burstprop', { eta0: 0.5 }, settings) });
  const names = [1, 2, 3].flatMap((l) => [`p${l}`, `p${l}.taught`]);

  test('reads how burst probabilities are distributed, as the float64 reading has them', async () => {
    const own = await network();
    own.fit(X.flat(), Y.flat(), { epochs: 2 });
    const found = (await createProbe('signals', own, data))();
    expect(Object.keys(found)).toEqual(probeReadings('signals', own));
    const { signals } = own.blueprint.circuit.trace((x, y) => void own.blueprint.behaviour.learn(x, y));
    const values = readingOf(own).respond(vectors(X), vectors(Y)).signals;
    for (const name of names) {
      const symbol = name.endsWith('taught') ? `p̂${name[1]}` : name;
      const all = values[signals.find((each) => each.symbol === symbol)!.id]!.flatMap((row) => [...row]);
      const isTop = name.startsWith(`p${top}`);
      expect(all).toHaveLength(X.length * (isTop ? sizes.labels : [5, 4][Number(name[1]) - 1]!));
      const mean = all.reduce((sum, each) => sum + each, 0) / all.length;
      const close = (of: string, value: number) => expect(found[`signals.${name}.${of}`], of).toBeCloseTo(value, 6);
      close('mean', mean);
      close('deviation', Math.sqrt(all.reduce((sum, each) => sum + (each - mean) ** 2, 0) / all.length));
      close('smallest', Math.min(...all));
      close('largest', Math.max(...all));
      for (const [of, share] of [
        ['lower-decile', 0.1],
        ['lower-quartile', 0.25],
        ['median', 0.5],
        ['upper-quartile', 0.75],
        ['upper-decile', 0.9],
      ] as const) {
        const value = found[`signals.${name}.${of}`]!;
        const below = all.filter((each) => each < value - 1e-6).length;
        const notAbove = all.filter((each) => each <= value + 1e-6).length;
        expect(below, `${name} ${of}`).toBeLessThanOrEqual(share * (all.length - 1) + 1);
        expect(notAbove, `${name} ${of}`).toBeGreaterThanOrEqual(share * (all.length - 1));
      }
    }
    expect(found[`signals.p${top}.mean`]).toBeCloseTo(0.2, 6);
    expect(found[`signals.p${top}.deviation`]).toBeCloseTo(0, 6);
  });

  test('learning R brings the burst probabilities of hidden cells to ½', async () => {
    const own = await createNetwork({ ...options, rates: { W: { eta0: 1e-300 }, R: { eta0: 2 } } });
    const probe = await createProbe('signals', own, data);
    const far = () => [1, 2].map((l) => Math.abs(probe()[`signals.p${l}.mean`]! - 0.5));
    const before = far();
    own.fit(X.flat(), Y.flat(), { epochs: 100 });
    for (const [i, distance] of far().entries()) expect(distance).toBeLessThan(0.2 * before[i]!);
  });

  test('fits rules that say which signals are probed, and no others', () => {
    expect(fittingProbes({ rule: 'burstprop', hidden: [3, 3] })).toContain('signals');
    expect(fittingProbes({ rule: 'backprop', hidden: [3, 3] })).not.toContain('signals');
  });

  test('a rule has no two probed signals of one name, and none at synapses', () => {
    const { circuit } = layOut(findRule('backprop'), { hidden: 2 });
    const W1 = circuit.synapsesOf('W1');
    circuit.trace((x) => {
      x.probed('x');
      expect(() => x.times(2).probed('x')).toThrow('the rule has two probed signals called x');
      expect(() => W1.weights().probed('W1')).toThrow('what is probed must live in cells');
      return x;
    });
  });
});
