import type { Trace } from '../circuit/trace.ts';
import { DivergenceError, InputError } from '../errors.ts';
import type { Matrix } from '../matrix.ts';
import type { Loss } from '../rules/shape.ts';
import { isSamples, type Samples } from '../samples.ts';
import type { Engine, Evaluator } from './engine.ts';
import type { Measuring, Meter } from './meter.ts';
import { checkNumbers, type PlacedSamples, type SampleShape } from './placed-samples.ts';
import { NotFinite } from './plain/diverged.ts';
import type { Rest } from './rest.ts';
import { rowsOf } from './rows.ts';
import { blockSamples, type Source, type Stage } from './sources.ts';

/** Inputs, labels as a second view, or both. */
export interface Views {
  readonly X?: ArrayLike<number>;
  readonly Y?: ArrayLike<number>;
}

/** What a network computes of samples by its present weights, block after block; nothing is learned. */
export class Computation {
  readonly #rule: string;
  readonly #shape: SampleShape;
  readonly #engine: Engine;
  readonly #stage: Stage;
  readonly #placed: PlacedSamples;
  readonly #rest: Rest;
  /** What was computed last, while the weights stay as they are. */
  #last: { readonly trace: Trace; readonly evaluator: Evaluator } | undefined;

  constructor(rule: string, shape: SampleShape, engine: Engine, stage: Stage, placed: PlacedSamples, rest: Rest) {
    this.#rule = rule;
    this.#shape = shape;
    this.#engine = engine;
    this.#stage = stage;
    this.#placed = placed;
    this.#rest = rest;
  }

  /** Results of the trace, a row a sample, for X of T × m or a data set. @throws InputError, DivergenceError */
  of(trace: Trace, X: ArrayLike<number> | Samples): Float32Array {
    return isSamples(X) ? this.ofSamples(trace, X, 0, X.count) : this.ofRows(trace, { X });
  }

  /** @throws InputError for views that are no whole rows, or of different lengths; DivergenceError */
  ofRows(trace: Trace, views: Views): Float32Array {
    const { X, Y } = views;
    const inputs = 'X' in views ? rowsOf('X', X!, this.#shape.inputs) : undefined;
    const labels = 'Y' in views ? rowsOf('Y', Y!, this.#shape.labels) : undefined;
    if (inputs !== undefined && labels !== undefined && inputs !== labels) {
      throw new InputError(`X has ${inputs} samples, and Y ${labels}: views have as many`);
    }
    const count = inputs ?? labels ?? 0;
    return this.#blocks(trace, 0, count, this.#stage.capacity, (evaluator, first, part, own) => {
      this.#stage.fill(X, Y, first, part);
      evaluator.compute(this.#stage, 0, part, own);
    });
  }

  /** Of samples first … first + count − 1. @throws InputError for numbers of samples that there are not; DivergenceError */
  ofSamples(
    trace: Trace,
    samples: Samples,
    first: number,
    count: number,
    reads: 'inputs' | 'labels' = 'inputs',
  ): Float32Array {
    const source = this.#placed.of(samples, reads);
    const whole = Number.isInteger(first) && Number.isInteger(count);
    if (!(whole && first >= 0 && count >= 0 && first + count <= samples.count)) {
      throw new InputError(`there are ${samples.count} samples; ${count} from number ${first} on were asked for`);
    }
    return this.#blocks(trace, first, count, blockSamples, (evaluator, at, part, own) =>
      evaluator.compute(source, at, part, own),
    );
  }

  /** Of the samples that have these numbers, in this order. @throws InputError, DivergenceError */
  ofNumbers(trace: Trace, samples: Samples, numbers: Uint32Array): Float32Array {
    const source = this.#placed.of(samples, 'inputs');
    checkNumbers(samples, numbers);
    return this.#blocks(trace, 0, numbers.length, blockSamples, (evaluator, first, part, own) => {
      source.order.set(numbers.subarray(first, first + part));
      evaluator.computeListed(source, part, own);
    });
  }

  /** The sum of a loss of what the trace predicts, over a data set. @throws InputError without labels; DivergenceError */
  totalLoss(trace: Trace, samples: Samples, kind: Loss): number {
    const source = this.#placed.of(samples, 'labels');
    const evaluator = this.#evaluate(trace);
    let total = 0;
    for (let first = 0; first < samples.count; first += blockSamples) {
      const count = Math.min(blockSamples, samples.count - first);
      total += this.from(first, () => evaluator.loss(kind, source, first, count));
    }
    return total;
  }

  /**
   * Measures signals of so many samples of a source at these weights, block after block; the meter is given back.
   * @throws DivergenceError as `from`, and where cells do not come to rest
   */
  measure(
    meter: Meter,
    weights: Readonly<Record<string, Matrix>>,
    source: Source,
    samples: number,
    { watch, measured }: Measuring,
  ): readonly number[] {
    try {
      this.#rest.check();
      meter.begin(weights);
      for (let first = 0; first < samples; first += blockSamples) {
        const count = Math.min(blockSamples, samples - first);
        this.from(first, () => {
          meter.add(source, first, count, watch?.(meter, count));
          measured?.(meter, count);
        });
      }
      return meter.values(samples);
    } finally {
      meter.dispose();
    }
  }

  /** Computes something of samples from number `first` on. @throws DivergenceError for a state that settles and is not finite */
  from<Result>(first: number, compute: () => Result): Result {
    try {
      return compute();
    } catch (error) {
      if (!(error instanceof NotFinite)) throw error;
      throw new DivergenceError(this.#engine.samplesSeen, this.#rule, error.state, first);
    }
  }

  /** Where weights change. */
  forget(): void {
    this.#last?.evaluator.dispose();
    this.#last = undefined;
    this.#rest.forget();
  }

  /** The trace's results at the present weights. */
  #evaluate(trace: Trace): Evaluator {
    if (this.#last?.trace === trace) return this.#last.evaluator;
    this.forget();
    this.#rest.check();
    const evaluator = this.#engine.evaluate(trace);
    this.#last = { trace, evaluator };
    return evaluator;
  }

  /** All rows, at most so many at once: each block is computed into its own. */
  #blocks(
    trace: Trace,
    start: number,
    count: number,
    most: number,
    compute: (evaluator: Evaluator, first: number, part: number, own: Float32Array) => void,
  ): Float32Array {
    const evaluator = this.#evaluate(trace);
    const results = new Float32Array(count * evaluator.size);
    for (let done = 0; done < count; done += most) {
      const own = results.subarray(done * evaluator.size);
      this.from(start + done, () => compute(evaluator, start + done, Math.min(most, count - done), own));
    }
    return results;
  }
}
