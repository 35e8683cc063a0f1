import { describe, expect, test } from 'vitest';
import { createNetwork, type NetworkOptions, RandomStream, samplesOf, watchForWarnings } from '../../src/index.ts';
import { leadingVariances } from '../../src/theory/leading-variances.ts';
import { canonicalCorrelations, principalComponents } from '../../src/theory/normative-optima.ts';
import { inputCovariance, secondMoments } from '../../src/theory/second-moments.ts';

const [m, n, count] = [6, 4, 300];
/** Independent inputs of variances 9, 4, 1, ¼, ¼, ¼. */
const scales = [3, 2, 1, 0.5, 0.5, 0.5];
const random = new RandomStream(1, 'warnings');
const X = Float32Array.from({ length: count * m }, (_, i) => scales[i % m]! * random.normal());
const Y = Float32Array.from({ length: count * n }, () => random.normal());
const alone = samplesOf({ X, inputs: m });
const labelled = samplesOf({ X, Y, inputs: m, labels: n });

const lengths = (numbers: Float32Array, size: number) =>
  Array.from({ length: count }, (_, t) =>
    numbers.subarray(t * size, (t + 1) * size).reduce((sum, v) => sum + v * v, 0),
  );
const [longest, longestLabel] = [Math.max(...lengths(X, m)), Math.max(...lengths(Y, n))];

async function warningsOf(options: Partial<NetworkOptions> & Pick<NetworkOptions, 'rule' | 'rates'>) {
  const labels = ['reduced-rank-regression', 'bio-cca', 'bio-cca-adaptive'].includes(String(options.rule)) ? n : 0;
  const network = await createNetwork({ inputs: m, labels, hidden: 2, seed: 1, ...options });
  return { network, watch: watchForWarnings(network, labels ? labelled : alone) };
}

describe('steps of reduced-rank regression', () => {
  const rates = (Wx: number, Wy: number) => ({ Wx: { eta0: Wx }, Wy: { eta0: Wy }, Q: { eta0: 0.001 } });
  // Q starts as I / 3, so that Q Qᵀ has the eigenvalue 1 / 9.
  const bound = 2 / (longest / 9);
  const rule = 'reduced-rank-regression';

  test.each([
    [1.01, 1],
    [0.99, 0],
  ])('at %d of the bound of Wx: %d warnings', async (part, told) => {
    const { watch } = await warningsOf({ rule, rates: rates(part * bound, 1e-4) });
    expect(watch()).toHaveLength(told);
  });

  test.each([
    [1.01, 1, 1],
    [0.99, 1, 0],
    [1.01, 0.5, 1],
    [0.99, 0.5, 0],
  ])('at %d of the bound of Wy, s = %d: %d warnings', async (part, s, told) => {
    const limit = 2 / (s * longestLabel + 1 - s);
    const { watch } = await warningsOf({ rule, rates: rates(1e-4, part * limit), parameters: { s } });
    expect(watch()).toHaveLength(told);
  });

  test('are told once, with what to do', async () => {
    const { watch } = await warningsOf({ rule, rates: rates(2 * bound, 1e-4) });
    expect(watch()[0]?.text).toMatch(
      /^steps of Wx are too large .* is 4, .* use rates of 0.5 times their size at most/,
    );
    expect(watch()).toEqual([]);
  });

  test('beyond it a sample that is shown again and again makes the network diverge; below it none does', async () => {
    const t = lengths(X, m).indexOf(longest);
    const x = X.subarray(t * m, (t + 1) * m);
    for (const [part, diverges] of [
      [1.3, true],
      [0.7, false],
    ] as const) {
      const { network } = await warningsOf({ rule, rates: { ...rates(part * bound, 1e-9), Q: { eta0: 1e-9 } } });
      const learn = () => {
        for (let i = 0; i < 2000; i++) network.learn(x, new Float32Array(n));
      };
      if (diverges) expect(learn).toThrow('diverged');
      else expect(learn).not.toThrow();
    }
  });
});

