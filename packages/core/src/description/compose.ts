import { activations } from '../circuit/activation.ts';
import { type FunctionName, functions } from '../circuit/functions.ts';
import { weightName } from '../circuit/synapses.ts';
import type { Operation } from '../circuit/trace.ts';
import {
  atom,
  difference,
  type Expression,
  formatNumber,
  multiple,
  outerProduct,
  product,
  sum,
  within,
} from './binding.ts';

/** What is known while an operation is written. */
export interface Writing {
  /** The signal in symbols. */
  of(id: number): Expression;
  /** Whether the signal is the output of one cell that always fires. */
  isOne(id: number): boolean;
  /** The function of the hidden units, which is called f. */
  readonly activation: FunctionName;
  /** Whether cells put more than one current through a nonlinearity, so that f′ does not say which. */
  severalSlopes(id: number): boolean;
}

/** W2ᵀ for W2, and W2 for W2ᵀ. */
export function transposeName(synapses: string): string {
  return synapses.endsWith('ᵀ') ? weightName(synapses) : `${synapses}ᵀ`;
}

/** `sign(Wᵀ)` for W. */
export function signName(synapses: string): string {
  return `sign(${transposeName(synapses)})`;
}

/** z̄ for z, h̄1 for h1: what the running mean of a signal is called. */
export function meanSymbol(symbol: string): string {
  return `${symbol.slice(0, 1)}\u0304${symbol.slice(1)}`;
}

/**
 * What the signal `id` is computed from by the operation that yields it; undefined for what is no formula: states.
 * @param symbol what the signal is called, if it has a name
 */
export function compose(
  operation: Operation,
  id: number,
  symbol: string | undefined,
  writing: Writing,
): Expression | undefined {
  const { of } = writing;
  switch (operation.kind) {
    case 'drive':
      return composeDrive(operation, writing);
    case 'plus':
      return sum(of(operation.left), of(operation.right));
    case 'minus':
      return difference(of(operation.left), of(operation.right));
    case 'multiply':
      return product(of(operation.left), of(operation.right));
    case 'minimum':
      return atom(`min(${of(operation.left).text}, ${of(operation.right).text})`);
    case 'maximum':
      return atom(`max(${of(operation.left).text}, ${of(operation.right).text})`);
    case 'gate':
      return product(of(operation.slope), of(operation.input));
    case 'scale':
      return multiple(operation.factor, of(operation.input), operation.symbol);
    case 'apply':
      return apply(operation.function, of(operation.input));
    case 'slope':
      return atom(`${functionSymbol(operation.function)}′(${of(operation.input).text})`);
    case 'softmax':
      return atom(`softmax(${of(operation.input).text})`);
    case 'pool':
      return atom(`Σ(${of(operation.input).text})`);
    case 'constant':
      return { text: formatNumber(operation.value), binding: operation.value < 0 ? 'sum' : 'atom' };
    case 'noise':
      return atom('normal' in operation.distribution ? 'normal noise' : 'uniform noise');
    case 'activate':
      return composeActivity(operation, id, symbol, writing);
    case 'outer':
      return outerProduct(of(operation.post), writing.isOne(operation.pre) ? 'one' : of(operation.pre));
    case 'weights':
      return atom(operation.synapses);
    case 'signs':
      return atom(signName(operation.of));
    case 'equilibrium': {
      const rest = `0 = ${of(operation.residual).text}`;
      return symbol === undefined
        ? atom(`(solution ${of(operation.unknown).text} of ${rest})`)
        : atom(`solution of ${rest}`);
    }
    case 'state':
    case 'become':
    case 'repeat':
    case 'phase':
      return undefined;
  }
}

function composeDrive(
  { synapses, reversed, by, input }: Operation & { kind: 'drive' },
  { of, isOne }: Writing,
): Expression {
  const weights = by === undefined ? atom(reversed ? transposeName(synapses) : synapses) : of(by);
  if (isOne(input)) return weights;
  return { text: `${within(weights, ['atom'])} ${within(of(input), ['atom', 'product'])}`, binding: 'product' };
}

function apply(name: FunctionName, argument: Expression): Expression {
  return name === 'identity' ? argument : atom(functions[name].write(argument.text));
}

function composeActivity(
  { activation, input, slope }: Operation & { kind: 'activate' },
  id: number,
  symbol: string | undefined,
  { of, activation: ownFunction, severalSlopes }: Writing,
): Expression {
  const name = activations[activation.function];
  const argument = of(input).text;
  const isF = name === ownFunction;
  if (id === slope) {
    if (isF && !severalSlopes(id)) return atom('f′');
    return atom(`${isF ? 'f' : functionSymbol(name)}′(${argument})`);
  }
  const value = isF ? `f(${argument})` : apply(name, of(input)).text;
  if (activation.meanRate === undefined) return atom(value);
  return { text: `${value} − ${symbol === undefined ? `⟨${value}⟩` : meanSymbol(symbol)}`, binding: 'sum' };
}

/** What a function is called: σ, tanh; its name where it is written with its argument inside. */
function functionSymbol(name: FunctionName): string {
  const [, symbol = name] = /^(\S+)\(u\)$/.exec(functions[name].write('u')) ?? [];
  return symbol;
}
