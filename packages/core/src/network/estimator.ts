import { checkOptions } from '../check-options.ts';
import { checkLabelled } from '../check-samples.ts';
import { type ClassLabels, checkClassLabels, labelsOf, largestOfRows } from '../class-labels.ts';
import { InputError } from '../errors.ts';
import { checkNumbersGiven } from '../given.ts';
import { checkBatch } from '../random/batches.ts';
import { type Order, Presentation } from '../random/order.ts';
import { isSamples, type Samples } from '../samples.ts';
import { rSquared } from './r-squared.ts';
import { checkFinite, gatherRows, rowsOf } from './rows.ts';

/** About how many samples are put in order at once: whole batches. */
const blockSamples = 256;

/** T labels, row-major, and their classes where these were given. */
interface Labelled {
  readonly Y: ArrayLike<number>;
  readonly classes?: ArrayLike<number>;
}

export interface PartialFitOptions {
  /** The labels that class numbers stand for. Default `one-hot-centred`. */
  readonly labels?: ClassLabels;
}

export interface FitOptions extends PartialFitOptions {
  /** How many times to learn all samples. Default 1. */
  readonly epochs?: number;
  /** Whether every epoch presents the samples in the same random order (the default), in a new one, or as they are given. */
  readonly order?: Order;
  /** Determines the order. Default 0. */
  readonly seed?: number;
}

/** The names of all `PartialFitOptions`, and of all `FitOptions`. */
const partialFitOptions: readonly string[] = ['labels'] satisfies (keyof PartialFitOptions)[];
const fitOptions: readonly string[] = ['epochs', 'order', 'seed', 'labels'] satisfies (keyof FitOptions)[];

/**
 * What estimators do in scikit-learn, by the names that they have there, in terms of what a network does one sample at a
 * time. X is T × m, row-major, or a data set. Y is T × n, row-major; or, where a label has more than one number, T class
 * numbers from 0 to n − 1. Where a rule learns from inputs alone, n is 0, and Y is left out.
 */
export abstract class Estimator {
  /** m */
  abstract readonly inputs: number;
  /** n */
  abstract readonly labels: number;
  /** How many samples it learns at once. */
  abstract readonly batch: number;

  /** Forgets what was learned: back to how it was made. */
  abstract restart(): void;
  abstract learnSamples(samples: Samples, numbers: Uint32Array): void;
  abstract transform(X: ArrayLike<number> | Samples): Float32Array;
  abstract predict(X: ArrayLike<number> | Samples): Float32Array;
  /** @throws InputError where no labels are predicted */
  protected abstract checkPredicts(): void;
  /** @throws DivergenceError where cells do not come to rest any more */
  abstract checkRest(): void;
  protected abstract learnRows(X: ArrayLike<number>, Y: ArrayLike<number>): void;

  /**
   * Starts anew, as the network was made, and learns all samples `epochs` times, one or a batch at a time, in an order that
   * depends on the seed alone: bit for bit what `train` does with a data set. Returns when it is done; `train` and `learnStream`
   * let others run meanwhile.
   *
   * @throws InputError, nothing forgotten, for other lengths, numbers that are not finite, classes that there are not, no
   *   samples, fewer than a batch, epochs that are no positive integer, and options that there are not; DivergenceError
   */
  fit(samples: Samples, options?: Omit<FitOptions, 'labels'>): this;
  fit(X: ArrayLike<number>, Y?: ArrayLike<number>, options?: FitOptions): this;
  fit(X: ArrayLike<number> | Samples, second?: ArrayLike<number> | FitOptions, third?: FitOptions): this {
    checkOptions('fit', isSamples(X) ? second : third, fitOptions);
    if (isSamples(X)) {
      // Refuses samples of another shape before anything is forgotten.
      this.learnSamples(X, new Uint32Array());
      this.#present(X.count, second as FitOptions | undefined, (numbers) => this.learnSamples(X, numbers));
      return this;
    }
    const { Y } = this.#labelled(X, second as ArrayLike<number> | undefined, third?.labels);
    checkFinite('input', X, this.inputs);
    checkFinite('label', Y, this.labels);
    const xs = new Float32Array(this.#blockSamples * this.inputs);
    const ys = new Float32Array(this.#blockSamples * this.labels);
    this.#present(X.length / this.inputs, third, (numbers) => {
      this.learnRows(gatherRows(X, this.inputs, numbers, xs), gatherRows(Y, this.labels, numbers, ys));
    });
    return this;
  }

