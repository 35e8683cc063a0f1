import { describe, expect, test } from 'vitest';
import { type DoubleMatrix, Reading } from '../src/index.ts';
import { planNetwork } from '../src/network/options.ts';
import { keptFor, stepped } from '../src/reading/optimise.ts';
import { relativeError } from './fixtures.ts';
import { type GoldenRule, goldenNoise, goldenOptions, goldenPasses } from './golden-rules.ts';
import { vectors } from './readings.ts';

/** What is learned in a pass over so many batches, one pass after the other. */
const passes = [/^[Vc]\d+$/, /^[Wb]\d+$/];

describe.each(goldenPasses)('$name', (golden: GoldenRule) => {
  test('what the rule learns from each batch, pass by pass, is it to 1e-12', () => {
    const { config, updates, checkpoints, initial, X, Y } = golden;
    const blueprint = planNetwork(goldenOptions(golden));
    const noise = goldenNoise(golden);
    const weights: Record<string, DoubleMatrix> = Object.fromEntries(
      Object.entries(initial).map(([name, rows]) => [
        name,
        { rows: rows.length, cols: rows[0]!.length, data: Float64Array.from(rows.flat()) },
      ]),
    );
    const kept = new Map(Object.entries(weights).map(([name, { data }]) => [name, keptFor(data.length)]));

    /** One batch: of what the rule learns from it, what is learned in this pass. */
    const learn = (update: number, pass: number) => {
      const rows = [update * config.batch, (update + 1) * config.batch] as const;
      const drawn: typeof noise = (name, distribution, length) =>
        pass === 0 ? noise(name, distribution, length) : new Array(length).fill(0);
      const reading = new Reading(blueprint, { weights, noise: drawn });
      const { changes } = reading.respond(vectors(X.slice(...rows)), vectors(Y.slice(...rows)));
      for (const [name, { data }] of Object.entries(changes)) {
        if (!passes[pass]!.test(name)) continue;
        const { rate, optimiser } = blueprint.plasticity.get(name)!;
        const W = weights[name]!;
        weights[name] = { ...W, data: stepped(W.data, data, rate.eta0, optimiser, kept.get(name)!) };
      }
    };

    const together = config.epochUpdates as number;
    for (let first = 0; first < updates; first += together) {
      for (const [pass] of passes.entries()) {
        for (let update = first; update < first + together; update++) {
          learn(update, pass);
          if (pass === 0) continue;
          for (const [name, rows] of Object.entries(checkpoints[update + 1] ?? {})) {
            const error = relativeError(weights[name]!.data, rows.flat());
            expect(error, `${name} after ${update + 1} updates`).toBeLessThan(1e-12);
          }
        }
      }
    }
  });
});
