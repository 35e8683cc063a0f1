import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createNetwork, type NetworkOptions, Reading } from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';
import { relativeError } from '../fixtures.ts';
import { learningOf } from '../registry.ts';
import { placeRates, type Run, runOf } from './track.ts';

/** A run in float64, made by an independent program. */
interface Golden {
  readonly sizes: readonly [number, number];
  readonly steps: number;
  readonly config: Readonly<Record<string, number>>;
  readonly checkpoints: { readonly 2000: { readonly area: readonly number[]; readonly ramp_shape: readonly number[] } };
  readonly signals: {
    readonly step: readonly number[];
    readonly L: readonly number[][];
    readonly G: readonly number[];
  };
}

const golden: Golden = JSON.parse(readFileSync(new URL('golden/btsp-bittner-2017.json', import.meta.url), 'utf8'));
const { sizes, config, checkpoints, signals } = golden;
const run: Run = {
  ...{ track: config.track!, speed: config.speed!, dt: config.dt!, inputs: config.inputs! },
  ...{ width: config.field_width!, laps: config.laps! },
  plateau: { at: config.plateau_at!, lasts: config.plateau_ms! },
};
const { X, Y } = runOf(run);

/** Weights start at zero and learn at 1 /s, so that they become the area of the overlap. */
function optionsFor(gain: number): NetworkOptions {
  return {
    ...{ rule: 'behavioural-time-scale', inputs: sizes[0], hidden: 1, labels: 1 },
    rates: { W: { eta0: 1 } },
    initial: { W: { constant: 0 } },
    parameters: {
      ...{ dt: config.dt!, localRise: config.local_rise!, localDecay: config.local_decay! },
      ...{ globalRise: config.global_rise!, globalDecay: config.global_decay!, gain },
    },
  };
}

const start = { W: { rows: 1, cols: sizes[0], data: new Float64Array(sizes[0]) } };

/** Local and global signals of all steps. */
function signalsOf(gain: number) {
  const blueprint = planNetwork(optionsFor(gain));
  const trace = learningOf(blueprint);
  const [L, G] = ['L', 'G'].map((symbol) => trace.signals.find((each) => each.symbol === symbol)!.id);
  const reading = new Reading(blueprint, { weights: start });
  const rows = X.map((x, step) => {
    const values = reading.learn([Float64Array.from(x)], [Float64Array.from(Y[step]!)]);
    return { L: [...values[L!]![0]!], G: values[G!]![0]![0]! };
  });
  return { rows, reading };
}

/** Local signals are scaled so that the largest is that of the global one over the ratio. */
const unscaled = signalsOf(1).rows;
const gain = Math.max(...unscaled.map(({ G }) => G)) / config.ratio! / Math.max(...unscaled.flatMap(({ L }) => L));

describe('btsp-bittner-2017', () => {
  const { area, ramp_shape: ramp } = checkpoints[2000];

  test('the float64 reading of the rule is it, to 1e-10', () => {
    expect(X.length).toBe(golden.steps);
    const { rows, reading } = signalsOf(gain);
    for (const [row, step] of signals.step.entries()) {
      expect(relativeError(rows[step]!.L, signals.L[row]!), `L in step ${step}`).toBeLessThan(1e-10);
      expect(Math.abs(rows[step]!.G - signals.G[row]!), `G in step ${step}`).toBeLessThan(1e-10);
    }
    expect(relativeError([...reading.weights().W!.data], area)).toBeLessThan(1e-10);
  });

  test('the kernels are it, to 2e-5 of the largest entry; the ramp is what the weights make of places', async () => {
    const network = await createNetwork(optionsFor(gain));
    network.partialFit(X.flat(), Y.flat());
    expect(relativeError([...network.weights().W!.data], area)).toBeLessThan(2e-5);
    const places = Array.from({ length: config.bins! }, (_, bin) =>
      placeRates(run, ((bin + 0.5) * run.track) / config.bins!),
    );
    expect(relativeError([...network.transform(places.flat())], ramp)).toBeLessThan(2e-5);
  });
});

test('steps of time longer than the smallest time constant are refused', async () => {
  const { parameters, ...others } = optionsFor(1);
  const slow = { ...others, parameters: { ...parameters, dt: 150 } };
  await expect(createNetwork(slow)).rejects.toThrow(
    'parameters.dt must be at most 110 ms, the smallest time constant (globalRise), not 150',
  );
});
