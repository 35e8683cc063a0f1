import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createNetwork, type NetworkOptions, Reading } from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';
import { relativeError } from '../fixtures.ts';
import { learningOf } from '../registry.ts';

/** A run of one cell in float64, made by an independent program. */
interface Golden {
  readonly sizes: readonly [number, number];
  readonly steps: number;
  readonly config: Readonly<Record<string, number>> & { readonly mode: string; readonly clip: string };
  /** Arrivals: [step, afferent]. */
  readonly X: readonly (readonly [number, number])[];
  /** What is added to gE and gI in each step. */
  readonly Y: readonly (readonly [number, number])[];
  readonly noise?: { readonly draws?: readonly number[]; readonly forced?: readonly number[] };
  readonly initial: Readonly<Record<string, number | readonly number[]>>;
  readonly checkpoints: Readonly<Record<string, Readonly<Record<string, number | readonly number[]>>>>;
  readonly signals: { readonly step: readonly number[] } & Readonly<Record<string, readonly (number | number[])[]>>;
}

const names = ['escape', 'rate', 'forced-windup'] as const;

function goldenOf(name: string): Golden {
  return JSON.parse(readFileSync(new URL(`golden/urbanczik-senn-${name}.json`, import.meta.url), 'utf8'));
}

function optionsFor({ sizes, config, noise }: Golden): NetworkOptions {
  const { dt, C, Cd, gL, gLd, gsp, EL, EE, EI, tau_s: tauS, phimax: phiMax, k, beta, theta } = config as never;
  const isForced = config.mode === 'forced';
  let drawn = 0;
  return {
    ...{ rule: 'dendritic-prediction', inputs: sizes[0], hidden: sizes[1], labels: isForced ? 3 : 2 },
    rates: { w: { eta0: config.eta! } },
    parameters: {
      ...{ dt, C, Cd, gL, gLd, gsp, EL, EE, EI, tauS, phiMax, k, beta, theta, tauDelta: config.tau_Delta! },
      ...{ spikes: config.mode, clip: config.clip, deadTime: config.t_ref!, wMin: config.w_min!, wMax: config.w_max! },
    },
    // The rule compares with a deviate from −½ to ½, and ½.
    ...(noise?.draws && { noise: () => [noise.draws![drawn++]! - 0.5] }),
  };
}

/** What arrives, and what the teacher does, in a step. */
function inputsOf({ sizes, X, Y, noise }: Golden) {
  const x = Array.from({ length: Y.length }, () => new Float64Array(sizes[0]));
  for (const [step, afferent] of X) x[step]![afferent]! += 1;
  const y = Y.map((g, step) => Float64Array.from(noise?.forced ? [...g, Number(noise.forced.includes(step))] : g));
  return { x, y };
}

const stateNames: Readonly<Record<string, string>> = { Delta: 'Δ' };
const symbols: Readonly<Record<string, string>> = { Vstar: 'V*', phiU: 'φU', phiVstar: 'φV*', kappa: 'κ' };
const list = (values: number | readonly number[]) => (typeof values === 'number' ? [values] : values);

const worst = (own: readonly number[], right: readonly number[]) =>
  Math.max(...own.map((value, i) => Math.abs(value - right[i]!)));

/** The checkpoint as a network has it: weights that wind up are clipped where they are read. */
function found(golden: Golden, weights: Readonly<Record<string, { readonly data: ArrayLike<number> }>>, name: string) {
  const values = Array.from(weights[stateNames[name] ?? name]!.data);
  const { w_min: min = 0, w_max: max = 0 } = golden.config;
  return name === 'w' ? values.map((w) => Math.min(Math.max(w, min), max)) : values;
}

describe.each(names)('urbanczik-senn-%s', (name) => {
  const golden = goldenOf(name);
  const { initial, checkpoints, signals, steps } = golden;
  const { x, y } = inputsOf(golden);

  test('the float64 reading of the rule is it, to 1e-10', () => {
    const options = optionsFor(golden);
    const blueprint = planNetwork(options);
    const trace = learningOf(blueprint);
    const w = { rows: 1, cols: 4, data: Float64Array.from(list(initial.w!)) };
    const reading = new Reading(blueprint, { weights: { w }, ...(options.noise && { noise: options.noise }) });
    for (let step = 1; step <= steps; step++) {
      const values = reading.learn([x[step - 1]!], [y[step - 1]!]);
      const row = signals.step.indexOf(step);
      if (row >= 0) {
        for (const { id, symbol } of trace.signals) {
          const key = Object.keys(signals).find((each) => (symbols[each] ?? each) === symbol && each !== 'step');
          if (key === undefined) continue;
          const right = list(signals[key]![row]!);
          const own = values[id]![0]!;
          if (right.every((value) => value === 0)) expect(own.every((value) => Math.abs(value) < 1e-15)).toBe(true);
          else expect(relativeError(own, right), `${key} after ${step} steps`).toBeLessThan(1e-10);
        }
      }
      for (const [key, values] of Object.entries(checkpoints[step] ?? {})) {
        const right = list(values);
        const own = found(golden, reading.weights(), key);
        if (right.every((value) => value === 0)) expect(own.every((value) => value === 0)).toBe(true);
        else expect(relativeError(own, right), `${key} after ${step} steps`).toBeLessThan(1e-10);
      }
    }
  });

  /** The largest entry of all checkpoints: what changes by less than float32 can tell of it is nothing. */
  const largest = (key: string) =>
    Math.max(...Object.values(checkpoints).flatMap((each) => list(each[key]!).map(Math.abs)));

  test('the kernels are it, to 2e-5 of the largest entry', async () => {
    const w = { rows: 1, cols: 4, data: Float32Array.from(list(initial.w!)) };
    const network = await createNetwork({ ...optionsFor(golden), weights: { w } });
    for (let step = 1; step <= steps; step++) {
      network.learn(x[step - 1]!, y[step - 1]!);
      for (const [key, values] of Object.entries(checkpoints[step] ?? {})) {
        const right = list(values);
        const own = found(golden, network.weights(), key);
        if (right.every((value) => value === 0)) expect(own.every((value) => value === 0)).toBe(true);
        else expect(worst(own, right) / largest(key), `${key} after ${step} steps`).toBeLessThan(2e-5);
      }
    }
  });
});
