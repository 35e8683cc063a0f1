import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createNetwork, type NetworkOptions, Reading } from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';

/** By how much a weight changes, as a part of it, for spikes of the afferent so many ms after that of the soma; made by an independent program. */
interface Golden {
  readonly steps: number;
  readonly config: Readonly<Record<string, number>> & { readonly h: 'ratio' | 'one' };
  /** The times between the spikes. */
  readonly X: readonly number[];
  readonly initial: { readonly w: number };
  readonly checkpoints: Readonly<Record<string, { readonly relative_change: readonly number[] }>>;
}

describe.each(['urbanczik-senn-stdp-window', 'urbanczik-senn-stdp-window-h1'])('%s', (name) => {
  const golden: Golden = JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8'));
  const { steps, config, X: delays, initial, checkpoints } = golden;
  const window = checkpoints[steps]!.relative_change;
  const { dt, gL, EL, gD, gS, EE, gNa, ENa, gK, EK, rise, fall, tau, alpha, beta, r, h } = config;
  const options: NetworkOptions = {
    ...{
      rule: 'conductance-dendritic-prediction',
      inputs: 1,
      hidden: 1,
      labels: 1,
      rates: { w: { eta0: config.eta! } },
    },
    initial: { w: { constant: initial.w } },
    parameters: {
      ...{
        dt: dt!,
        gL: gL!,
        EL: EL!,
        gD: gD!,
        gS: gS!,
        EE: EE!,
        gNa: gNa!,
        ENa: ENa!,
        gK: gK!,
        EK: EK!,
        rise: rise!,
        fall: fall!,
      },
      ...{ tau: tau!, alpha: alpha!, beta: beta!, r: r!, h },
      ...{ threshold: config.V_det!, dead: config.dead!, tauDelta: config.tau_Delta! },
    },
  };
  /** The steps of the afferent's spike and of the soma's. */
  const spikesOf = (delay: number) => [config.post! + delay, config.post!].map((at) => Math.round(at / dt!));
  const train = (at: number) => Float32Array.from({ length: steps }, (_, step) => Number(step === at));

  test.each([-20, 0, 6])('the float64 reading has its value at %d ms, to 1e-9', (delay) => {
    const [pre, post] = spikesOf(delay);
    const w = { rows: 1, cols: 1, data: Float64Array.of(initial.w) };
    const reading = new Reading(planNetwork(options), { weights: { w } });
    for (let step = 0; step < steps; step++) {
      reading.learn([Float64Array.of(Number(step === pre))], [Float64Array.of(Number(step === post))]);
    }
    const right = window[delays.indexOf(delay)]!;
    expect(Math.abs(reading.weights().w!.data[0]! / initial.w - 1 - right)).toBeLessThan(1e-9);
  });

  test('the kernels have the window, to 0.002', async () => {
    for (const [i, delay] of delays.entries()) {
      const network = await createNetwork(options);
      const [pre, post] = spikesOf(delay);
      network.advance(train(pre!), train(post!));
      const change = network.weights().w!.data[0]! / Math.fround(initial.w) - 1;
      expect(Math.abs(change - window[i]!), `${delay} ms`).toBeLessThan(0.002);
      network.dispose();
    }
  });
});
