import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { allOperations, type Trace } from '../src/circuit/trace.ts';
import { createNetwork, createProbe, type Numbers, probeReadings, Reading, samplesOf } from '../src/index.ts';
import { planNetwork } from '../src/network/options.ts';
import { relativeError } from './fixtures.ts';
import { type GoldenRule, goldenNoise, goldenOptions, goldenRules, namedSignals } from './golden-rules.ts';
import { learningOf } from './registry.ts';

/** What float32 kernels have to agree to, of the largest entry; with optimisers that divide by what they keep, or steps that settle. */
const tolerance = (golden: GoldenRule) => {
  const isLoose =
    golden.config.optimiser?.kind === 'adam' || settlesInSteps(learningOf(planNetwork(goldenOptions(golden))));
  // The inverse of M is that of a matrix which starts small.
  return (name: string) => (isLoose || name === 'Minv' ? 1e-4 : 2e-5);
};
const settlesInSteps = (trace: Trace) => allOperations(trace).some(({ kind }) => kind === 'repeat');

const vectors = (rows: readonly (readonly number[])[]) => rows.map((row) => Float64Array.from(row));

/** With the inverse of M, which programs of similarity matching carry. */
function weightsOf(weights: Readonly<Record<string, Numbers>>): Readonly<Record<string, Numbers>> {
  const { M } = weights;
  if (!M) return weights;
  const data = inverse(Matrix.from1DArray(M.rows, M.cols, Array.from(M.data))).to1DArray();
  return { ...weights, Minv: { ...M, data } };
}

/** Where in the files a rule has its checkpoints' batches. */
const batchOf = ({ config, X, Y }: GoldenRule, update: number) => {
  const rows = [update * config.batch, (update + 1) * config.batch] as const;
  return { x: X.slice(...rows), y: Y.slice(...rows) };
};

describe.each(goldenRules)('$name', (golden) => {
  test('the float64 reading of the rule is it, to 1e-12', () => {
    const { updates, checkpoints, initial, signals } = golden;
    const options = goldenOptions(golden);
    const blueprint = planNetwork(options);
    const weights = Object.fromEntries(
      Object.entries(initial).map(([name, rows]) => {
        return [name, { rows: rows.length, cols: rows[0]!.length, data: Float64Array.from(rows.flat()) }];
      }),
    );
    const reading = new Reading(blueprint, { weights, noise: goldenNoise(golden), ridge: options.ridge ?? 0 });
    for (let update = 0; update < updates; update++) {
      const { x, y } = batchOf(golden, update);
      const values = reading.learn(vectors(x), vectors(y));
      if (update === 0) {
        const named = namedSignals(blueprint, values);
        for (const [name, rows] of Object.entries(signals)) {
          const own = named.get(name);
          if (own)
            expect(
              relativeError(
                own.flatMap((v) => [...v]),
                rows.flat(),
              ),
              name,
            ).toBeLessThan(1e-12);
        }
        const found = Object.keys(signals).filter((name) => named.has(name));
        const most = Object.keys(signals).length;
        expect(found.length).toBeGreaterThanOrEqual(Math.min(golden.sizes.length - 1, most));
      }
      for (const [name, rows] of Object.entries(checkpoints[update + 1] ?? {})) {
        const { data } = weightsOf(reading.weights())[name]!;
        expect(relativeError(data, rows.flat()), `${name} after ${update + 1} updates`).toBeLessThan(1e-12);
      }
    }
  });

  test('the kernels learn as the independent program does', async () => {
    const { updates, checkpoints } = golden;
    const network = await createNetwork({ ...goldenOptions(golden), noise: goldenNoise(golden) });
    for (let update = 0; update < updates; update++) {
      const { x, y } = batchOf(golden, update);
      network.partialFit(x.flat(), y.flat());
      const expected = checkpoints[update + 1];
      if (!expected) continue;
      const weights = weightsOf(network.weights());
      for (const [name, rows] of Object.entries(expected)) {
        const error = relativeError(weights[name]!.data, rows.flat());
        expect(error, `${name} after ${update + 1} updates`).toBeLessThan(tolerance(golden)(name));
      }
    }
  });

  const { alignment, noise = {} } = golden;
  // Angles are of the first update, and steps that come before it are done when it comes.
  const isComparable = alignment !== undefined && noise.mirrorBefore1 === undefined;
  test.runIf(isComparable)('the angles with backprop are those of the independent program', async () => {
    const network = await createNetwork({ ...goldenOptions(golden), noise: goldenNoise(golden) });
    const { x, y } = batchOf(golden, 0);
    const samples = samplesOf({ X: x.flat(), Y: y.flat(), inputs: golden.sizes[0]! });
    const readings = (await createProbe('alignment', network, samples))();
    expect(Object.keys(readings)).toEqual([...probeReadings('alignment', network)]);
    for (const [l, expected] of Object.entries(alignment ?? {})) {
      const close = (name: string, value: number | undefined, digits: number) => {
        if (value !== undefined) expect(readings[`alignment.${name}`], name).toBeCloseTo(value, digits);
      };
      close(`W${l}.signal.per-sample`, expected.perSample, 2);
      close(`W${l}.signal.batch-mean`, expected.batchMean, 2);
      close(`W${l}.signal.flattened`, expected.flattened, 2);
      close(`W${l}.signal.ratio`, expected.normRatio, 4);
      // Direct feedback has the shape of the forward weights by chance, below the top.
      if (readings[`alignment.B${l}.weights`] === undefined) continue;
      close(`B${l}.weights`, expected.weights, 2);
      close(`B${l}.weights.ratio`, expected.weightNormRatio, 4);
    }
  });
});
