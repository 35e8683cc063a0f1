import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createNetwork, defineRule, type NetworkOptions, Reading } from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';
import { burstingCells } from '../../src/rules/in-time/burst-cell.ts';
import { learningOf } from '../registry.ts';

/** A cell in float64, made by an independent program. */
interface Golden {
  readonly steps: number;
  readonly config: Readonly<Record<'current_soma' | 'current_dendrite', readonly [number, number, number]>> & {
    readonly dt: number;
    readonly parity: boolean;
  };
  /** Jumps: [step, gE and gI of the soma, gE and gI of the dendrite]. */
  readonly X: readonly (readonly number[])[];
  readonly checkpoints: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Steps done at a spike. */
  readonly signals: { readonly spikes: readonly number[] };
}

/** Cells alone: an input is what arrives in a step, gE and gI of the soma, those of the dendrite, and a current in each. */
const cellAlone = (dt: number, somaticForce: boolean) =>
  defineRule({
    name: 'cell-alone',
    title: 'A cell alone',
    year: 2021,
    source: 'a test',
    shape: { depth: 'one', outputs: ['linear'], biases: false, labels: 'teacher' },
    time: { unit: 'ms', teacher: () => [], timeConstants: () => ({}) },
    parameters: {},
    build(circuit, { hidden: [k = 1] }) {
      const cells = circuit.population('cells', k);
      const ways = Array.from({ length: 6 }, (_, channel) =>
        circuit.fixed(`F${channel}`, circuit.stimulus, cells, { channel }),
      );

      return {
        transform: (x) => ways[0]!.drive(x),
        learn(x) {
          const [es, is, ed, id, cs, cd] = ways.map((way) => way.drive(x));
          const soma = { excitation: es!, inhibition: is!, current: cs! };
          const dendrite = { excitation: ed!, inhibition: id!, current: cd! };
          burstingCells(circuit, cells, '', dt, soma, dendrite, somaticForce);
        },
      };
    },
  });

const names: Readonly<Record<string, string>> = { V_s: 'Vs', V_d: 'Vd', w_s: 'ws', w_d: 'wd', theta: 'θ' };

describe.each(['burst-cell', 'burst-cell-reference-driving-force'])('%s', (name) => {
  const golden: Golden = JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8'));
  const { config, checkpoints, signals, steps } = golden;
  const options: NetworkOptions = {
    ...{ rule: cellAlone(config.dt, config.parity), inputs: 6, hidden: 1, labels: 0 },
    rates: {},
  };
  const during = ([from, to, pA]: readonly [number, number, number], step: number) =>
    step >= from && step < to ? pA : 0;
  const x = Array.from({ length: steps }, (_, step) =>
    Float64Array.of(0, 0, 0, 0, during(config.current_soma, step), during(config.current_dendrite, step)),
  );
  for (const [step, ...jumps] of golden.X) for (const [i, jump] of jumps.entries()) x[step!]![i]! += jump;

  test('the float64 reading is it, to 1e-10, spike for spike', () => {
    const blueprint = planNetwork(options);
    const { id } = learningOf(blueprint).signals.find(({ symbol }) => symbol === 's')!;
    const reading = new Reading(blueprint, { weights: {} });
    const spikes: number[] = [];
    for (let step = 1; step <= steps; step++) {
      if (reading.learn([x[step - 1]!], [new Float64Array(0)])[id]![0]![0]) spikes.push(step);
      for (const [key, own] of Object.entries(names)) {
        const right = checkpoints[step]?.[key];
        if (right === undefined) continue;
        const error = Math.abs(reading.weights()[own]!.data[0]! - right) / Math.max(1, Math.abs(right));
        expect(error, `${key} after ${step} steps`).toBeLessThan(1e-10);
      }
    }
    expect(spikes).toEqual(signals.spikes);
  });

  test('the kernels are it, to 2e-5, spike for spike', async () => {
    const network = await createNetwork(options);
    const spikes: number[] = [];
    for (let step = 1; step <= steps; step++) {
      network.learn(x[step - 1]!);
      const weights = network.weights();
      if (weights.since!.data[0] === 0) spikes.push(step);
      for (const [key, own] of Object.entries(names)) {
        const right = checkpoints[step]?.[key];
        if (right === undefined) continue;
        const error = Math.abs(weights[own]!.data[0]! - right) / Math.max(1, Math.abs(right));
        expect(error, `${key} after ${step} steps`).toBeLessThan(2e-5);
      }
    }
    expect(spikes).toEqual(signals.spikes);
  });
});
