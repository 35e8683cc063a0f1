/** What is learned: one network, one kind of images, fixed rates. */
export interface Shape {
  readonly rule: 'bmvr' | 'backprop';
  /** m, the inputs. */
  readonly m: number;
  /** k, the hidden units. */
  readonly k: number;
  /** `linear` has the ridge λ = 0.1, `relu` subtracts the running mean. */
  readonly activation: 'linear' | 'relu';
  /** MNIST's test images, or bytes at random, none of which is more likely than another. */
  readonly images: 'mnist' | 'random';
  /** The constant learning rate of each of the rule's synapses. */
  readonly rates: Rates;
  /** Those of an epoch that was learned before, so that as many hidden units are active as on most of a run's way. */
  readonly ratesBefore?: Rates;
  /** How many samples are timed in each round. */
  readonly batch: number;
}

/** By the names of the synapses. */
export type Rates = Readonly<Record<string, number>>;

/** λ of linear shapes. */
export const ridge = 0.1;
/** ε of the running mean in the others (24). */
export const meanRate = 1e-4;

/**
 * Powers of two: 1 − η is then a float32 number, so that an implementation that multiplies weights by it again and again
 * does not drift from one that does not. Small where units are not linear: rounding decides on which side of its threshold a
 * unit is now and then, and what it then learns or does not is η.
 */
const rates = {
  bmvr: {
    'linear 784': { W1: 2 ** -8, W2: 2 ** -8, Q: 2 ** -9 },
    'linear 3072': { W1: 2 ** -12, W2: 2 ** -12, Q: 2 ** -12 },
    'relu 784': { W1: 2 ** -13, W2: 2 ** -12, Q: 2 ** -10 },
  },
  backprop: {
    'linear 784': { W1: 2 ** -8, W2: 2 ** -8 },
    'linear 3072': { W1: 2 ** -10, W2: 2 ** -10 },
    'relu 784': { W1: 2 ** -13, W2: 2 ** -13 },
  },
} as const;

/** About the paper's (Table 3). */
const ratesBefore = {
  bmvr: { W1: 2 ** -10, W2: 2 ** -12, Q: 2 ** -10 },
  backprop: { W1: 2 ** -11, W2: 2 ** -11 },
} as const;

const sizes = [
  { m: 784, k: 1, activation: 'linear', images: 'mnist', batch: 50_000 },
  { m: 784, k: 2, activation: 'linear', images: 'mnist', batch: 50_000 },
  { m: 784, k: 64, activation: 'relu', images: 'mnist', batch: 4_000 },
  { m: 784, k: 256, activation: 'relu', images: 'mnist', batch: 1_000 },
  { m: 3072, k: 4, activation: 'linear', images: 'random', batch: 8_000 },
  { m: 3072, k: 8, activation: 'linear', images: 'random', batch: 5_000 },
] as const;

/** The shapes of Figure 3 and Table 1 of the paper, for both rules. */
export const shapes: readonly Shape[] = (['bmvr', 'backprop'] as const).flatMap((rule) =>
  sizes.map((size) => ({
    rule,
    ...size,
    rates: rates[rule][`${size.activation} ${size.m}` as keyof (typeof rates)['bmvr']],
    ...(size.activation === 'relu' && { ratesBefore: ratesBefore[rule] }),
  })),
);

/** How a shape is called on the command line: bmvr-784-64. */
export function shapeName({ rule, m, k }: Pick<Shape, 'rule' | 'm' | 'k'>): string {
  return `${rule}-${m}-${k}`;
}
