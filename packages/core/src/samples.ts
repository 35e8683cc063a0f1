/** Raw inputs: bytes, such as pixels, or float32 numbers. */
export type RawInputs = Uint8Array | Float32Array;

/** Numbers of classes, of whichever size they need. */
export type ClassNumbers = Uint8Array | Uint16Array | Uint32Array;

/**
 * A data set as networks learn it: raw inputs with the arithmetic that turns them into signals, and labels of one of three
 * kinds. Sample i has
 *
 *     x_i = scale_i · raw[i] + offset         (m numbers; scale_i is the same for all, or one number a sample)
 *     y_i = targets[classes[i]]               (n numbers), where labels are classes
 *     y_i = targets[i]                        (n numbers), where they are numbers: there are no `classes`
 *
 * or no label: `labels` is 0, there are no `classes`, and `targets` is empty. Raw inputs are kept as they are, and normalised on
 * the fly. `samplesOf` makes one from arrays.
 */
export interface Samples {
  /** T, how many samples there are. */
  readonly count: number;
  /** m, the numbers in one input. */
  readonly inputs: number;
  /** n, the numbers in one label; 0 where there are no labels. */
  readonly labels: number;
  /** T × m, row-major. */
  readonly raw: RawInputs;
  /** One factor for all samples, or T of them. */
  readonly scale: number | Float64Array;
  readonly offset: number;
  /** T class numbers, each a row of `targets`. */
  readonly classes?: ClassNumbers;
  /** Rows of n numbers, row-major: the label that a class stands for, one row a class; without classes, T labels. */
  readonly targets: Float32Array;
  /**
   * The WebAssembly memory in which `raw` and `classes` lie, or without classes `raw` and `targets`, where they do: see
   * `shareSamples`.
   */
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
  readonly of: Pick<Samples, 'count' | 'inputs' | 'scale' | 'offset'> & {
    /** Where their raw inputs lie, and of how many bytes each number is. */
    readonly raw: number;
    readonly elementBytes: number;
  };
}

/** What comes with a data set, if it is of these samples: a copy of it may have got other ones. */
export function descriptionOf({ described, raw, ...samples }: Samples): DescribedSamples | undefined {
  const isOfThese =
    described?.of.raw === raw.byteOffset &&
    described.of.elementBytes === raw.BYTES_PER_ELEMENT &&
    (['count', 'inputs', 'scale', 'offset'] as const).every((name) => described.of[name] === samples[name]);
  return isOfThese ? described : undefined;
}

/** The scale of sample t. */
export function scaleOf({ scale }: Pick<Samples, 'scale'>, t: number): number {
  return typeof scale === 'number' ? scale : scale[t]!;
}

/** Where the label of sample t begins in `targets`. */
export function labelAt({ classes, labels }: Pick<Samples, 'classes' | 'labels'>, t: number): number {
  return (classes ? classes[t]! : t) * labels;
}

/** Whether it is a data set, not an array of numbers. */
export function isSamples(X: ArrayLike<number> | Samples): X is Samples {
  return typeof X === 'object' && X !== null && 'raw' in X;
}
