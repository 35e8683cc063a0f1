import { decodeText } from '../decode-text.ts';
import { InputError } from '../errors.ts';
import { bytesGiven } from '../given.ts';
import type { Matrix } from '../matrix.ts';
import { parseJson } from '../parse-json.ts';
import { tensorTypes } from './tensor-types.ts';

/** Matrices by name, and free text by key. */
export interface TensorFile {
  readonly tensors: Record<string, Matrix>;
  readonly metadata: Record<string, string>;
}

const metadataKey = '__metadata__';
const lengthBytes = 8;
const alignment = 8;
/** The format's own bound: a longer header is taken for a corrupt file. */
const maximumHeaderBytes = 100_000_000;

/**
 * Writes matrices in the safetensors format (https://github.com/huggingface/safetensors), as float32. Names and keys
 * are sorted, so that the same matrices and metadata give the same bytes, whatever the order they come in.
 *
 * @throws InputError if a matrix has not rows × cols numbers, or is called `__metadata__`, for metadata that are no texts, and for texts
 *   that no UTF-8 can hold
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, Matrix>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header: string[] = [];
  checkTexts(metadata);
  const texts = Object.keys(metadata).sort();
  if (texts.length > 0) {
    header.push(member(metadataKey, `{${texts.map((key) => member(key, JSON.stringify(metadata[key]!))).join(',')}}`));
  }
  const names = Object.keys(tensors).sort();
  let end = 0;
  for (const name of names) {
    const { rows, cols, data } = tensors[name]!;
    checkText('the name of a matrix', name);
    if (name === metadataKey) throw new InputError(`a matrix cannot be called ${metadataKey} in a safetensors file`);
    if (data.length !== rows * cols) {
      throw new InputError(
        `matrix ${name} has ${data.length} numbers, but ${rows} × ${cols} = ${rows * cols} are needed`,
      );
    }
    const start = end;
    end += 4 * data.length;
    header.push(member(name, `{"dtype":"F32","shape":[${rows},${cols}],"data_offsets":[${start},${end}]}`));
  }
  const json = new TextEncoder().encode(`{${header.join(',')}}`);
  const headerBytes = Math.ceil(json.length / alignment) * alignment;
  const file = new Uint8Array(lengthBytes + headerBytes + end).fill(0x20, lengthBytes, lengthBytes + headerBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.set(json, lengthBytes);
  let offset = lengthBytes + headerBytes;
  for (const name of names) {
    const data: ArrayLike<number> = tensors[name]!.data;
    const floats = data instanceof Float32Array ? data : Float32Array.from(data);
    file.set(new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength), offset);
    offset += floats.byteLength;
  }
  return file;
}

function member(key: string, json: string): string {
  return `${JSON.stringify(key)}:${json}`;
}

/** @throws InputError for metadata that another program could not read */
function checkTexts(metadata: unknown): void {
  if (!isObject(metadata)) throw new InputError(`metadata must be an object of texts, not ${String(metadata)}`);
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value !== 'string') {
      const instead = typeof value === 'object' ? JSON.stringify(value) : String(value);
      throw new InputError(`metadata.${key} must be a text, not ${instead}: in safetensors all metadata are`);
    }
    checkText('a key of metadata', key);
    checkText(`metadata.${key}`, value);
  }
}

function checkText(name: string, text: string): void {
  if (/\p{Cs}/u.test(text)) {
    throw new InputError(
      `${name} has half of a character (a lone surrogate), which no UTF-8 holds: ${JSON.stringify(text)}`,
    );
  }
}

/**
 * Reads a safetensors file of matrices: float32, and as such what is float16, bfloat16 or float64. Strict: the matrices must fill the
 * data without gaps or overlaps. The numbers are not judged: NaN is returned as it is. Those of float32 are not copied where they can
 * be viewed in the file, which must not be changed afterwards, then.
 *
 * @param file the whole file
 * @param source the file's name, for messages
 * @throws InputError if it is not such a file, or has tensors of other types or of other dimensions than two
 */
