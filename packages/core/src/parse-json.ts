import { InputError } from './errors.ts';

/** How deep values may lie in each other: far more than anything that is meant, and little enough to be gone through by recursion. */
const deepest = 500;

/**
 * What a text of JSON says. It may begin with a byte order mark. What JSON leaves open, and programs answer differently, is refused:
 * a key that an object has twice.
 *
 * @param source the file's name, for messages
 * @throws InputError, in one line, for a text that is not JSON, more than one value, or a key given twice, with line and column, and values that lie
 *   more than 500 deep in each other
 */
export function parseJson(text: string, source: string): unknown {
  const json = text.startsWith('\ufeff') ? text.slice(1) : text;
  const problem = problemOf(json);
  if (problem?.kind === 'depth') {
    throw new InputError(`${source}: ${placeOf(json, problem.at)}: values lie more than ${deepest} deep in each other`);
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const more = moreAt(json);
    const why =
      json.trim() === ''
        ? 'it is empty'
        : more !== undefined
          ? `${placeOf(json, more)}: more follows after the end of its value; a file holds one`
          : (error as Error).message.replaceAll(/\s+/g, ' ');
    throw new InputError(`${source}: is not JSON: ${why}`, { cause: error });
  }
  if (problem) {
    const key = json.slice(problem.at, problem.end);
    throw new InputError(`${source}: ${placeOf(json, problem.at)}: ${key} is given twice; which is meant?`);
  }
  return value;
}

type Problem = { readonly kind: 'depth'; readonly at: number } | { readonly kind: 'twice'; at: number; end: number };

/** The first place that is too deep, or the first key that its object has already. The text need not be JSON. */
function problemOf(json: string): Problem | undefined {
  /** For each value that is open the keys so far; of an array, nothing. */
  const open: (Set<string> | undefined)[] = [];
  let twice: Problem | undefined;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '{' || character === '[') {
      if (open.length === deepest) return { kind: 'depth', at };
      open.push(character === '{' ? new Set() : undefined);
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === '"') {
      const end = endOfText(json, at);
      const keys = open.at(-1);
      if (keys && json[skipSpace(json, end)] === ':') {
        const key = json.slice(at + 1, end - 1);
        const name = key.includes('\\') ? unescaped(key) : key;
        if (keys.has(name)) twice ??= { kind: 'twice', at, end };
        keys.add(name);
      }
      at = end - 1;
    }
  }
  return twice;
}

/** Where more follows after a whole value; undefined where that is not what is wrong. */
function moreAt(json: string): number | undefined {
  let end = 0;
  let depth = 0;
  do {
    const start = skipSpace(json, end);
    const character = json[start] ?? '';
    end = character === '"' ? endOfText(json, start) : endOfWord(json, start);
    if (character === '{' || character === '[') depth++;
    if (character === '}' || character === ']') depth--;
  } while (depth > 0 && end < json.length);
  const more = skipSpace(json, end);
  return more < json.length && isJson(json.slice(0, end)) ? more : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Where the sign, number or name that begins here has ended. */
function endOfWord(json: string, start: number): number {
  let at = start;
  while (at < json.length && !' \n\r\t"{}[],:'.includes(json[at]!)) at++;
  return Math.max(at, start + 1);
}

/** Where the text that begins here has ended. */
function endOfText(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === '\\') at++;
    else if (json[at] === '"') return at + 1;
  }
  return json.length;
}

function skipSpace(json: string, start: number): number {
  let at = start;
  while (json[at] === ' ' || json[at] === '\n' || json[at] === '\r' || json[at] === '\t') at++;
  return at;
}

function unescaped(key: string): string {
  try {
    return JSON.parse(`"${key}"`);
  } catch {
    return key;
  }
}

function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `line ${before.length.toLocaleString('en')}, column ${before.at(-1)!.length + 1}`;
}