test.each([
  ['similarity-matching', 'M', ['W']],
  ['bio-cca', 'M', ['Wx', 'Wy']],
  ['bio-cca-adaptive', 'P', ['Wx', 'Wy']],
])(
  '%s: a rate of 1 or more of %s is warned of, and a rate that has fallen below is not',
  async (rule, name, others) => {
    const rates = (eta0: number, t0?: number) => ({
      ...Object.fromEntries(others.map((other) => [other, { eta0: 1e-3 }])),
      [name]: { eta0, ...(t0 !== undefined && { t0 }) },
    });
    const ofSteps = async (eta0: number) =>
      (await warningsOf({ rule, rates: rates(eta0) })).watch().filter(({ kind }) => kind === 'steps');
    expect(await ofSteps(1)).toEqual([
      {
        kind: 'steps',
        text: `the rate of ${name} is 1: it is a running average, which stays positive definite where its rate is below 1`,
      },
    ]);
    expect(await ofSteps(0.99)).toEqual([]);
    const falling = await warningsOf({ rule, rates: rates(1.5, 1) });
    expect(falling.watch().filter(({ kind }) => kind === 'steps')).toHaveLength(1);
  },
);

describe('thresholds', () => {
  const names = {
    'adaptive-soft': ['W', 'M'],
    'adaptive-hard': ['W', 'U', 'V', 'M'],
    'adaptive-equalised': ['W', 'U', 'V'],
  };
  const made = async (rule: keyof typeof names, parameters: Record<string, number>, hidden = 4) =>
    (
      await warningsOf({
        rule,
        hidden,
        parameters,
        rates: Object.fromEntries(names[rule].map((each) => [each, { eta0: 1 }])),
      })
    )
      .watch()
      .map(({ text }) => text);

  test.each(['adaptive-soft', 'adaptive-hard', 'adaptive-equalised'] as const)(
    '%s: above all variances',
    async (rule) => {
      expect((await made(rule, { alpha: 15 }))[0]).toMatch(
        /^alpha = 15 is above the variance of every component of the inputs, of which the largest is 10.3: all cells fall silent; use --parameter alpha=3/,
      );
      expect(await made(rule, { alpha: 2 })).toEqual([]);
    },
  );

  test.each(['adaptive-hard', 'adaptive-equalised'] as const)('%s: more components than interneurons', async (rule) => {
    expect((await made(rule, { alpha: 2, interneurons: 1 }))[0]).toMatch(
      /^2 or more components .* and 1 interneurons hold as many/,
    );
    expect(await made(rule, { alpha: 2, interneurons: 2 })).toEqual([]);
    expect(await made(rule, { alpha: 2, interneurons: 1 }, 1)).toEqual([]);
  });

  test('adaptive Bio-CCA: where no 1 + ρ is above α, as none is above 2', async () => {
    const told = async (alpha: number) =>
      (
        await warningsOf({
          rule: 'bio-cca-adaptive',
          parameters: { alpha },
          rates: { Wx: { eta0: 0.01 }, Wy: { eta0: 0.01 }, P: { eta0: 0.01 } },
        })
      )
        .watch()
        .map(({ text }) => text);
    expect((await told(2))[0]).toMatch(/^alpha = 2 is not below 1 \+ ρ of any two views.*: all cells fall silent/);
    const moments = await secondMoments(labelled);
    const largest = canonicalCorrelations(moments).correlations[0]!;
    expect((await told(1 + 1.01 * largest))[0]).toMatch(/largest correlation ρ is 0\.\d+: all cells fall silent/);
    expect(await told(1 + 0.99 * largest)).toEqual([]);
  });

  test('variances are those of the covariance', async () => {
    const { variances } = principalComponents(await inputCovariance(alone));
    for (const [i, found] of leadingVariances(alone, 3).entries()) expect(found / variances[i]!).toBeCloseTo(1, 6);
    const pixels = samplesOf({ X: new Float32Array(12), inputs: 6 });
    expect([...leadingVariances(pixels, 3)]).toEqual([0, 0, 0]);
  });
});
