import { InputError } from '@apical/core';
import { isMissingNumber, missingWords } from './missing.ts';

const number = String.raw`[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?`;
const decimal = new RegExp(`^${number}$`, 'i');
/** What stands for a number, also for one that is missing or not finite. */
const numeric = new RegExp(`^(${number}|[+-]?nan|[+-]?inf(inity)?)$`, 'i');
/** Digits, of any script, and no letters: numbers with something between them or in them. And numbers of another base. */
const several = /^(?=.*\p{N})([^\p{L}]|(?<=\p{N})e(?=[+-]?\p{N}))+$|^[+-]?0[xob][\da-f_]+$/iu;

/** Whether a cell is a finite number as tables have them: digits, a point, an exponent. */
export function isDecimal(cell: string): boolean {
  return decimal.test(cell);
}

/** Whether a cell is a number with a comma before its decimals, or between thousands. */
export function hasComma(cell: string): boolean {
  return /^[+-]?\d+(\.\d+)*,\d+/.test(cell);
}

/** What to say of a number with a comma in it. */
export const commaWords =
  'has a comma in it; numbers have a point before decimals, and nothing else: pandas.read_csv(…, decimal=",") reads such a table, and to_csv writes it with points';

/** Whether a cell is a number, NaN or infinite. */
export function isNumeric(cell: string): boolean {
  return numeric.test(cell);
}

/** Whether a cell could name a column: it says something, and is no number in another form. */
export function isNameLike(cell: string): boolean {
  return !isMissingNumber(cell) && !several.test(cell);
}

/** Whether a cell is a whole number, without point and exponent, that float64 may not hold: such a one is not rounded in silence. */
export function isTooLarge(cell: string): boolean {
  return /^[+-]?\d+$/.test(cell) && !Number.isSafeInteger(Number(cell));
}

/** What to say of such a one, and what to do. */
export const tooLargeWords = 'is larger than can be read exactly; with a point at its end it is rounded';

/** A number as tables have it: a large one with an exponent, so that it is none of these. */
export function written(value: number): string {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
}

/** What texts stand for: their place among some names, or themselves, where all of these are numbers. */
export function placesOfNames(names: readonly string[]): ReadonlyMap<string, number> {
  const areNumbers = names.every((name) => isDecimal(name.trim()));
  return new Map(names.map((name, i) => [name.trim(), areNumbers ? Number(name) : i]));
}

/** The place of the name that a cell is, or the number; NaN where it is neither. */
export function numberIn(cell: string, names: ReadonlyMap<string, number>): number {
  const text = cell.trim();
  return names.get(text) ?? (decimal.test(text) ? Number(text) : Number.NaN);
}

/** @param title what the column is called, where it is @throws InputError for a cell that is no finite number, and none of the names */
export function numberOf(
  cell: string,
  place: string,
  column: number,
  names: ReadonlyMap<string, number>,
  title?: string,
): number {
  if (cell.length === 1 && names.size === 0) {
    const digit = cell.charCodeAt(0) - 48;
    if (digit >= 0 && digit <= 9) return digit;
  }
  const value = numberIn(cell, names);
  const where = () => `${place}, column ${column + 1}${title ? ` (${shortened(title)})` : ''}`;
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER && isTooLarge(cell.trim()))
    throw new InputError(`${where()}: ${shown(cell.trim())} ${tooLargeWords}`);
  if (Number.isFinite(value)) return value;
  throw new InputError(`${where()}${problemOf(cell.trim(), names)}`);
}

/** A cell of more characters is told by its first ones. */
const mostShown = 60;

/** A text as messages show it. */
export function shown(text: string): string {
  return JSON.stringify(shortened(text));
}

/** The beginning of a long text; what in it is not seen, or ends a line, as `\\u{200b}`. */
export function shortened(text: string): string {
  const start = text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
  return start.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`);
}

/** What to say of a cell that is no finite number. */
function problemOf(text: string, names: ReadonlyMap<string, number>): string {
  if (isMissingNumber(text)) return missingWords(text);
  if (hasComma(text)) return `: ${shown(text)} ${commaWords}`;
  if (/^\S+(\s+[+-]?[\d.]\S*)+$/.test(text)) {
    return `: ${shown(text)} is no number: spaces do not separate numbers; commas, semicolons and tabs do: numpy.savetxt(…, delimiter=",")`;
  }
  const [, other] = /^[+-]?[\d.]\S*?([|:&;])[\d.+-]/.exec(text) ?? [];
  if (other !== undefined) {
    const hint =
      other === ';' ? 'cells are separated otherwise here: --separator semicolon' : 'commas, semicolons and tabs do';
    return `: ${shown(text)} is no number: ${other} does not separate numbers; ${hint}`;
  }
  const known = names.size > 0 && !numeric.test(text);
  return `: ${shown(text)} is not a finite number${known ? `, and none of the classes ${[...names.keys()].join(', ')}` : ''}`;
}
