import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createNetwork, type NetworkOptions, Reading } from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';
import { relativeError } from '../fixtures.ts';
import { learningOf } from '../registry.ts';
import { placeRates, type Run, runOf } from './track.ts';

/** Two inductions in float64, of a lap before, some with a plateau, and one after, made by an independent program. */
interface Golden {
  readonly sizes: readonly [number, number];
  readonly config: Readonly<Record<string, number>> & {
    readonly q_plus: readonly [number, number];
    readonly q_minus: readonly [number, number];
    readonly inductions: readonly number[];
  };
  readonly checkpoints: Readonly<Record<string, { readonly w: readonly number[]; readonly ramp: readonly number[] }>>;
  readonly signals: Readonly<Record<'I_plus' | 'I_minus' | 'ET_at_onset', readonly (readonly number[])[]>> & {
    readonly IS_peak: readonly number[];
  };
}

function optionsFor({ sizes, config }: Golden): NetworkOptions {
  const { dt, tau_ET: tauET, tau_IS: tauIS, k_plus: kPlus, k_minus: kMinus, delta_w_max: deltaWMax } = config as never;
  const { ET_max: largestET = 1, IS_max: largestIS = 1, ramp_scale = 0, peak_rate = 0 } = config;
  const [thresholdPlus, widthPlus] = config.q_plus;
  const [thresholdMinus, widthMinus] = config.q_minus;
  return {
    ...{ rule: 'bidirectional-behavioural-time-scale', inputs: sizes[0], hidden: 1, labels: 1 },
    rates: { W: { eta0: 1 } },
    parameters: {
      ...{ dt, tauET, tauIS, kPlus, kMinus, deltaWMax, largestET, largestIS },
      ...{ thresholdPlus, widthPlus, thresholdMinus, widthMinus, scale: ramp_scale * peak_rate },
    },
  };
}

/** An induction, with one more plateau at its end, so that what came of the last is learned. */
function induction({ config }: Golden, at: number) {
  const run: Run = {
    ...{ track: config.track!, speed: config.speed!, dt: config.dt!, inputs: config.inputs! },
    ...{ width: config.field_width!, laps: config.laps! },
    plateau: { at, lasts: config.plateau_ms! },
  };
  const { X, Y, onsets } = runOf(run);
  const end = X.length;
  return { run, X: [...X, X[0]!.map(() => 0)], Y: [...Y, [1]], onsets: [...onsets, end] };
}

const row = (data: ArrayLike<number>) => ({ rows: 1, cols: data.length, data: Float64Array.from(data) });

describe.each(['btsp-milstein-2021', 'btsp-milstein-2021-normalised'])('%s', (name) => {
  const golden: Golden = JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8'));
  const { config, checkpoints, signals } = golden;
  const options = optionsFor(golden);
  const blueprint = planNetwork(options);
  const { signals: symbols } = learningOf(blueprint);
  const idOf = (symbol: string) => symbols.find((each) => each.symbol === symbol)!.id;
  const laps = config.laps!;

  test('the float64 reading of the rule is it, to 1e-10', () => {
    let w: Float64Array = new Float64Array(golden.sizes[0]).fill(1);
    for (const [i, at] of config.inductions.entries()) {
      const reading = new Reading(blueprint, { weights: { W: row(w) } });
      const { X, Y, onsets } = induction(golden, at);
      let peak = 0;
      for (const [step, x] of X.entries()) {
        const gathered = reading.weights();
        const values = reading.learn([Float64Array.from(x)], [Float64Array.from(Y[step]!)]);
        peak = Math.max(peak, values[idOf('IS')]![0]![0]!);
        const lap = i * laps + onsets.indexOf(step);
        if (onsets[0] === step) peak = 0;
        if (onsets.includes(step) && step < onsets.at(-1)!) {
          expect(relativeError([...values[idOf('ET')]![0]!], signals.ET_at_onset[lap]!), `ET, ${lap}`).toBeLessThan(
            1e-10,
          );
        }
        if (!onsets.slice(1).includes(step)) continue;
        // What was gathered from the onset before is learned at this one.
        expect(relativeError([...gathered['I+']!.data], signals.I_plus[lap - 1]!), `I₊, ${lap}`).toBeLessThan(1e-10);
        expect(relativeError([...gathered['I-']!.data], signals.I_minus[lap - 1]!), `I₋, ${lap}`).toBeLessThan(1e-10);
        expect(peak).toBeCloseTo(signals.IS_peak[lap - 1]!, 10);
        peak = 0;
        w = Float64Array.from(reading.weights().W!.data);
        expect(relativeError([...w], checkpoints[lap]!.w), `w after lap ${lap}`).toBeLessThan(1e-10);
      }
    }
  });

  test('the kernels are it, to 2e-5 of the largest entry, and the ramp', async () => {
    let W = { rows: 1, cols: golden.sizes[0], data: new Float32Array(golden.sizes[0]).fill(1) };
    for (const [i, at] of config.inductions.entries()) {
      const network = await createNetwork({ ...options, weights: { W } });
      const { run, X, Y, onsets } = induction(golden, at);
      const places = Array.from({ length: config.bins! }, (_, bin) =>
        placeRates(run, ((bin + 0.5) * run.track) / config.bins!),
      );
      for (const [step, x] of X.entries()) {
        network.learn(x, Y[step]!);
        if (!onsets.slice(1).includes(step)) continue;
        const lap = i * laps + onsets.indexOf(step);
        W = network.weights().W as typeof W;
        expect(relativeError([...W.data], checkpoints[lap]!.w), `w after lap ${lap}`).toBeLessThan(2e-5);
        const { ramp } = checkpoints[lap]!;
        const own = network.transform(places.flat());
        const worst = Math.max(...ramp.map((value, bin) => Math.abs(value - own[bin]!)));
        expect(worst, `ramp after lap ${lap}`).toBeLessThan(2e-5 * Math.max(1, ...ramp.map(Math.abs)));
      }
    }
  });
});
