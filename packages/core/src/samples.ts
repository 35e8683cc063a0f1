import { InputError } from './errors.ts';

/**
 * A labelled data set as networks learn it: raw bytes with the arithmetic that turns them into signals. Sample i has
 *
 *     x_i = scale_i · pixels[i] + offset      (m numbers; scale_i is the same for all, or one number a sample)
 *     y_i = targets[classes[i]]               (n numbers)
 *
 * The bytes are kept as they are, and normalised on the fly.
 */
export interface Samples {
  /** T, how many samples there are. */
  readonly count: number;
  /** m, the numbers in one input. */
  readonly inputs: number;
  /** n, the numbers in one label. */
  readonly labels: number;
  /** T × m, row-major. */
  readonly pixels: Uint8Array;
  /** One factor for all samples, or T of them. */
  readonly scale: number | Float64Array;
  readonly offset: number;
  /** T class numbers, each a row of `targets`. */
  readonly classes: Uint8Array;
  /** One row of n numbers a class, row-major: the label that a class stands for. */
  readonly targets: Float32Array;
  /** The WebAssembly memory in which `pixels` and `classes` lie, where they do: see `shareSamples`. */
  readonly memory?: WebAssembly.Memory;
  /** What is known of each input, in that memory: `shareSamples` adds it. */
  readonly described?: DescribedSamples;
}

/** What the kernels found when they went through all inputs of a data set once: addresses in its memory. */
export interface DescribedSamples {
  /** Sums of each input, and where its list begins. */
  readonly records: number;
  /** Lists of the inputs' chunks that are not all zero; 0 where there are none. */
  readonly chunks: number;
  /** Whether that is one list of all chunks for all inputs. */
  readonly dense: boolean;
  /** Of which samples that was found. */
  readonly of: Pick<Samples, 'count' | 'inputs' | 'scale' | 'offset'> & { readonly pixels: number };
}

/** The scale of sample t. */
export function scaleOf({ scale }: Samples, t: number): number {
  return typeof scale === 'number' ? scale : scale[t]!;
}

/** Refuses a data set that has less than it says. @throws InputError */
export function checkSamples({ count, inputs, labels, pixels, scale, classes, targets }: Samples): void {
  const lengths = { pixels: [pixels, count * inputs], classes: [classes, count], scale: [scale, count] } as const;
  for (const [name, [values, needed]] of Object.entries(lengths)) {
    if (typeof values === 'number' || values.length >= needed) continue;
    throw new InputError(`samples.${name} has ${values.length} numbers; ${count} samples need ${needed}`);
  }
  const rows = Math.floor(targets.length / labels);
  const wrong = classes.findIndex((c, t) => t < count && c >= rows);
  if (wrong < 0) return;
  throw new InputError(
    `sample ${wrong} is of class ${classes[wrong]}; samples.targets has the labels of ${rows} classes`,
  );
}

/** Whether it is a data set, not an array of numbers. */
export function isSamples(X: ArrayLike<number> | Samples): X is Samples {
  return 'pixels' in X;
}
