import { describe, expect, test } from 'vitest';
import { createNetwork, type NetworkOptions, type Numbers, Reading } from '../src/index.ts';
import { planNetwork } from '../src/network/options.ts';
import { relativeError } from './fixtures.ts';
import { type GoldenRule, goldenDynamics, goldenOptions, type Rows } from './golden-rules.ts';
import { vectors } from './readings.ts';
import { learningOf } from './registry.ts';

/** Steps of time, of which the first `lagSteps` of each sample are without learning. */
interface Times {
  readonly dt: number;
  readonly tau0: number;
  readonly tauW: number;
  readonly stepsPerPattern: number;
  readonly lagSteps: number;
}

const numbersOf = (rows: Rows): Numbers => ({
  rows: rows.length,
  cols: rows[0]!.length,
  data: Float64Array.from(rows.flat()),
});

/** The network, as one that shows each sample for so many steps. */
function optionsFor(golden: GoldenRule, steps: number): NetworkOptions {
  const { dt, tau0, tauW, lagSteps } = golden.config as unknown as Times;
  const lag = Math.min(steps, lagSteps);
  return {
    ...goldenOptions(golden),
    rule: 'dendritic-microcircuit-dynamics',
    parameters: {
      ...(golden.config.conductances as Record<string, number>),
      ...{ dt, tau0, tauW, lag, plastic: steps - lag, silence: true },
    },
  };
}

/** The program starts as if the first sample had been seen for long. */
const column = (values: readonly number[] = []): Rows => values.map((value) => [value]);
const startOf = ({ initial, X, Y }: GoldenRule): Readonly<Record<string, Numbers>> =>
  Object.fromEntries(
    Object.entries({ ...initial, x̄: column(X[0]), t̄: column(Y[0]) }).map(([name, rows]) => [name, numbersOf(rows)]),
  );

describe.each(goldenDynamics)('$name', (golden) => {
  const { X, Y, checkpoints, signals } = golden;
  const { stepsPerPattern } = golden.config as unknown as Times;

  test.each(Object.keys(checkpoints).map(Number))(
    'the float64 reading of the rule is it after %d steps of time, to 1e-12',
    (step) => {
      let weights = startOf(golden);
      for (let t = 0; t * stepsPerPattern < step; t++) {
        const steps = Math.min(stepsPerPattern, step - t * stepsPerPattern);
        const reading = new Reading(planNetwork(optionsFor(golden, steps)), { weights });
        reading.learn(vectors([X[t]!]), vectors([Y[t]!]));
        weights = reading.weights();
      }
      for (const [name, rows] of Object.entries(checkpoints[step]!)) {
        expect(relativeError(weights[name]!.data, rows.flat()), name).toBeLessThan(1e-12);
      }
    },
  );

  test('its signals are those of the first step', () => {
    const blueprint = planNetwork(optionsFor(golden, 1));
    const trace = learningOf(blueprint);
    const values = new Reading(blueprint, { weights: startOf(golden) }).learn(vectors([X[0]!]), vectors([Y[0]!]));
    for (const [name, rows] of Object.entries(signals)) {
      const { id } = trace.signals.find(({ symbol }) => symbol === name.replace('du', 'u̇'))!;
      const [error, own] = [Math.max(...rows.flat().map(Math.abs)), values[id]![0]!];
      if (error === 0) expect(Math.max(...own.map(Math.abs)), name).toBeLessThan(1e-15);
      else expect(relativeError(own, rows.flat()), name).toBeLessThan(1e-12);
    }
  });

  test('the kernels learn as the independent program does', async () => {
    const weights = Object.fromEntries(
      Object.entries(startOf(golden)).map(([name, each]) => [name, { ...each, data: Float32Array.from(each.data) }]),
    );
    const network = await createNetwork({ ...optionsFor(golden, stepsPerPattern), weights });
    for (const [t, x] of X.entries()) {
      network.learn(x, Y[t]!);
      const own = network.weights();
      for (const [name, rows] of Object.entries(checkpoints[(t + 1) * stepsPerPattern]!)) {
        expect(relativeError(own[name]!.data, rows.flat()), `${name} after sample ${t}`).toBeLessThan(1e-4);
      }
    }
  });
});
