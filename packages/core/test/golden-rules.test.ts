import { describe, expect, test } from 'vitest';
import { createNetwork } from '../src/index.ts';
import { relativeError } from './fixtures.ts';
import { type GoldenRule, goldenNoise, goldenOptions, goldenRules } from './golden-rules.ts';

/** What float32 kernels have to agree to, of the largest entry; with optimisers that divide by what they keep, or that settle. */
const tolerance = ({ config }: GoldenRule) => ((config.optimiser as { kind: string }).kind === 'adam' ? 1e-4 : 2e-5);

describe.each(goldenRules)('$name', (golden) => {
  test('the kernels learn as the independent program does', async () => {
    const { X, Y, updates, config, checkpoints } = golden;
    const { batch } = config;
    const network = await createNetwork({ ...goldenOptions(golden), noise: goldenNoise(golden) });
    for (let update = 0; update < updates; update++) {
      const rows = [update * batch, (update + 1) * batch] as const;
      network.partialFit(X.slice(...rows).flat(), Y.slice(...rows).flat());
      const expected = checkpoints[update + 1];
      if (!expected) continue;
      const weights = network.weights();
      for (const [name, rows] of Object.entries(expected)) {
        const error = relativeError(weights[name]!.data, rows.flat());
        expect(error, `${name} after ${update + 1} updates`).toBeLessThan(tolerance(golden));
      }
    }
  });
});
