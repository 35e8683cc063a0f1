import { activations } from '../circuit/activation.ts';
import { withoutAutapses } from '../circuit/autapses.ts';
import type { Circuit } from '../circuit/circuit.ts';
import { functions } from '../circuit/functions.ts';
import { linearPart } from '../circuit/linear.ts';
import { allOperations, type Body, type Change, type Operation, stopsEarly, type Trace } from '../circuit/trace.ts';
import type { NoiseSource } from '../network/plain/noise.ts';
import { solve } from '../solve.ts';
import { combine, map, meanOuter, product, turned, type Value } from './values.ts';

/** What a trace is read with. */
export interface Memory {
  readonly circuit: Circuit;
  /** By the names of synapses: post × pre, row-major. */
  readonly weights: Map<string, Float64Array>;
  /** Running means and states that last, by name. */
  readonly lasting: Map<string, Float64Array>;
  readonly noise: NoiseSource;
  /** Whether running means move and lasting states become what they are said to. */
  readonly learns: boolean;
  /** What becomes of what synapses have gained in a scope, by their names. */
  apply(gains: ReadonlyMap<string, Float64Array>): void;
}

/** The equations of a trace as they stand, in float64, one operation after the other. */
export class Interpreter {
  readonly values: Value[];
  readonly #memory: Memory;
  readonly #trace: Trace;
  readonly #count: number;
  /** The trace's states, by their signals. */
  readonly #states = new Map<number, Extract<Operation, { readonly kind: 'state' }>>();
  /** What synapses gain in the scope at hand. */
  #gains = new Map<string, Float64Array>();

  /** @param x the inputs of a block of samples. @param y their labels */
  constructor(memory: Memory, trace: Trace, x: Value, y: Value) {
    this.#memory = memory;
    this.#trace = trace;
    this.#count = x.length;
    this.values = [x, y];
    for (const each of allOperations(trace)) if (each.kind === 'state') this.#states.set(each.output, each);
  }

  /** Does the trace, and applies what it changes. */
  run(): void {
    this.#scope(this.#trace);
  }

  /** Does operations alone, as they stand, with what the values are by now. */
  do(operations: readonly Operation[]): void {
    for (const operation of operations) this.#compute(operation);
  }

