import { type Activation, activations } from '../circuit/activation.ts';
import { type Operation, outputsOf, type Trace } from '../circuit/trace.ts';
import { atom, type Expression, multiple, outerProduct, product, sum, within } from './binding.ts';
import { compose, type Writing } from './compose.ts';
import type { DescribedUpdate } from './description.ts';
import { placedOperations } from './placed.ts';

/** A signal in symbols. */
export interface Written {
  /** Its symbol where it has one, and what it is computed from where it has none: `n`, `a − Q n`. */
  readonly expression: string;
  /** What a signal with a symbol is computed from: `Qᵀ z`. */
  readonly definition?: string;
}

/** Of a circuit, what the symbols depend on. */
export interface Notation {
  /** Of the hidden units: the function that is called f. */
  readonly activation: Activation;
  /** Whether the population has only one cell. */
  isSingle(population: string): boolean;
}

/** What is summed in a change of synapses, by the ids of the signals. */
export type Term = { readonly post: number; readonly pre: number } | { readonly value: number };

/** The signals and the changes of a trace in symbols: those of its signals and synapses. */
export class Writer {
  readonly #forms: readonly Forms[];
  readonly #ones: ReadonlySet<number>;

  constructor(trace: Trace, { activation, isSingle }: Notation) {
    const operations = placedOperations(trace).map(({ what }) => what);
    this.#ones = new Set(
      operations.flatMap((operation) => {
        if (operation.kind !== 'constant' || operation.value !== 1) return [];
        return isSingle(trace.signals[operation.output]?.population ?? '') ? [operation.output] : [];
      }),
    );
    this.#forms = this.#write(trace, operations, activation);
  }

  /** Every signal. */
  get signals(): readonly Written[] {
    return this.#forms.map(({ short, long }) => ({
      expression: short.text,
      ...(long && long.text !== short.text && { definition: long.text }),
    }));
  }

  /**
   * What synapses gain: `η1 [f′ ⊙ (a − Q n)] xᵀ`.
   * @param rate the name of the learning rate
   * @param what `symbol`: what its decay is called
   * @param summed whether it is the sum of what several steps give
   */
  update(
    synapses: string,
    rate: string,
    what: Pick<DescribedUpdate, 'terms' | 'decay' | 'decayBy'> & { readonly symbol?: string | undefined },
    summed: boolean,
  ): string {
    const { terms, decay, symbol, decayBy } = what;
    const written = terms.map((term) => this.#term(term));
    if (symbol !== undefined) written.push({ text: `−${symbol} ${synapses}`, binding: 'sum' });
    else if (decay !== 0) written.push(multiple(-decay, atom(synapses)));
    for (const id of decayBy) {
      written.push({ text: `−${product(this.#of(id), atom(synapses)).text}`, binding: 'sum' });
    }
    const [first = atom('0'), ...others] = written;
    const all = others.reduce(sum, first);
    const factor = `${rateSymbol(rate)}${summed ? ' Σ' : ''}`;
    if (written.length === 1 && all.binding === 'gated') return `${factor} [${all.text}]`;
    return `${factor} ${within(all, ['atom', 'product'])}`;
  }

  #term(term: Term): Expression {
    if ('value' in term) return this.#of(term.value);
    return outerProduct(this.#of(term.post), this.#ones.has(term.pre) ? 'one' : this.#of(term.pre));
  }

  #of(id: number): Expression {
    return this.#forms[id]?.short ?? unknown;
  }

  #write(trace: Trace, operations: readonly Operation[], activation: Activation): readonly Forms[] {
    const yields = new Map(operations.flatMap((each) => outputsOf(each).map((id) => [id, each] as const)));
    const unknowns = new Map(
      operations.flatMap((each) => (each.kind === 'equilibrium' ? [[each.unknown, each.output] as const] : [])),
    );
    const currents = new Map<string, Set<number>>();
    for (const each of operations) {
      if (each.kind !== 'activate') continue;
      const place = trace.signals[each.input]?.population ?? '';
      currents.set(place, (currents.get(place) ?? new Set()).add(each.input));
    }
    const forms: Forms[] = [];
    const writing: Writing = {
      of: (id) => forms[id]?.short ?? unknown,
      isOne: (id) => this.#ones.has(id),
      activation: activations[activation.function],
      severalSlopes: (id) => (currents.get(trace.signals[id]?.population ?? '')?.size ?? 0) > 1,
    };
    // What a signal is computed from comes before it, but for the slope of a nonlinearity, which comes before its output.
    for (const { id, symbol } of trace.signals) {
      const operation = yields.get(id);
      const named = symbol ?? ownName(operation) ?? rootName(trace, unknowns.get(id));
      const long = operation && compose(operation, id, named, writing);
      const short = named === undefined ? long : atom(named);
      forms[id] = { short: short ?? unknown, ...(long && { long }) };
    }
    return forms;
  }
}

interface Forms {
  readonly short: Expression;
  readonly long?: Expression;
}

const unknown = atom('?');

/** What states and noise are called where they have no symbol. */
function ownName(operation: Operation | undefined): string | undefined {
  return operation?.kind === 'state' || operation?.kind === 'noise' ? operation.name : undefined;
}

/** What the unknown of an equation is called: as its solution. @param solution absent for what is no unknown */
function rootName({ signals }: Trace, solution: number | undefined): string | undefined {
  return solution === undefined ? undefined : (signals[solution]?.symbol ?? 'v');
}

/** The symbol of a learning rate: η1 is that of W1, ηq that of Q. */
export function rateSymbol(rate: string): string {
  return `η${rate.replace(/^W(?=\d)/, '').toLowerCase()}`;
}
