import { weightName } from '../circuit/synapses.ts';
import type { Change, Operation, Trace } from '../circuit/trace.ts';

/** What binds an expression together, from tight to loose: what decides where parentheses are needed. */
type Binding = 'atom' | 'product' | 'gated' | 'sum';

interface Expression {
  readonly text: string;
  readonly binding: Binding;
}

/** A signal in symbols. */
export interface Written {
  /** Its symbol where it has one, and what it is computed from where it has none: `n`, `a − Q n`. */
  readonly expression: string;
  /** What a signal with a symbol is computed from: `Qᵀ z`. */
  readonly definition?: string;
}

/** Writes every signal of a trace in symbols: those of its signals and synapses. */
export function writeSignals(trace: Trace): readonly Written[] {
  return writeAll(trace).map(({ short, long }) => ({
    expression: short.text,
    ...(long && long.text !== short.text && { definition: long.text }),
  }));
}

/** Writes what a sample changes: `η1 [f′ ⊙ (a − Q n)] xᵀ`. @param rate the name of the learning rate */
export function writeUpdate(trace: Trace, change: Change, rate: string): string {
  const written = writeAll(trace);
  const post = written[change.post]?.short ?? unknown;
  const pre = written[change.pre]?.short ?? unknown;
  const left = post.binding === 'gated' ? `[${post.text}]` : within(post, ['atom', 'product']);
  const outer = `${left} ${within(pre, ['atom'])}ᵀ`;
  return `${rateSymbol(rate)} ${change.decay ? `(${outer} − ${change.synapses})` : outer}`;
}

/** The symbol of a learning rate: η1 is that of W1, ηq that of Q. */
export function rateSymbol(rate: string): string {
  return `η${rate.replace(/^W(?=\d)/, '').toLowerCase()}`;
}

/** W2ᵀ for W2, and W2 for W2ᵀ. */
export function transposeName(synapses: string): string {
  return synapses.endsWith('ᵀ') ? weightName(synapses) : `${synapses}ᵀ`;
}

interface Forms {
  readonly short: Expression;
  readonly long?: Expression;
}

const unknown: Expression = { text: '?', binding: 'atom' };

function writeAll(trace: Trace): readonly Forms[] {
  const forms: Forms[] = [];
  const operations = new Map<number, Operation>();
  for (const operation of trace.operations) {
    operations.set(operation.output, operation);
    if (operation.kind === 'activate') operations.set(operation.slope, operation);
  }
  const nonlinearities = trace.operations.filter(({ kind }) => kind === 'activate').length;
  const of = (id: number): Expression => forms[id]?.short ?? unknown;
  // The slope of a nonlinearity is noted before its output, and after its input.
  for (const { id, symbol } of trace.signals) {
    const operation = operations.get(id);
    const long = operation && compose(operation, id, symbol, of, nonlinearities > 1);
    const short = symbol === undefined ? long : { text: symbol, binding: 'atom' as const };
    forms[id] = { short: short ?? unknown, ...(long && { long }) };
  }
  return forms;
}

/** The expression of the signal `id` that the operation yields. */
function compose(
  operation: Operation,
  id: number,
  symbol: string | undefined,
  of: (id: number) => Expression,
  severalSlopes: boolean,
): Expression {
  switch (operation.kind) {
    case 'drive': {
      const weights = operation.reversed ? transposeName(operation.synapses) : operation.synapses;
      return { text: `${weights} ${within(of(operation.input), ['atom', 'product'])}`, binding: 'product' };
    }
    case 'minus': {
      const right = within(of(operation.right), ['atom', 'product', 'gated']);
      return { text: `${of(operation.left).text} − ${right}`, binding: 'sum' };
    }
    case 'gate': {
      const text = `${of(operation.slope).text} ⊙ ${within(of(operation.input), ['atom'])}`;
      return { text, binding: 'gated' };
    }
    case 'activate': {
      const argument = of(operation.input).text;
      if (id === operation.slope) return { text: severalSlopes ? `f′(${argument})` : 'f′', binding: 'atom' };
      const value = `f(${argument})`;
      if (operation.activation.meanRate === undefined) return { text: value, binding: 'atom' };
      return { text: `${value} − ${symbol === undefined ? `⟨${value}⟩` : `${symbol}\u0304`}`, binding: 'sum' };
    }
  }
}

/** The expression, in parentheses unless it is bound in one of these ways. */
function within({ text, binding }: Expression, bindings: readonly Binding[]): string {
  return bindings.includes(binding) ? text : `(${text})`;
}
