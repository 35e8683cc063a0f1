import { InputError } from '../errors.ts';
import type { Matrix } from '../matrix.ts';

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
 * @throws InputError if a matrix has not rows × cols numbers, or is called `__metadata__`
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, Matrix>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header: string[] = [];
  const texts = Object.keys(metadata).sort();
  if (texts.length > 0) {
    header.push(member(metadataKey, `{${texts.map((key) => member(key, JSON.stringify(metadata[key]!))).join(',')}}`));
  }
  const names = Object.keys(tensors).sort();
  let end = 0;
  for (const name of names) {
    const { rows, cols, data } = tensors[name]!;
    if (name === metadataKey) throw new InputError(`a matrix cannot be called ${metadataKey} in a safetensors file`);
    if (data.length !== rows * cols) {
      throw new InputError(
        `matrix ${name} has ${data.length} numbers, but ${rows} × ${cols} = ${rows * cols} are needed`,
      );
    }
    const start = end;
    end += data.byteLength;
    header.push(member(name, `{"dtype":"F32","shape":[${rows},${cols}],"data_offsets":[${start},${end}]}`));
  }
  const json = new TextEncoder().encode(`{${header.join(',')}}`);
  const headerBytes = Math.ceil(json.length / alignment) * alignment;
  const file = new Uint8Array(lengthBytes + headerBytes + end).fill(0x20, lengthBytes, lengthBytes + headerBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.set(json, lengthBytes);
  let offset = lengthBytes + headerBytes;
  for (const name of names) {
    const { data } = tensors[name]!;
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return file;
}

function member(key: string, json: string): string {
  return `${JSON.stringify(key)}:${json}`;
}

/**
 * Reads a safetensors file of float32 matrices. Strict: the matrices must fill the data without gaps or overlaps. The
 * numbers are not judged: NaN is returned as it is.
 *
 * @param bytes the whole file
 * @param source the file's name, for messages
 * @throws InputError if it is not such a file
 */
export function readSafetensors(bytes: Uint8Array, source: string): TensorFile {
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
  const tensors = found.map(({ name, rows, cols, start, end }): [string, Matrix] => {
    // Copied, because a Float32Array cannot view an address that is no multiple of four.
    return [name, { rows, cols, data: new Float32Array(data.slice(start, end).buffer) }];
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
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch (error) {
    throw corrupt(source, `its header is not JSON (${(error as Error).message})`);
  }
  if (!isObject(header)) throw corrupt(source, 'its header is not an object');
  return { header, data: plain.subarray(lengthBytes + headerBytes) };
}

function readEntry(name: string, entry: unknown, source: string) {
  if (!isObject(entry)) throw corrupt(source, `${name} is not described by an object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (dtype !== 'F32') throw corrupt(source, `${name} has dtype ${JSON.stringify(dtype)}; only F32 can be read`);
  if (!isPair(shape)) {
    throw corrupt(source, `${name} has shape ${JSON.stringify(shape)}; only matrices, [rows, columns], can be read`);
  }
  if (!isPair(offsets)) throw corrupt(source, `${name} has data_offsets ${JSON.stringify(offsets)}, not [start, end]`);
  const [rows, cols] = shape;
  const [start, end] = offsets;
  if (end - start !== 4 * rows * cols) {
    throw corrupt(
      source,
      `${name} has ${byteCount(end - start)}, but ${rows} × ${cols} numbers need ${4 * rows * cols}`,
    );
  }
  return { rows, cols, start, end };
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
