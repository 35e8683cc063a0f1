import { bytesGiven, InputError, type Matrix } from '@apical/core';
import { readArrayPieces } from './array-pieces.ts';
import { fortranRoom, plainRoom } from './array-room.ts';
import { toCOrder } from './c-order.ts';
import type { Cells } from './growing-cells.ts';
import type { KeptNumbers } from './half-numbers.ts';
import { byteCount, lengthProblem } from './length.ts';
import { refuseMistaken } from './mistaken.ts';
import { cellsOf, type TextType, textTypeNamed } from './npy-texts.ts';
import { type NumberType, numberTypes, readNumbers, sizeOf, viewNumbers } from './number-types.ts';
import { lengthOf, type NumericArray, type NumericData } from './numeric-array.ts';
import { type PythonLiteral, readPythonLiteral } from './python-literal.ts';

/** What can be written: what can be read, and what JavaScript has besides. */
export interface WritableArray {
  readonly shape: readonly number[];
  readonly data: NumericData | Float16Numbers | Uint8ClampedArray | BigInt64Array | BigUint64Array;
}

/** JavaScript's array of float16, where there is one (Node.js 24 and newer); not by its name, which not all declarations of its library have. */
type Float16Numbers = typeof globalThis extends { readonly Float16Array: { readonly prototype: infer Numbers } }
  ? Numbers
  : never;

/** By the names of JavaScript's arrays, the type of NumPy that has the same bytes. */
const writtenTypes: Readonly<Record<string, string>> = {
  Uint8Array: '|u1',
  Uint8ClampedArray: '|u1',
  Int8Array: '|i1',
  Uint16Array: '<u2',
  Int16Array: '<i2',
  Uint32Array: '<u4',
  Int32Array: '<i4',
  BigUint64Array: '<u8',
  BigInt64Array: '<i8',
  Float16Array: '<f2',
  Float32Array: '<f4',
  Float64Array: '<f8',
};

/** Other names that NumPy has for types. */
const otherNames: Readonly<Record<string, NumberType>> = {
  ...{ bool: 'b1', uint8: 'u1', int8: 'i1', uint16: 'u2', int16: 'i2', uint32: 'u4', int32: 'i4', uint64: 'u8' },
  ...{ int64: 'i8', float16: 'f2', float32: 'f4', float64: 'f8' },
  ...{ '?': 'b1', B: 'u1', b: 'i1', H: 'u2', h: 'i2', I: 'u4', i: 'i4', Q: 'u8', q: 'i8', e: 'f2', f: 'f4', d: 'f8' },
};

const magic = [0x93, ...new TextEncoder().encode('NUMPY')];
const alignment = 64;

/**
 * Reads an array in NumPy's format, as `numpy.save` writes it (https://numpy.org/neps/nep-0001-npy-format.html): of truth values,
 * integers and floats, of either byte order, in C or Fortran order. What lies behind the array is left out, as NumPy does.
 * Truth values become 0 and 1, float16 float32, and integers of 64 bits float64. The numbers are not judged: NaN is returned as it is.
 *
 * @param file the whole file
 * @param source the file's name, for messages
 * @throws InputError for another file or type, fewer numbers than the shape says, and integers beyond ±(2⁵³ − 1)
 */
export function readNpy(file: Uint8Array | ArrayBuffer, source: string): NumericArray {
  return readNpyWhole(bytesGiven(file, source), source, false);
}

/** `readNpy` of an array that may be of texts, such as names of classes. @throws InputError as `readNpy`, and for texts in several columns */
export function readNpyTexts(file: Uint8Array, source: string): NpyArray {
  return readNpyWhole(file, source, true);
}

