import { describe, expect, test } from 'vitest';
import { createNetwork, type NetworkOptions, type ParameterValue, RandomStream, Reading } from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';
import { relativeError } from '../fixtures.ts';
import { learningOf } from '../registry.ts';

const steps = 400;

function options(parameters: Record<string, ParameterValue>, eta0: number, forced = false): NetworkOptions {
  return {
    ...{ rule: 'dendritic-prediction', inputs: 3, hidden: 1, labels: forced ? 3 : 2, rates: { w: { eta0 } } },
    parameters: { spikes: forced ? 'forced' : 'rate', ...parameters },
  };
}

const column = (values: readonly number[]) => ({ rows: 1, cols: values.length, data: Float64Array.from(values) });

function stream(seed: number, scale = 1) {
  const random = new RandomStream(seed, 'dendritic prediction');
  return Array.from({ length: steps }, () => ({
    x: Float64Array.from({ length: 3 }, () => Number(random.uniform() < 0.03)),
    y: Float64Array.from({ length: 2 }, () => 15 * random.uniform() * scale),
  }));
}

describe.each([1, 2, 3, 4, 5])('stream %d', (seed) => {
  test('w(T) = w(0) + η Σ PI dt (1 − exp(−(T − t)/τΔ)), t being the end of a step', () => {
    const [eta, dt, tau] = [0.3, 0.1, 100];
    const w = [150, 90, 200];
    const blueprint = planNetwork(options({}, eta));
    const reading = new Reading(blueprint, { weights: { w: column(w) } });
    const { id } = learningOf(blueprint).signals.find(({ symbol }) => symbol === 'PI')!;
    const PI = stream(seed).map(({ x, y }) => reading.learn([x], [y])[id]![0]!);
    const integral = w.map((start, j) =>
      PI.reduce((sum, each, step) => {
        // The PI of a step enters Δ at its end, and moves w from the next on.
        return sum + eta * each[j]! * dt * (1 - Math.exp((-(steps - 1 - step) * dt) / tau));
      }, start),
    );
    expect(relativeError(reading.weights().w!.data, integral)).toBeLessThan(1e-12);
  });

  test("in the paper's units, (mV + 70)/15, conductances /300 and weights /4500, the run is the same", () => {
    const units = {
      C: 1,
      Cd: 1,
      gL: 0.1,
      gLd: 0.1,
      gsp: 2,
      EL: 0,
      EE: 14 / 3,
      EI: -1 / 3,
      theta: 1,
      beta: 5,
      wMax: 0.3,
    };
    // h and κ are in units of 15 mV here too, so that a change has 15 times the size.
    const mV = new Reading(planNetwork(options({}, 0.3)), { weights: { w: column([150, 90, 200]) } });
    const paper = new Reading(planNetwork(options(units, 0.3 / 4500 / 15)), {
      weights: { w: column([150 / 4500, 90 / 4500, 200 / 4500]) },
    });
    const inUnits = stream(seed, 1 / 300);
    for (const [step, { x, y }] of stream(seed).entries()) {
      mV.learn([x], [y]);
      paper.learn([x], [inUnits[step]!.y]);
    }
    const [ours, theirs] = [mV.weights(), paper.weights()];
    const inPA = Array.from(theirs.w!.data, (w) => 4500 * w);
    expect(relativeError(inPA, Array.from(ours.w!.data))).toBeLessThan(1e-12);
    for (const name of ['U', 'V']) {
      expect(15 * theirs[name]!.data[0]! - 70, name).toBeCloseTo(ours[name]!.data[0]!, 10);
    }
  });
});

// One arrival at t = 0, the weight 97 ms later, η 0.75; exact integrals of the equations, without a somatic spike and with one at 10 ms.
test.each([
  [100, false, -2.1273],
  [100, true, 43.6883],
  [1000, false, -6.88648],
  [1000, true, 36.9801],
])('a single arrival at a weight of %d pA (somatic spike: %s) changes it by %d', async (start, spikes, change) => {
  const parameters = { wMax: 5000, wMin: -5000 };
  const x = (step: number) => [Number(step === 0), 0, 0];
  const y = (step: number) => [0, 0, Number(spikes && step === 100)];
  const end = 971;
  const reading = new Reading(planNetwork(options(parameters, 0.75, true)), { weights: { w: column([start, 0, 0]) } });
  for (let step = 0; step < end; step++) reading.learn([Float64Array.from(x(step))], [Float64Array.from(y(step))]);
  expect(Math.abs((reading.weights().w!.data[0]! - start) / change - 1)).toBeLessThan(1e-4);

  const weights = { w: { rows: 1, cols: 3, data: Float32Array.of(start, 0, 0) } };
  const network = await createNetwork({ ...options(parameters, 0.75, true), weights });
  const all = (f: (step: number) => readonly number[]) => Array.from({ length: end }, (_, step) => f(step)).flat();
  network.advance(all(x), all(y));
  expect(Math.abs((network.weights().w!.data[0]! - start) / change - 1)).toBeLessThan(1e-3);
});