  /**
   * Learns the samples once, in their order, on top of what was learned before: one after the other, or in batches, of which the
   * last is smaller where the samples are no multiple.
   * @throws InputError for other lengths, numbers that are not finite, and classes that there are not; DivergenceError
   */
  partialFit(samples: Samples): this;
  partialFit(X: ArrayLike<number>, Y?: ArrayLike<number>, options?: PartialFitOptions): this;
  partialFit(X: ArrayLike<number> | Samples, Y?: ArrayLike<number>, options: PartialFitOptions = {}): this {
    checkOptions('partialFit', options, partialFitOptions);
    if (isSamples(X))
      this.learnSamples(
        X,
        Uint32Array.from({ length: X.count }, (_, t) => t),
      );
    else this.learnRows(X, this.#labelled(X, Y, options.labels).Y);
    return this;
  }

  /**
   * The class that each sample is taken for: that of the largest entry of ŷ, the first of those that are equal.
   * @throws InputError for other lengths, numbers that are not finite, and networks whose labels have one number only
   */
  predictClass(X: ArrayLike<number> | Samples): Uint32Array {
    this.checkPredicts();
    if (this.labels === 1) throw new InputError('labels of one number do not tell classes apart: use predict');
    return largestOfRows(this.predict(X), this.labels);
  }

  /**
   * How well the labels are predicted. Of classes (those of a data set, or class numbers): the accuracy, the share of samples
   * whose class `predictClass` finds, from 0 to 1. Of labels that are numbers: the coefficient of determination, averaged over
   * the n numbers of a label, as the `score` of scikit-learn's regressors has it:
   *
   *     R²_j = 1 − Σ_t (y_tj − ŷ_tj)² / Σ_t (y_tj − ȳ_j)²
   *
   * 1 is perfect, 0 as good as the mean label. Where number j is the same in all labels, R²_j is 1 if it is predicted
   * exactly, otherwise 0.
   *
   * @throws InputError for other lengths, numbers that are not finite, classes that there are not, a data set without labels,
   *   and too few samples: none, or for R² only one
   */
  score(samples: Samples): number;
  score(X: ArrayLike<number>, Y: ArrayLike<number>): number;
  score(X: ArrayLike<number> | Samples, second?: ArrayLike<number>): number {
    this.checkPredicts();
    if (isSamples(X)) return this.#scoreSamples(X);
    const { Y, classes } = this.#labelled(X, second);
    if (classes) return this.#accuracy(X, classes);
    checkFinite('label', Y, this.labels);
    return rSquared(this.predict(X), Y, this.labels);
  }

  #scoreSamples(samples: Samples): number {
    const { count, labels, classes, targets } = samples;
    if (classes) return this.#accuracy(samples, classes.subarray(0, count));
    checkLabelled(samples, 'the score');
    return rSquared(this.predict(samples), targets.subarray(0, count * labels), labels);
  }

  #accuracy(X: ArrayLike<number> | Samples, classes: ArrayLike<number>): number {
    if (classes.length === 0) throw new InputError('the accuracy needs samples, and there are none');
    return this.predictClass(X).filter((predicted, t) => predicted === classes[t]).length / classes.length;
  }

  get #blockSamples(): number {
    return this.batch * Math.max(1, Math.floor(blockSamples / this.batch));
  }

  /** Starts anew and hands over the numbers of the samples in the order of presentation, some at a time. */
  #present(count: number, options: FitOptions = {}, learn: (numbers: Uint32Array) => void): void {
    const { epochs = 1, order = 'repeated', seed = 0 } = options;
    if (!Number.isSafeInteger(epochs) || epochs < 1) {
      throw new InputError(`epochs must be a positive integer, not ${epochs}`);
    }
    if (count === 0) throw new InputError('there are no samples to fit');
    checkBatch(count, this.batch);
    const presentation = new Presentation(count, order, seed);
    this.restart();
    for (let position = 0; position < epochs * count; ) {
      const numbers = presentation.from(position, this.#blockSamples);
      learn(numbers);
      position += numbers.length;
    }
    this.checkRest();
  }

  /** The labels of X, T × n, from what was given as such or as classes. */
  #labelled(X: ArrayLike<number>, Y?: ArrayLike<number>, labels: ClassLabels = 'one-hot-centred'): Labelled {
    const count = rowsOf('X', X, this.inputs);
    if (this.labels === 0) {
      if (Y === undefined || Y.length === 0) return { Y: [] };
      throw new InputError('Y must be left out: the network learns from inputs alone');
    }
    if (Y === undefined) throw new InputError('Y, the labels or classes of X, is missing');
    checkNumbersGiven('Y', Y);
    checkClassLabels(labels);
    if (Y.length === count * this.labels) return { Y };
    if (Y.length === count) return { Y: labelsOf(Y, this.labels, labels), classes: Y };
    throw new InputError(
      `Y has ${Y.length} numbers; ${count} × ${this.labels} = ${count * this.labels} are needed, or ${count} class numbers`,
    );
  }
}
