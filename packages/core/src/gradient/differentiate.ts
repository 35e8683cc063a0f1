import { activations } from '../circuit/activation.ts';
import type { FunctionName } from '../circuit/functions.ts';
import type { Change, Operation, Trace, TracedSignal } from '../circuit/trace.ts';
import { InputError } from '../errors.ts';
import type { Loss } from '../rules/shape.ts';
import { bendOf, type Writer } from './bend.ts';
import { unroll } from './unroll.ts';

/** The label is the second signal of every trace. */
const label = 1;

/** A trace of what is predicted, and after it what the loss falls by. */
export interface Gradient extends Trace {
  /** −∂L/∂s by the signal s of what is predicted: the signal that is it, where L depends on s. */
  readonly of: ReadonlyMap<number, number>;
  /** −∂L/∂W of each set of synapses on the way, as changes by the product of two signals. */
  readonly changes: readonly OuterChange[];
}

type OuterChange = Exclude<Change, { readonly value: number }>;

/**
 * Differentiates what a circuit predicts: the trace goes on, in the same operations, with −∂L/∂ of its signals, from the prediction
 * back to the input. L is the loss of a sample: ½ ‖y − p‖², or the cross-entropy of p. What is repeated is written out first, so that
 * the gradient goes back through all steps.
 *
 * @param predict a trace whose result is p
 * @throws InputError for operations whose derivative is not known
 */
export function differentiate(predict: Trace, loss: Loss): Gradient {
  if (predict.result === undefined) throw new TypeError('what is differentiated has no result');
  const unrolled = unroll(predict, refuse);
  const reverse = new Reverse(unrolled);
  reverse.seed(unrolled.result!, loss);
  for (const operation of unrolled.operations.toReversed()) reverse.pass(operation);
  return reverse.gradient();
}

/** What is written behind a trace. */
class Reverse {
  readonly #predict: Trace;
  readonly #signals: TracedSignal[];
  readonly #operations: Operation[];
  readonly #changes: OuterChange[] = [];
  readonly #of = new Map<number, number>();
  readonly #write: Writer = {
    apply: (name, input) => this.#record(input, (output) => ({ kind: 'apply', function: name, input, output })),
    slope: (name, input) => this.#record(input, (output) => ({ kind: 'slope', function: name, input, output })),
    times: (left, right) => this.#combined('multiply', left, right),
    scaled: (input, factor) => this.#scaled(input, factor),
    constant: (like, value) => this.#record(like, (output) => ({ kind: 'constant', value, output })),
  };
  /** An operation whose input has its part of the gradient already, together with the loss. */
  #passed: Operation | undefined;

  constructor(predict: Trace) {
    this.#predict = predict;
    this.#signals = [...predict.signals];
    this.#operations = [...predict.operations];
  }

  gradient(): Gradient {
    const { result } = this.#predict;
    return { signals: this.#signals, operations: this.#operations, changes: this.#changes, result, of: this.#of };
  }

  /** −∂L/∂p; or, of cross-entropy behind the sigmoid or softmax that makes p, y − p at their input: nothing is divided by p. */
  seed(p: number, loss: Loss): void {
    const error = this.#combined('minus', label, p);
    if (loss === 'squared') {
      this.#add(p, error);
      return;
    }
    const last = this.#predict.operations.find((each) => 'output' in each && each.output === p);
    const isShare = last?.kind === 'softmax' || (last?.kind === 'apply' && last.function === 'sigmoid');
    if (!isShare) throw new InputError('cross-entropy is differentiated behind sigmoid and softmax outputs only');
    this.#passed = last;
    this.#add(last.input, error);
  }

  pass(operation: Operation): void {
    if (operation === this.#passed || !('output' in operation)) {
      if (operation.kind === 'phase') refuse(operation.kind);
      return;
    }
    if (operation.kind === 'activate') {
      const ofSlope = this.#of.get(operation.slope);
      if (ofSlope !== undefined) this.#bend(activations[operation.activation.function], operation.input, ofSlope);
    }
    const g = this.#of.get(operation.output);
    if (g === undefined) return;
    switch (operation.kind) {
      case 'drive': {
        const { synapses, reversed, by, input } = operation;
        if (by !== undefined) refuse('value in the place of weights');
        const [post, pre] = reversed ? [input, g] : [g, input];
        this.#changes.push({ synapses, post, pre, decay: 0 });
        const back = reversed ? {} : ({ reversed: 'transport' } as const);
        this.#add(
          input,
          this.#record(input, (output) => ({ kind: 'drive', synapses, ...back, input: g, output })),
        );
        return;
      }
      case 'plus':
        this.#add(operation.left, g);
        this.#add(operation.right, g);
        return;
      case 'minus':
        this.#add(operation.left, g);
        this.#add(operation.right, this.#scaled(g, -1));
        return;
      case 'multiply':
        this.#add(operation.left, this.#combined('multiply', g, operation.right));
        this.#add(operation.right, this.#combined('multiply', g, operation.left));
        return;
      case 'scale':
        this.#add(operation.input, this.#scaled(g, operation.factor));
        return;
      case 'apply': {
        const { input, function: name } = operation;
        this.#add(input, this.#combined('multiply', g, this.#write.slope(name, input)));
        return;
      }
      case 'slope':
        this.#bend(operation.function, operation.input, g);
        return;
      case 'gate':
        this.#add(operation.input, this.#combined('multiply', g, operation.slope));
        this.#add(operation.slope, this.#combined('multiply', g, operation.input));
        return;
      case 'activate':
        this.#add(operation.input, this.#combined('multiply', g, operation.slope));
        return;
      case 'pool':
        this.#add(operation.input, this.#pooled(g));
        return;
      case 'softmax': {
        // p ⊙ (g − Σ g p)
        const mean = this.#pooled(this.#combined('multiply', g, operation.output));
        const rest = this.#combined('minus', g, mean);
        this.#add(operation.input, this.#combined('multiply', operation.output, rest));
        return;
      }
      case 'constant':
      case 'noise':
      // What lasts from before does not depend on this sample; states that start with it were written out.
      case 'state':
        return;
      default:
        refuse(operation.kind);
    }
  }

  /** What f′(u), with −∂L/∂f′(u) = g, adds to −∂L/∂u: f″(u) ⊙ g. */
  #bend(name: FunctionName, u: number, g: number): void {
    const bend = bendOf(name, u, this.#write);
    if (bend !== undefined) this.#add(u, this.#combined('multiply', g, bend));
  }

  /** Adds a part to −∂L/∂ of the signal. */
  #add(signal: number, part: number): void {
    const before = this.#of.get(signal);
    this.#of.set(signal, before === undefined ? part : this.#combined('plus', before, part));
  }

  #combined(kind: 'plus' | 'minus' | 'multiply', left: number, right: number): number {
    return this.#record(left, (output) => ({ kind, left, right, output }));
  }

  #scaled(input: number, factor: number): number {
    return this.#record(input, (output) => ({ kind: 'scale', factor, input, output }));
  }

  #pooled(input: number): number {
    return this.#record(input, (output) => ({ kind: 'pool', input, output }));
  }

  /** A new signal that lives where the other does. */
  #record(like: number, operation: (output: number) => Operation): number {
    const id = this.#signals.length;
    this.#signals.push({ id, population: this.#signals[like]!.population });
    this.#operations.push(operation(id));
    return id;
  }
}

function refuse(what: string): never {
  throw new InputError(`the derivative of ${what === 'equilibrium' ? 'an' : 'a'} ${what} is not known`);
}
