/** A value as Python writes it: of the literals those that headers of NumPy's files have. */
export type PythonLiteral =
  | string
  | number
  | boolean
  | null
  | readonly PythonLiteral[]
  | ReadonlyMap<PythonLiteral, PythonLiteral>;

/** What a token is, and its text. White space lies between tokens. */
const token =
  /\s*(?:([bBuUrR]{0,2})('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|([+-]?\d+)[lL]?|([A-Za-z_]\w*)|([{}()[\],:]))/y;
const words: ReadonlyMap<string, PythonLiteral> = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
]);
/** Headers have records in lists in dictionaries, and no more. */
const deepest = 20;

/**
 * Reads a literal of Python 3, or of Python 2 with its long integers (`3L`): texts, whole numbers, truth values, None, tuples, lists
 * and dictionaries, in which of a key given twice the last counts, as in Python. Tuples and lists both become arrays.
 *
 * @throws SyntaxError for what is none
 */
export function readPythonLiteral(text: string): PythonLiteral {
  let at = 0;
  let depth = 0;

  function next(): RegExpExecArray {
    token.lastIndex = at;
    const found = token.exec(text);
    if (!found) throw new SyntaxError(`${JSON.stringify(text.slice(at, at + 20))} is not understood`);
    at = token.lastIndex;
    return found;
  }

  /** Whether this is what comes next; it is then taken. */
  function takes(mark: string): boolean {
    token.lastIndex = at;
    if (token.exec(text)?.[5] !== mark) return false;
    at = token.lastIndex;
    return true;
  }

  function expectMark(mark: string): void {
    if (!takes(mark)) throw new SyntaxError(`${mark} is missing before ${JSON.stringify(text.slice(at, at + 20))}`);
  }

  /** What stands between marks, separated by commas; one may stand at the end. */
  function list(end: string, item: () => void): { trailing: boolean } {
    let trailing = false;
    while (!takes(end)) {
      item();
      trailing = takes(',');
      if (trailing) continue;
      expectMark(end);
      break;
    }
    return { trailing };
  }

  function value(): PythonLiteral {
    const [, , quoted, whole, word, mark] = next();
    if (quoted !== undefined) return unquoted(quoted);
    if (whole !== undefined) return wholeNumber(whole);
    if (word !== undefined && words.has(word)) return words.get(word)!;
    if (mark !== undefined && ++depth > deepest) throw new SyntaxError('values lie too deep in each other');
    const items: PythonLiteral[] = [];
    if (mark === '[') {
      list(']', () => items.push(value()));
    } else if (mark === '(') {
      const { trailing } = list(')', () => items.push(value()));
      // Parentheses around one value without a comma are no tuple.
      if (items.length === 1 && !trailing) return items[0]!;
    } else if (mark === '{') {
      const entries = new Map<PythonLiteral, PythonLiteral>();
      list('}', () => {
        const key = value();
        expectMark(':');
        entries.set(key, value());
      });
      depth--;
      return entries;
    } else throw new SyntaxError(`${word ?? mark} stands where a value is expected`);
    depth--;
    return items;
  }

  const result = value();
  if (text.slice(at).trim() !== '') throw new SyntaxError(`${JSON.stringify(text.slice(at, at + 20))} is too much`);
  return result;
}

/** Not rounded: a number beyond 2⁵³ is refused. */
function wholeNumber(digits: string): number {
  const number = Number(digits);
  if (!Number.isSafeInteger(number)) throw new SyntaxError(`${digits} is larger than any file`);
  return number;
}

/** Of escapes those that stand for the character after the backslash are understood. */
function unquoted(text: string): string {
  return text.slice(1, -1).replaceAll(/\\(.)/gs, '$1');
}