  #scope(body: Body): void {
    const outer = this.#gains;
    this.#gains = new Map();
    this.#do(body);
    this.#memory.apply(this.#gains);
    this.#gains = outer;
  }

  #do({ operations, changes }: Body): void {
    this.do(operations);
    for (const change of changes) this.#gain(change);
    this.#become(operations, () => true);
  }

  /** What states become, all at once, for the samples that are told. */
  #become(operations: readonly Operation[], moves: (sample: number) => boolean): void {
    const becoming = operations.flatMap((each) => (each.kind === 'become' ? [each] : []));
    const next = becoming.map(({ state, next }) =>
      this.#at(next).map((vector, s) => (moves(s) ? vector : this.#at(state)[s]!)),
    );
    for (const [i, { state }] of becoming.entries()) {
      this.values[state] = next[i]!;
      const { name, lasts } = this.#states.get(state)!;
      if (lasts === 'ever' && this.#memory.learns) this.#memory.lasting.set(name, next[i]![0]!);
    }
  }

  /** The body until every sample is at rest, or all steps are taken. */
  #settleEarly({ steps, body, rest }: Extract<Operation, { readonly kind: 'repeat' }>): void {
    const { drives, tolerance } = rest!;
    const settles = Array.from({ length: this.#count }, () => true);
    for (let step = 0; step < steps; step++) {
      this.do(body.operations);
      for (const s of settles.keys()) {
        settles[s] &&= drives.some((id) => this.#at(id)[s]!.some((value) => !(Math.abs(value) <= tolerance)));
      }
      if (!settles.includes(true)) return;
      this.#become(body.operations, (s) => settles[s]!);
    }
  }

  #compute(operation: Operation): void {
    const { circuit, lasting, weights } = this.#memory;
    switch (operation.kind) {
      case 'drive': {
        const { synapses, by, reversed, input, output } = operation;
        const W = by === undefined ? weights.get(synapses)! : this.#at(by)[0]!;
        this.values[output] = product(W, circuit.synapsesOf(synapses).post.size, this.#at(input), !!reversed);
        return;
      }
      case 'plus':
        this.#combine(operation, (a, b) => a + b);
        return;
      case 'minus':
        this.#combine(operation, (a, b) => a - b);
        return;
      case 'multiply':
        this.#combine(operation, (a, b) => a * b);
        return;
      case 'minimum':
        this.#combine(operation, Math.min);
        return;
      case 'maximum':
        this.#combine(operation, Math.max);
        return;
      case 'gate':
        this.values[operation.output] = combine(this.#at(operation.slope), this.#at(operation.input), (a, b) => a * b);
        return;
      case 'scale':
        this.values[operation.output] = map(this.#at(operation.input), (u) => operation.factor * u);
        return;
      case 'apply':
        this.values[operation.output] = map(this.#at(operation.input), functions[operation.function].value);
        return;
      case 'slope':
        this.values[operation.output] = map(this.#at(operation.input), functions[operation.function].slope);
        return;
      case 'softmax':
        this.values[operation.output] = this.#at(operation.input).map(softmax);
        return;
      case 'pool':
        this.values[operation.output] = this.#at(operation.input).map((vector) => vector.map(() => sum(vector)));
        return;
      case 'constant':
        this.values[operation.output] = this.#filled(operation.output, operation.value);
        return;
      case 'noise':
        this.values[operation.output] = this.#noise(operation);
        return;
      case 'activate':
        this.#activate(operation);
        return;
      case 'state': {
        const { name, start, lasts, output } = operation;
        if (lasts === 'ever') {
          const kept = lasting.get(name)!;
          this.values[output] = this.#filled(output, 0).map(() => kept.slice());
        } else {
          this.values[output] = 'signal' in start ? this.#at(start.signal) : this.#filled(output, start.value);
        }
        return;
      }
      case 'become':
        return;
      case 'outer':
        this.values[operation.output] = [meanOuter(this.#at(operation.post), this.#at(operation.pre))];
        return;
      case 'weights':
        this.values[operation.output] = [weights.get(operation.synapses)!.slice()];
        return;
      case 'signs': {
        const other = circuit.synapsesOf(operation.of);
        this.values[operation.output] = [turned(weights.get(operation.of)!, other.post.size).map(Math.sign)];
        return;
      }
      case 'repeat':
        if (stopsEarly(operation)) this.#settleEarly(operation);
        else for (let step = 0; step < operation.steps; step++) this.#do(operation.body);
        return;
      case 'phase':
        this.#scope(operation.body);
        return;
      case 'equilibrium':
        this.#solve(operation);
    }
  }

  #at(signal: number): Value {
    const value = this.values[signal];
    if (!value) throw new TypeError(`signal ${signal} is not at hand`);
    return value;
  }

  #combine(
    { left, right, output }: { left: number; right: number; output: number },
    f: (a: number, b: number) => number,
  ) {
    this.values[output] = combine(this.#at(left), this.#at(right), f);
  }

  /** One vector a sample, or one for all of them of what synapses have. */
  #filled(signal: number, number: number): Value {
    const { circuit } = this.#memory;
    const population = this.#trace.signals[signal]!.population;
    const length = circuit.isAtSynapses(population) ? 1 : this.#count;
    return Array.from({ length }, () => new Float64Array(circuit.size(population)).fill(number));
  }

  #noise({ name, distribution, output }: Extract<Operation, { readonly kind: 'noise' }>): Value {
    const empty = this.#filled(output, 0);
    const size = empty[0]!.length;
    const drawn = this.#memory.noise(name, distribution, empty.length * size);
    return empty.map((vector, s) => vector.map((_, i) => drawn[s * size + i]!));
  }

  /** z = f(u) − z̄ and the slope, after z̄ has moved towards the mean over the block where it learns. */
  #activate({ activation, mean, input, output, slope }: Extract<Operation, { readonly kind: 'activate' }>): void {
    const { value, slope: slopeOf } = functions[activations[activation.function]];
    const { lasting, learns } = this.#memory;
    const u = this.#at(input);
    this.values[slope] = map(u, slopeOf);
    const r = map(u, value);
    if (mean === undefined) {
      this.values[output] = r;
      return;
    }
    const before = lasting.get(mean)!;
    const rate = learns ? (activation.meanRate ?? 0) : 0;
    const moved = before.map((m, i) => m + rate * (r.reduce((total, each) => total + each[i]!, 0) / r.length - m));
    lasting.set(mean, moved);
    this.values[output] = map(r, (value, i) => value - moved[i]!);
  }

  /** W gains post preᵀ − decay W, its mean, or a value. */
  #gain(change: Change): void {
    const { synapses } = change;
    const gain = 'value' in change ? this.#at(change.value)[0]! : this.#product(change);
    const gained = withoutAutapses(this.#memory.circuit.synapsesOf(synapses), gain);
    const before = this.#gains.get(synapses);
    this.#gains.set(synapses, before ? before.map((value, i) => value + gained[i]!) : gained);
  }

  #product({ synapses, post, pre, decay, decayBy }: Extract<Change, { readonly post: number }>): Float64Array {
    const gain = meanOuter(this.#at(post), this.#at(pre));
    const W = this.#memory.weights.get(synapses)!;
    if (decayBy === undefined) return decay === 0 ? gain : gain.map((value, at) => value - decay * W[at]!);
    const decays = this.#at(decayBy);
    const { size } = this.#memory.circuit.synapsesOf(synapses).pre;
    const mean = decays[0]!.map((_, i) => decays.reduce((total, each) => total + each[i]!, 0) / decays.length);
    return gain.map((value, at) => value - (decay + mean[Math.floor(at / size)]!) * W[at]!);
  }

  /** The residual A z + c is computed for z = 0, its linear part for each unit vector; then A z = −c is solved. */
  #solve({ unknown, body, residual, output }: Extract<Operation, { readonly kind: 'equilibrium' }>): void {
    const zero = this.#filled(output, 0);
    const k = zero[0]!.length;
    const residualAt = (z: Value, { operations }: Body): Value => {
      this.values[unknown] = z;
      this.do(operations);
      return this.#at(residual);
    };
    const constants = residualAt(zero, body);
    const linear = linearPart(body, unknown);
    const columns = Array.from({ length: k }, (_, j) =>
      residualAt(
        map(zero, (_, i) => Number(i === j)),
        linear,
      ),
    );
    const found = constants.map((c, s) => {
      const A = Float64Array.from({ length: k * k }, (_, at) => columns[at % k]![s]![Math.floor(at / k)]!);
      return solve(
        A,
        c.map((value) => -value),
      );
    });
    this.values[output] = found;
    residualAt(found, body);
  }
}

function sum(vector: Float64Array): number {
  return vector.reduce((total, value) => total + value, 0);
}

function softmax(u: Float64Array): Float64Array {
  const largest = Math.max(...u);
  const exponentials = u.map((value) => Math.exp(value - largest));
  const total = sum(exponentials);
  return exponentials.map((value) => value / total);
}