function readNpyWhole(bytes: Uint8Array, source: string, texts: boolean): NpyArray {
  const { type, text, bigEndian, fortran, shape, offset } = readNpyHeader(bytes, source, texts);
  const end = offset + (text?.size ?? sizeOf(type)) * lengthOf(shape);
  if (!(bytes.length >= end)) throw new InputError(`${source}: ${lengthProblem(end, bytes.length)}`);
  const numbers = bytes.subarray(offset, end);
  if (text) return textsOf(numbers, shape, text, source);
  return fortran
    ? inCOrder({ shape, data: viewNumbers(numbers, type, bigEndian, source) })
    : { shape, data: readNumbers(numbers, type, bigEndian, source) };
}

/** An array of numbers, or of texts. */
export interface NpyArray extends NumericArray {
  /** Of texts, one in each row: what they are; the numbers are their codes, then, or what they say. */
  readonly cells?: Cells;
}

/** An array of a file, its numbers as they are kept. */
export interface KeptArray extends Omit<NpyArray, 'data'> {
  readonly data: KeptNumbers;
}

/**
 * `readNpy` of a file that comes piece by piece, which as a whole is never in memory; float16 is kept as it is.
 *
 * @param most how many bytes it has at most. @param texts whether it may be of texts, such as names of classes
 */
export async function readNpyPieces(
  pieces: AsyncIterable<Uint8Array>,
  source: string,
  most: number,
  texts = false,
): Promise<KeptArray> {
  const readHeader = (start: Uint8Array) => {
    const found = readNpyHeader(start, source, texts);
    return { ...found, count: lengthOf(found.shape) * (found.text?.size ?? 1) };
  };
  const { header, data } = await readArrayPieces(pieces, source, most, readHeader, false, (found) =>
    found.fortran && found.shape.length > 1 && found.count > 0 && !found.text
      ? fortranRoom(found, found.shape, source)
      : plainRoom(found, source),
  );
  const { shape, text } = header;
  return text ? textsOf(data as Uint8Array, shape, text, source) : { shape, data };
}

function textsOf(bytes: Uint8Array, shape: readonly number[], text: TextType, source: string): NpyArray {
  const [rows = 1, ...rest] = shape;
  if (lengthOf(rest) !== 1)
    throw new InputError(`${source}: texts in ${lengthOf(rest)} columns: names of classes are one a sample`);
  const cells = cellsOf(bytes, rows, text, source);
  return { shape, data: cells.kinds ? cells.codes : cells.numbers, cells };
}

/** An array of which the numbers lie in Fortran order. */
function inCOrder(array: NumericArray): NumericArray {
  return array.shape.length > 1 && array.data.length > 0 ? toCOrder(array) : array;
}

/**
 * Writes an array in NumPy's format, which `numpy.load` reads, of the type that its numbers have.
 * @throws InputError for a shape that does not fit the data, and for data that are no typed array
 */
export function writeNpy(array: WritableArray | Matrix): Uint8Array {
  const { shape, data } = 'shape' in array ? array : { shape: [array.rows, array.cols], data: array.data };
  const name = Object.prototype.toString.call(data).slice('[object '.length, -1);
  const type = Object.hasOwn(writtenTypes, name) ? writtenTypes[name] : undefined;
  if (type === undefined) {
    throw new InputError(
      `data of the kind ${name} cannot be written: give a typed array, such as Float32Array.from(…)`,
    );
  }
  const length = lengthOf(shape);
  if (data.length !== length) {
    throw new InputError(`an array of shape ${shape.join(' × ')} needs ${length} numbers, not ${data.length}`);
  }
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const prefix = magic.length + 4;
  const offset = Math.ceil((prefix + text.length + 1) / alignment) * alignment;
  const file = new Uint8Array(offset + data.byteLength).fill(0x20, prefix, offset);
  file.set([...magic, 1, 0]);
  new DataView(file.buffer).setUint16(magic.length + 2, offset - prefix, true);
  file.set(new TextEncoder().encode(text), prefix);
  file[offset - 1] = 0x0a;
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
  return file;
}

/** Whether a file begins as those of NumPy do. */
export function isNpy(bytes: Uint8Array): boolean {
  return magic.every((value, i) => bytes[i] === value);
}

