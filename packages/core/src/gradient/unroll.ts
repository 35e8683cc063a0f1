import {
  allOperations,
  type Body,
  type Operation,
  outputsOf,
  stopsEarly,
  type Trace,
  type TracedSignal,
} from '../circuit/trace.ts';

type BecomeOperation = Extract<Operation, { readonly kind: 'become' }>;

/**
 * The same trace with its repeated bodies written out, step after step, and without states that become something: what a state is
 * becomes the signal that it is at the time. A trace without either stays as it is.
 *
 * @throws InputError by `refuse`, for bodies that are not repeated, in such a trace
 */
export function unroll(trace: Trace, refuse: (what: string) => never): Trace {
  const isStill = allOperations(trace).every(({ kind }) => kind !== 'repeat' && kind !== 'state' && kind !== 'become');
  if (isStill) return trace;
  const unrolled = new Unrolled(trace, refuse);
  unrolled.do(trace);
  return unrolled.trace();
}

class Unrolled {
  readonly #source: Trace;
  readonly #refuse: (what: string) => never;
  readonly #signals: TracedSignal[];
  readonly #operations: Operation[] = [];
  /** What a signal of the source is now, where it is another than itself. */
  readonly #now = new Map<number, number>();
  readonly #made = new Set<number>();

  constructor(source: Trace, refuse: (what: string) => never) {
    this.#source = source;
    this.#refuse = refuse;
    this.#signals = [...source.signals];
  }

  trace(): Trace {
    const { changes, result } = this.#source;
    const ends = changes.map((change) =>
      'value' in change
        ? { ...change, value: this.#at(change.value) }
        : {
            ...change,
            post: this.#at(change.post),
            pre: this.#at(change.pre),
            ...(change.decayBy !== undefined && { decayBy: this.#at(change.decayBy) }),
          },
    );
    return {
      signals: this.#signals,
      operations: this.#operations,
      changes: ends,
      result: result === undefined ? undefined : this.#at(result),
    };
  }

  do({ operations }: Body): void {
    for (const operation of operations) this.#pass(operation);
    const becoming = operations.filter((each): each is BecomeOperation => each.kind === 'become');
    const next = becoming.map((each) => this.#at(each.next));
    for (const [i, { state }] of becoming.entries()) this.#now.set(state, next[i]!);
  }

  #pass(operation: Operation): void {
    switch (operation.kind) {
      case 'become':
        return;
      case 'repeat':
        if (stopsEarly(operation)) this.#refuse('state that settles until it is at rest');
        for (let step = 0; step < operation.steps; step++) this.do(operation.body);
        return;
      case 'phase':
      case 'equilibrium':
        this.#refuse(`${operation.kind} among states`);
        return;
      case 'state': {
        const { start, lasts, output } = operation;
        if (lasts === 'ever') this.#operations.push(operation);
        else if ('signal' in start) this.#now.set(output, this.#at(start.signal));
        else this.#operations.push({ kind: 'constant', value: start.value, output });
        return;
      }
      default:
        this.#copy(operation);
    }
  }

  /** The operation on what its inputs are now. */
  #copy(operation: Operation): void {
    const outputs = new Map(outputsOf(operation).map((id) => [id, this.#fresh(id)]));
    const place = (id: number) => outputs.get(id) ?? this.#at(id);
    const places = Object.entries(operation).map(([field, value]) =>
      signalFields.has(field) ? [field, place(value)] : [field, value],
    );
    this.#operations.push(Object.fromEntries(places));
    for (const [id, output] of outputs) this.#now.set(id, output);
  }

  #at(signal: number): number {
    return this.#now.get(signal) ?? signal;
  }

  /** The signal itself the first time that it is made; then others that live where it does. */
  #fresh(id: number): number {
    if (!this.#made.has(id)) {
      this.#made.add(id);
      return id;
    }
    const fresh = this.#signals.length;
    this.#signals.push({ ...this.#signals[id]!, id: fresh });
    return fresh;
  }
}

/** The fields of operations without bodies that hold signals. */
const signalFields: ReadonlySet<string> = new Set(['left', 'right', 'input', 'by', 'post', 'pre', 'slope', 'output']);
