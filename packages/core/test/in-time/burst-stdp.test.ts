import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createNetwork, type NetworkOptions, Reading } from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';
import { relativeError } from '../fixtures.ts';
import { learningOf } from '../registry.ts';

/** Given spikes, and what is learned from them in float64, made by an independent program. */
interface Golden {
  readonly sizes: readonly [number, number];
  readonly steps: number;
  readonly config: Readonly<Record<string, number>>;
  /** Spikes: [step, cell]. */
  readonly X: readonly Spike[];
  readonly Y: readonly Spike[];
  /** Of the protocol, the times of the spikes in seconds, cell by cell, and what they are. */
  readonly noise?: Readonly<Record<'spike_times_pre' | 'spike_times_post', readonly (readonly number[])[]>> &
    Readonly<Record<'events_post' | 'bursts_post', readonly Spike[]>>;
  readonly initial: Values;
  readonly checkpoints: Readonly<Record<string, Values>>;
  readonly signals: { readonly step: readonly number[]; readonly trace: readonly (readonly number[])[] };
}

type Spike = readonly [step: number, cell: number];
interface Values {
  readonly W: readonly (readonly number[])[];
  readonly E: readonly number[];
  readonly B: readonly number[];
}

const goldenOf = (name: string): Golden =>
  JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8'));

function optionsFor({ sizes, config }: Golden, order: 'protocol' | 'network'): NetworkOptions {
  const {
    dt,
    tau_pre: tauPre,
    alpha,
    burst_gap: gap,
    e_min: eMin,
    e_max: eMax,
    w_max: wMax,
    pre_lag: lag,
  } = config as never;
  const own = { dt, tauPre, alpha, gap, order, ...(order === 'network' && { eMin, eMax, wMax, lag }) };
  return {
    ...{ rule: 'burst-stdp', inputs: sizes[0], hidden: sizes[1], labels: sizes[1] },
    rates: { W: { eta0: config.eta! } },
    parameters: own,
  };
}

/** Each step's spikes: 1, or what was left of the step when it came. */
function spikesOf(
  spikes: readonly Spike[],
  cells: number,
  { steps, config: { dt } }: Golden,
  times?: readonly (readonly number[])[],
) {
  const rows = Array.from({ length: steps }, () => new Float64Array(cells));
  if (times) {
    for (const [cell, own] of times.entries()) {
      for (const time of own) rows[Math.floor(time / dt!)]![cell] = 1 - (time / dt! - Math.floor(time / dt!));
    }
  } else for (const [step, cell] of spikes) rows[step]![cell] = 1;
  return rows;
}

const column = (data: readonly number[]) => ({ rows: data.length, cols: 1, data: Float64Array.from(data) });
const start = ({ initial: { W, E, B } }: Golden) => ({
  W: { rows: W.length, cols: W[0]!.length, data: Float64Array.from(W.flat()) },
  E: column(E),
  B: column(B),
});
const startOfKernels = (golden: Golden) =>
  Object.fromEntries(
    Object.entries(start(golden)).map(([name, each]) => [name, { ...each, data: Float32Array.from(each.data) }]),
  );

describe.each([
  ['burst-protocol', 'protocol'],
  ['burst-network', 'network'],
] as const)('%s', (name, order) => {
  const golden = goldenOf(name);
  const { sizes, steps, noise, checkpoints, signals } = golden;
  const options = optionsFor(golden, order);
  const x = spikesOf(golden.X, sizes[0], golden, noise?.spike_times_pre);
  const y = spikesOf(golden.Y, sizes[1], golden, noise?.spike_times_post);

  test('the float64 reading of the rule is it, to 1e-10', () => {
    const blueprint = planNetwork(options);
    const trace = learningOf(blueprint);
    const idOf = (symbol: string) => trace.signals.find((each) => each.symbol === symbol)!.id;
    const reading = new Reading(blueprint, { weights: start(golden) });
    const found: Record<'E' | 'B', Spike[]> = { E: [], B: [] };
    for (let step = 1; step <= steps; step++) {
      const values = reading.learn([x[step - 1]!], [y[step - 1]!]);
      for (const kind of ['E', 'B'] as const) {
        for (const [cell, is] of values[idOf(kind)]![0]!.entries()) if (is) found[kind].push([step - 1, cell]);
      }
      const row = signals.step.indexOf(step);
      if (row >= 0) expect(relativeError([...values[idOf('Ēpre')]![0]!], signals.trace[row]!)).toBeLessThan(1e-10);
      for (const [key, right] of Object.entries(checkpoints[step] ?? {})) {
        const own = Array.from(reading.weights()[key]!.data);
        if (right.flat().every((value: number) => value === 0)) expect(own.every((value) => value === 0)).toBe(true);
        else expect(relativeError(own, right.flat()), `${key} after ${step} steps`).toBeLessThan(1e-10);
      }
    }
    if (noise) expect(found).toEqual({ E: noise.events_post, B: noise.bursts_post });
  });

  test('the kernels are it, to 2e-5 of the largest entry', async () => {
    const network = await createNetwork({ ...options, weights: startOfKernels(golden) });
    for (let step = 1; step <= steps; step++) {
      network.learn(x[step - 1]!, y[step - 1]!);
      for (const [key, right] of Object.entries(checkpoints[step] ?? {})) {
        const own = Array.from(network.weights()[key]!.data);
        if (right.flat().every((value: number) => value === 0)) expect(own.every((value) => value === 0)).toBe(true);
        else expect(relativeError(own, right.flat()), `${key} after ${step} steps`).toBeLessThan(2e-5);
      }
    }
  });
});

test.each([
  [1 + (99 * 11) / 19, -0.615253],
  [1 + (99 * 12) / 19, 0.150205],
  [100, 0.283867],
])('five pairings at %f Hz, fifteen times over, are worth what an independent program found', async (f, expected) => {
  const [dt, alpha] = [1e-4, 15];
  const steps = Math.floor((5 / f + 1) / dt);
  const X = new Float32Array(steps);
  for (let i = 0; i < 5; i++) {
    const step = (0.01 + i / f) / dt;
    X[Math.floor(step + 1e-9)] = Math.min(1, 1 - (step - Math.floor(step + 1e-9)));
  }
  const one = (value: number) => ({ rows: 1, cols: 1, data: Float32Array.of(value) });
  let weights = { W: one(0), E: one(5), B: one(0.75) };
  for (let epoch = 0; epoch < 15; epoch++) {
    const options = { rule: 'burst-stdp', inputs: 1, hidden: 1, labels: 1, rates: { W: { eta0: 0.1 } } };
    const network = await createNetwork({ ...options, parameters: { dt, alpha }, weights });
    network.advance(X, X);
    const { W, E, B } = network.weights();
    // Averages go on through a silent pause of ten seconds.
    const pause = Math.exp(-10 / alpha);
    weights = { W: one(W!.data[0]!), E: one(E!.data[0]! * pause), B: one(B!.data[0]! * pause) };
  }
  expect(Math.abs(weights.W.data[0]! - expected)).toBeLessThan(1e-5);
});
