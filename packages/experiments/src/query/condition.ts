import { InputError } from '@apical/core';
import type { Settings } from '../config/settings.ts';
import { suggestion } from '../config/suggestion.ts';
import { type Token, tokenize } from './tokens.ts';

/** A condition on settings, such as `rule=bmvr and hidden>=64`. */
export interface Condition {
  /** The settings that it asks about. */
  readonly names: readonly string[];
  /** What it compares, one by one. */
  readonly comparisons: readonly Comparison[];
  holds(settings: Settings): boolean;
}

/** One comparison of a condition, such as `hidden>=64`. */
export interface Comparison {
  readonly name: string;
  /** With what it is compared, as it is written. */
  readonly operand: string;
  /** All of it, without spaces. */
  readonly text: string;
  readonly holds: (settings: Settings) => boolean;
}

const comparisons: Readonly<Record<string, (difference: number) => boolean>> = {
  '=': (difference) => difference === 0,
  '==': (difference) => difference === 0,
  '!=': (difference) => difference !== 0,
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
};

const signs = Object.keys(comparisons).join(' ');

/**
 * Reads a condition: comparisons (`= != < <= > >=`) of a setting with a number, a text or another setting, joined by `and`,
 * `or`, `not` and parentheses; `and` binds before `or`. A comparison with a setting that is not there does not hold.
 *
 * @param known the names that there are, if that is known: others are refused
 * @throws InputError for what is not a condition, with its column, and for names that there are not, with a suggestion
 */
export function parseCondition(text: string, known?: readonly string[]): Condition {
  return new ConditionParser(text, known).parse();
}

type Test = Condition['holds'];

class ConditionParser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #known: readonly string[] | undefined;
  readonly #comparisons: Comparison[] = [];
  #next = 0;

  constructor(text: string, known: readonly string[] | undefined) {
    this.#text = text;
    this.#tokens = tokenize(text);
    this.#known = known;
  }

  parse(): Condition {
    const holds = this.#alternatives();
    const rest = this.#tokens[this.#next];
    if (rest) throw this.#mistake(`"and" or "or" is expected before "${rest.text}"`, rest);
    const comparisons = this.#comparisons;
    return { names: comparisons.map(({ name }) => name), comparisons, holds };
  }

  #alternatives(): Test {
    const tests = [this.#conjunction()];
    while (this.#take('or')) tests.push(this.#conjunction());
    return (settings) => tests.some((test) => test(settings));
  }

  #conjunction(): Test {
    const tests = [this.#single()];
    while (this.#take('and')) tests.push(this.#single());
    return (settings) => tests.every((test) => test(settings));
  }

  #single(): Test {
    if (this.#take('not')) {
      const test = this.#single();
      return (settings) => !test(settings);
    }
    if (!this.#take('(')) return this.#comparison();
    const inner = this.#alternatives();
    if (!this.#take(')')) throw this.#mistake('")" is missing', this.#tokens[this.#next]);
    return inner;
  }

  #comparison(): Test {
    const name = this.#word('a setting');
    const sign = this.#tokens[this.#next++];
    const compare = comparisons[sign?.quoted ? '' : (sign?.text ?? '')];
    if (!compare) throw this.#mistake(`one of ${signs} is expected after "${name.text}"`, sign);
    const operand = this.#word('a value');
    this.#check(name);
    const holds: Test = (settings) => {
      const difference = compared(settings[name.text], operandValue(operand, settings));
      return difference !== undefined && compare(difference);
    };
    const text = `${name.text}${sign?.text}${operand.text}`;
    this.#comparisons.push({ name: name.text, operand: operand.text, text, holds });
    return holds;
  }

  #word(what: string): Token {
    const token = this.#tokens[this.#next++];
    if (!token || (!token.quoted && /^[()<>=!]/.test(token.text))) throw this.#mistake(`${what} is expected`, token);
    return token;
  }

  #take(text: string): boolean {
    const token = this.#tokens[this.#next];
    const found = token !== undefined && !token.quoted && token.text === text;
    if (found) this.#next++;
    return found;
  }

  #check(name: Token): void {
    if (this.#known && !this.#known.includes(name.text)) {
      const hint = suggestion(name.text, this.#known) || `; there are ${this.#known.join(', ')}`;
      throw this.#mistake(`there is no setting "${name.text}"${hint}`, name);
    }
  }

  #mistake(problem: string, token: Token | undefined): InputError {
    const column = token?.column ?? this.#text.length + 1;
    return new InputError(`condition "${this.#text}": column ${column}: ${problem}`);
  }
}

/** A number, true or false, another setting's value, or a text. */
function operandValue({ text, quoted }: Token, settings: Settings): unknown {
  if (quoted) return text;
  if (Object.hasOwn(settings, text)) return settings[text];
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

/** Negative, zero or positive; NaN where they differ without an order; undefined where there is nothing to compare. */
function compared(a: unknown, b: unknown): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a - b;
  return String(a) === String(b) ? 0 : Number.NaN;
}
