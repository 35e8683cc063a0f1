import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createNetwork, type NetworkOptions, Reading } from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';
import { relativeError } from '../fixtures.ts';
import { learningOf } from '../registry.ts';

/** Pairs of spikes, or rates, and what is learned from them in float64, made by an independent program. */
interface Golden {
  readonly sizes: readonly [number, number];
  readonly steps?: number;
  readonly config: Readonly<Record<string, number>> & { readonly rule: 'reversed' | 'classical' | 'mirrored' };
  /** Samples; or spikes, [step, cell], of lower and of upper cells. */
  readonly X: readonly (readonly number[])[];
  readonly Y?: readonly (readonly number[])[];
  readonly initial: Weights;
  readonly checkpoints: Readonly<Record<string, Weights>>;
  readonly signals: Readonly<Record<string, readonly (readonly number[])[]>>;
}

type Weights = Readonly<Record<'W' | 'Q', readonly (readonly number[])[]>>;

function optionsFor({ sizes, config }: Golden, form: 'rates' | 'spikes'): NetworkOptions {
  const { rule, A, w_max: wMax, dt = 1, tau = 20 } = config as never as Record<string, number>;
  const isMirrored = config.rule === 'mirrored';
  return {
    ...{ rule: isMirrored ? 'mirrored-stdp' : 'reverse-stdp', inputs: sizes[0], hidden: sizes[1] },
    labels: form === 'spikes' ? sizes[1] : 0,
    rates: { W: { eta0: config.eta! } },
    parameters: { form, A: A!, wMax: wMax!, dt, tau, ...(!isMirrored && { window: rule as never }) },
  };
}

/** The samples of a golden case, one a step. */
function samplesOf({ sizes, steps, X, Y }: Golden) {
  if (steps === undefined) return { x: X.map((row) => Float64Array.from(row)), y: X.map(() => new Float64Array(0)) };
  const rows = (spikes: readonly (readonly number[])[], cells: number) => {
    const all = Array.from({ length: steps }, () => new Float64Array(cells));
    for (const [step, cell] of spikes) all[step!]![cell!] = 1;
    return all;
  };
  return { x: rows(X, sizes[0]), y: rows(Y!, sizes[1]) };
}

const matrices = (weights: Weights) =>
  Object.fromEntries(
    Object.entries(weights).map(([name, rows]) => [
      name,
      { rows: rows.length, cols: rows[0]!.length, data: Float64Array.from(rows.flat()) },
    ]),
  );
const singles = (weights: Weights) =>
  Object.fromEntries(
    Object.entries(matrices(weights)).map(([name, each]) => [name, { ...each, data: Float32Array.from(each.data) }]),
  );

describe.each(
  (['rates', 'spikes'] as const).flatMap((form) =>
    ['reversed', 'classical', 'mirrored'].map((window) => [`stdp-${form}-${window}`, form] as const),
  ),
)('%s', (name, form) => {
  const golden: Golden = JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8'));
  const { initial, checkpoints, signals } = golden;
  const { x, y } = samplesOf(golden);
  // The files have traces with the spikes of the step; the rule reads them without.
  const traces: Readonly<Record<string, { readonly symbol: string; readonly spikes?: readonly Float64Array[] }>> = {
    trace_lower: { symbol: 'l', spikes: x },
    trace_upper: { symbol: 'u', spikes: y },
  };

  test('the float64 reading of the rule is it, to 1e-10', () => {
    const blueprint = planNetwork(optionsFor(golden, form));
    const trace = learningOf(blueprint);
    const reading = new Reading(blueprint, { weights: matrices(initial) });
    for (let step = 1; step <= x.length; step++) {
      const values = reading.learn([x[step - 1]!], [y[step - 1]!]);
      for (const [key, right] of Object.entries(checkpoints[step] ?? {})) {
        const own = [...reading.weights()[key]!.data];
        expect(relativeError(own, right.flat()), `${key} after ${step} steps`).toBeLessThan(1e-10);
      }
      if (form === 'rates' && step > 1) continue;
      const row = form === 'rates' ? 0 : (signals.step as unknown as number[]).indexOf(step);
      if (row < 0) continue;
      for (const [key, rows] of Object.entries(signals)) {
        if (key === 'step') continue;
        const { symbol, spikes } = traces[key] ?? { symbol: key };
        const { id } = trace.signals.findLast((each) => each.symbol === symbol)!;
        const own = values[id]![0]!.map((value, i) => value + (spikes?.[step - 1]?.[i] ?? 0));
        expect(relativeError([...own], rows[row]!), `${key} after ${step} steps`).toBeLessThan(1e-10);
      }
    }
  });

  test('the kernels are it, to 2e-5 of the largest entry', async () => {
    const network = await createNetwork({ ...optionsFor(golden, form), weights: singles(initial) });
    for (let step = 1; step <= x.length; step++) {
      network.learn(x[step - 1]!, y[step - 1]!);
      for (const [key, right] of Object.entries(checkpoints[step] ?? {})) {
        const own = [...network.weights()[key]!.data];
        expect(relativeError(own, right.flat()), `${key} after ${step} steps`).toBeLessThan(2e-5);
      }
    }
  });
});
