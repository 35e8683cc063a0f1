import { describe, expect, test } from 'vitest';
import { Bench, type Block, largestError } from './blocks.ts';

const sizes = [1, 3, 4, 5, 7, 10, 33, 128];
const updates = 20;
const [rate, decay] = [0.01, 0.1];

/** What one weight and the state that is kept for it become by one update with g. */
type Step = (update: number, g: number, weight: { w: number; a: number; b: number; c: number }) => void;
type KernelStep = (bench: Bench, update: number, weights: Block, gradient: Block, a: Block, b: Block, c: Block) => void;

const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const corrections = (update: number) => [1 - adam.beta1 ** update, 1 - adam.beta2 ** update] as const;

const optimisers: Record<string, { step: Step; kernel: KernelStep }> = {
  plain: {
    step: (_, g, weight) => {
      weight.w += rate * (g - decay * weight.w);
    },
    kernel: ({ kernels }, _, w, g) => kernels.stepPlain(w.address, g.address, w.length, rate, decay),
  },
  momentum: {
    step: (_, g, weight) => {
      weight.a = 0.9 * weight.a + (g - decay * weight.w);
      weight.w += rate * weight.a;
    },
    kernel: ({ kernels }, _, w, g, a) =>
      kernels.stepMomentum(w.address, g.address, a.address, w.length, rate, 0.9, decay),
  },
  'momentum-free decay': {
    step: (_, g, weight) => {
      weight.a = 0.9 * weight.a + rate * g;
      weight.w = weight.w + weight.a - decay * weight.w;
    },
    kernel: ({ kernels }, _, w, g, a) =>
      kernels.stepMomentumFreeDecay(w.address, g.address, a.address, w.length, rate, 0.9, decay),
  },
  RMSprop: {
    step: (_, g, weight) => {
      const h = g - decay * weight.w;
      weight.a = 0.95 * weight.a + 0.05 * h ** 2;
      weight.w += (rate * h) / (Math.sqrt(weight.a) + 1e-6);
    },
    kernel: ({ kernels }, _, w, g, a) =>
      kernels.stepRmsprop(w.address, g.address, a.address, w.length, rate, 0.95, 1e-6, decay),
  },
  'RMSprop, centred, with momentum, ε inside': {
    step: (_, g, weight) => {
      const h = g - decay * weight.w;
      weight.a = 0.95 * weight.a + 0.05 * h ** 2;
      weight.b = 0.95 * weight.b + 0.05 * h;
      weight.c = 0.9 * weight.c + (rate * h) / Math.sqrt(weight.a - weight.b ** 2 + 1e-3);
      weight.w += weight.c;
    },
    kernel: ({ kernels }, _, w, g, a, b, c) => {
      const addresses = [w.address, g.address, a.address, b.address, c.address, w.length] as const;
      kernels.stepRmspropMomentum(...addresses, rate, 0.95, 1, 1e-3, 0, 0.9, decay);
    },
  },
  'RMSprop with momentum': {
    step: (_, g, weight) => {
      const h = g - decay * weight.w;
      weight.a = 0.95 * weight.a + 0.05 * h ** 2;
      weight.c = 0.5 * weight.c + (rate * h) / (Math.sqrt(weight.a) + 1e-6);
      weight.w += weight.c;
    },
    kernel: ({ kernels }, _, w, g, a, b, c) => {
      const addresses = [w.address, g.address, a.address, b.address, c.address, w.length] as const;
      kernels.stepRmspropMomentum(...addresses, rate, 0.95, 0, 0, 1e-6, 0.5, decay);
    },
  },
  Adam: {
    step: (update, g, weight) => {
      const [c1, c2] = corrections(update);
      const h = g - decay * weight.w;
      weight.a = adam.beta1 * weight.a + (1 - adam.beta1) * h;
      weight.b = adam.beta2 * weight.b + (1 - adam.beta2) * h ** 2;
      weight.w += (rate * (weight.a / c1)) / (Math.sqrt(weight.b / c2) + adam.epsilon);
    },
    kernel: ({ kernels }, update, w, g, a, b) => {
      const [c1, c2] = corrections(update);
      const { beta1, beta2, epsilon } = adam;
      const addresses = [w.address, g.address, a.address, b.address, w.length] as const;
      kernels.stepAdam(...addresses, rate / c1, 1 / c2, beta1, beta2, epsilon, decay);
    },
  },
  'Adam with ε̂': {
    step: (update, g, weight) => {
      const [c1, c2] = corrections(update);
      const h = g - decay * weight.w;
      weight.a = adam.beta1 * weight.a + (1 - adam.beta1) * h;
      weight.b = adam.beta2 * weight.b + (1 - adam.beta2) * h ** 2;
      weight.w += (((rate * Math.sqrt(c2)) / c1) * weight.a) / (Math.sqrt(weight.b) + adam.epsilon);
    },
    kernel: ({ kernels }, update, w, g, a, b) => {
      const [c1, c2] = corrections(update);
      const { beta1, beta2, epsilon } = adam;
      const addresses = [w.address, g.address, a.address, b.address, w.length] as const;
      kernels.stepAdam(...addresses, (rate * Math.sqrt(c2)) / c1, 1, beta1, beta2, epsilon, decay);
    },
  },
};

describe.each(Object.keys(optimisers))('%s', (name) => {
  const { step, kernel } = optimisers[name]!;

  test.each(sizes)('follows float64 on 3 × %i weights', async (columns) => {
    const bench = await Bench.create(columns);
    const [weights, gradient] = [bench.matrix(3, columns), bench.matrix(3, columns)];
    const [a, b, c] = [0, 0, 0].map((zero) => bench.matrix(3, columns, () => zero)) as [Block, Block, Block];
    const expected = Array.from(weights.values(), (w) => ({ w, a: 0, b: 0, c: 0 }));
    for (let update = 1; update <= updates; update++) {
      gradient.fill(() => bench.normal());
      kernel(bench, update, weights, gradient, a, b, c);
      for (const [i, g] of gradient.values().entries()) step(update, g, expected[i]!);
    }
    const error = largestError(
      weights,
      (i, j) => expected[i * columns + j]!.w,
      () => 1,
    );
    expect(error).toBeLessThan(1e-5);
    for (const block of [weights, a, b, c]) expect(block.isPadded()).toBe(true);
  });
});

test('weights whose gradient has always been zero stay, even where ε is 0', async () => {
  const bench = await Bench.create(1);
  const { kernels } = bench;
  const w = bench.matrix(1, 3, () => 1);
  const [g, a, b, c] = [0, 0, 0, 0].map((value) => bench.matrix(1, 3, () => value)) as [Block, Block, Block, Block];
  kernels.stepRmsprop(w.address, g.address, a.address, w.length, 1, 0.9, 0, 0);
  kernels.stepAdam(w.address, g.address, a.address, b.address, w.length, 1, 1, 0.9, 0.9, 0, 0);
  kernels.stepRmspropMomentum(w.address, g.address, a.address, b.address, c.address, w.length, 1, 0.9, 1, 0, 0, 0.9, 0);
  expect([...w.data]).toEqual([1, 1, 1, 0, ...new Array(w.data.length - 4).fill(0)]);
});