/** The header's text, and where the numbers begin. */
function splitHeader(bytes: Uint8Array, source: string): { header: string; offset: number } {
  if (!isNpy(bytes)) {
    refuseMistaken(bytes, source);
    throw new InputError(`${source}: not a file in NumPy's format (.npy)`);
  }
  const major = bytes[magic.length] ?? 0;
  if (major < 1 || major > 3) throw new InputError(`${source}: version ${major} of NumPy's format; 1 to 3 can be read`);
  const prefix = magic.length + (major === 1 ? 4 : 6);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < prefix)
    throw new InputError(`${source}: it has only ${byteCount(bytes.length)}: it is incomplete`);
  const at = magic.length + 2;
  const offset = prefix + (major === 1 ? view.getUint16(at, true) : view.getUint32(at, true));
  if (bytes.length < offset) throw new InputError(`${source}: its header is cut: the file is incomplete`);
  return { header: new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(prefix, offset)), offset };
}

interface Header {
  /** Of texts, that of their bytes. */
  readonly type: NumberType;
  readonly text?: TextType;
  readonly bigEndian: boolean;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  readonly offset: number;
}

/** What the file's beginning says, a Python dictionary of three entries, and where the numbers begin. @throws InputError as `readNpy` */
function readNpyHeader(bytes: Uint8Array, source: string, texts = false): Header {
  const { header, offset } = splitHeader(bytes, source);
  const refuse = (why: string): never => {
    const shown = header.trim().slice(0, 300);
    throw new InputError(`${source}: its header is not that of an array of numbers: ${why}: ${JSON.stringify(shown)}`);
  };
  let entries: PythonLiteral = null;
  try {
    entries = readPythonLiteral(header);
  } catch (error) {
    refuse((error as Error).message);
  }
  if (!(entries instanceof Map)) return refuse('it is no dictionary');
  const [descr, fortran, shape] = ['descr', 'fortran_order', 'shape'].map((key) => entries.get(key));
  if (entries.size !== 3 || descr === undefined) return refuse('it must have descr, fortran_order and shape');
  if (typeof fortran !== 'boolean') return refuse('fortran_order must be True or False');
  if (!Array.isArray(shape) || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    return refuse('shape must be a tuple of whole numbers');
  }
  const text = texts && typeof descr === 'string' ? textTypeNamed(descr) : undefined;
  const type = text ? ({ type: 'u1', bigEndian: false, text } as const) : typeNamed(descr, source);
  return { ...type, fortran, shape, offset };
}

/** @throws InputError for types that are none of numbers, with what to do in NumPy */
function typeNamed(descr: PythonLiteral | undefined, source: string): Pick<Header, 'type' | 'bigEndian'> {
  if (Array.isArray(descr)) {
    throw new InputError(`${source}: an array of records; in NumPy, save its columns of numbers, X["name"]`);
  }
  const [, mark = '', name = ''] = /^([<>=|]?)(.*)$/s.exec(String(descr))!;
  const type =
    numberTypes.find((each) => each === name) ?? (Object.hasOwn(otherNames, name) ? otherNames[name] : undefined);
  if (type) return { type, bigEndian: mark === '>' };
  if (/^[USaT]/.test(name)) {
    throw new InputError(
      `${source}: an array of texts (${descr}), not of numbers; texts can be classes that are learned, or that a model knows by name`,
    );
  }
  if (name.startsWith('O')) {
    throw new InputError(
      `${source}: an array of Python objects, which are not read; in NumPy, save numbers or texts: numpy.array(X.tolist())`,
    );
  }
  const remedy = name.startsWith('c') ? 'X.real and X.imag' : 'X.astype("f8")';
  throw new InputError(
    `${source}: an array of type ${descr}; only ${numberTypes.join(', ')} can be read: in NumPy, save ${remedy}`,
  );
}