export function readSafetensors(file: Uint8Array | ArrayBuffer, source: string): TensorFile {
  const bytes = bytesGiven(file, source);
  const { header, data } = splitHeader(bytes, source);
  const { [metadataKey]: texts = {}, ...entries } = header;
  if (!isObject(texts) || !Object.values(texts).every((value) => typeof value === 'string')) {
    throw corrupt(source, `${metadataKey} must hold texts only`);
  }
  const found = Object.entries(entries).map(([name, entry]) => ({ name, ...readEntry(name, entry, source) }));
  found.sort((a, b) => a.start - b.start || a.end - b.end);
  let next = 0;
  for (const { name, start, end } of found) {
    if (start !== next) throw corrupt(source, `${name} starts at byte ${start} of the data, not at ${next}`);
    next = end;
  }
  if (next !== data.length) {
    throw corrupt(source, `its matrices take ${byteCount(next)} of data, but ${byteCount(data.length)} are there`);
  }
  const tensors = found.map(({ name, rows, cols, type, start, end }): [string, Matrix] => {
    const numbers = type.read(data.subarray(start, end));
    if (type.size > 4) checkFits(name, numbers, data.subarray(start, end), source);
    return [name, { rows, cols, data: numbers }];
  });
  return { tensors: Object.fromEntries(tensors), metadata: texts as Record<string, string> };
}

function splitHeader(bytes: Uint8Array, source: string): { header: Record<string, unknown>; data: Uint8Array } {
  if (bytes.length < lengthBytes) throw corrupt(source, `it has only ${byteCount(bytes.length)}`);
  const headerBytes = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (headerBytes > maximumHeaderBytes || headerBytes > bytes.length - lengthBytes) {
    throw corrupt(
      source,
      `a header of ${byteCount(headerBytes)} is announced, but the file has ${byteCount(bytes.length)}`,
    );
  }
  // A plain view, because the slice of a Buffer would be a view, not a copy.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const json = plain.slice(lengthBytes, lengthBytes + headerBytes);
  let header: unknown;
  try {
    header = parseJson(decodeText(json, 'its header'), 'its header');
  } catch (error) {
    throw corrupt(source, (error as Error).message);
  }
  if (!isObject(header)) throw corrupt(source, 'its header is not an object');
  return { header, data: plain.subarray(lengthBytes + headerBytes) };
}

function saying(what: string, value: unknown): string {
  return value === undefined ? `no ${what}` : `${what} ${JSON.stringify(value)}`;
}

function readEntry(name: string, entry: unknown, source: string) {
  if (!isObject(entry)) throw corrupt(source, `${name} is not described by an object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string') throw corrupt(source, `${name} has ${saying('dtype', dtype)}`);
  const type = Object.hasOwn(tensorTypes, dtype) ? tensorTypes[dtype] : undefined;
  if (!type) {
    throw new InputError(
      `${source}: ${name} is of type ${dtype}; weights of ${Object.keys(tensorTypes).join(', ')} can be read`,
    );
  }
  if (!Array.isArray(shape) || !shape.every((n) => Number.isSafeInteger(n) && n >= 0)) {
    throw corrupt(source, `${name} has ${saying('shape', shape)}`);
  }
  if (!isPair(shape)) {
    throw new InputError(
      `${source}: ${name} has shape ${JSON.stringify(shape)}; only matrices, [rows, columns], can be read: a bias is [n, 1]`,
    );
  }
  if (!isPair(offsets)) throw corrupt(source, `${name} has ${saying('data_offsets', offsets)}, not [start, end]`);
  const [rows, cols] = shape;
  const [start, end] = offsets;
  if (end - start !== type.size * rows * cols) {
    throw corrupt(
      source,
      `${name} has ${byteCount(end - start)}, but ${rows} × ${cols} numbers of ${dtype} need ${type.size * rows * cols}`,
    );
  }
  return { rows, cols, type, start, end };
}

/** Refuses float64 numbers that are finite, but not as float32. */
function checkFits(name: string, numbers: Float32Array, bytes: Uint8Array, source: string): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bad = numbers.findIndex((value, i) => !Number.isFinite(value) && Number.isFinite(view.getFloat64(8 * i, true)));
  if (bad < 0) return;
  throw new InputError(
    `${source}: ${name} has ${view.getFloat64(8 * bad, true)} at place ${bad}: float32 holds numbers up to 3.4e38`,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPair(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

const byteCount = new Intl.NumberFormat('en', { style: 'unit', unit: 'byte', unitDisplay: 'long' }).format;

function corrupt(source: string, problem: string): InputError {
  return new InputError(`${source}: not a sound safetensors file: ${problem}`);
}
