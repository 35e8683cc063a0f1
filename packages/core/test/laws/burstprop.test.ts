import { describe, expect, test } from 'vitest';
import { type CircuitSettings, type NetworkOptions, type Numbers, Reading } from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';
import { rates, relativeError } from '../fixtures.ts';
import { teach, vectors } from '../readings.ts';
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
