import { describe, expect, test } from 'vitest';
import { createNetwork, type Numbers, Reading } from '../src/index.ts';
import { planNetwork } from '../src/network/options.ts';
import { relativeError } from './fixtures.ts';
import { type GoldenRule, goldenNoise, goldenOptions, goldenTurns } from './golden-rules.ts';
import { vectors } from './readings.ts';

/** How many phases take turns: inverting, and learning. */
const turns = 2;

describe.each(goldenTurns)('$name', (golden: GoldenRule) => {
  const { config, updates, checkpoints, initial, X, Y } = golden;
  const together = config.epochUpdates as number;

  /** Presents the batches of each turn to all phases, one after the other, and compares where the files have weights. */
  function follow(
    learn: (x: number[][], y: number[][]) => void,
    weights: () => Readonly<Record<string, Numbers>>,
    tolerance: number,
  ): void {
    let compared = 0;
    for (let first = 0; first < updates; first += together) {
      for (let turn = 0; turn < turns; turn++) {
        for (let update = first; update < first + together; update++) {
          const rows = [update * config.batch, (update + 1) * config.batch] as const;
          learn(X.slice(...rows) as number[][], Y.slice(...rows) as number[][]);
          if (turn < turns - 1) continue;
          for (const [name, expected] of Object.entries(checkpoints[update + 1] ?? {})) {
            const error = relativeError(weights()[name]!.data, expected.flat());
            expect(error, `${name} after ${update + 1} updates`).toBeLessThan(tolerance);
            compared++;
          }
        }
      }
    }
    expect(compared).toBe(Object.values(checkpoints).flatMap(Object.keys).length);
  }

  test('the float64 reading of the rule is it, to 1e-12', () => {
    const weights = Object.fromEntries(
      Object.entries(initial).map(([name, rows]) => {
        return [name, { rows: rows.length, cols: rows[0]!.length, data: Float64Array.from(rows.flat()) }];
      }),
    );
    const reading = new Reading(planNetwork(goldenOptions(golden)), { weights, noise: goldenNoise(golden) });
    follow(
      (x, y) => reading.learn(vectors(x), vectors(y)),
      () => reading.weights(),
      1e-12,
    );
  });

  test('the kernels learn as the independent program does', async () => {
    const network = await createNetwork({ ...goldenOptions(golden), noise: goldenNoise(golden) });
    follow(
      (x, y) => network.partialFit(x.flat(), y.flat()),
      () => network.weights(),
      1e-4,
    );
  });
});
