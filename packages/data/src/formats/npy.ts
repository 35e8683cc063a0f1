import { InputError, type Matrix } from '@apical/core';
import { byteCount, lengthProblem } from './length.ts';

/** An array of numbers as NumPy has it, in C order: the last index runs fastest. */
export interface NumericArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array | Int32Array | Float32Array | Float64Array;
}

/** What is read of each of NumPy's types: little-endian, or single bytes. */
const readers: Readonly<
  Record<string, { size: number; read(bytes: ArrayBuffer, source: string): NumericArray['data'] }>
> = {
  '|u1': { size: 1, read: (bytes) => new Uint8Array(bytes) },
  '<i4': { size: 4, read: (bytes) => new Int32Array(bytes) },
  '<i8': { size: 8, read: readLong },
  '<f4': { size: 4, read: (bytes) => new Float32Array(bytes) },
  '<f8': { size: 8, read: (bytes) => new Float64Array(bytes) },
};

const magic = [0x93, ...new TextEncoder().encode('NUMPY')];
const alignment = 64;

/**
 * Reads an array in NumPy's format, as `numpy.save` writes it (https://numpy.org/neps/nep-0001-npy-format.html): of unsigned
 * bytes, 32- or 64-bit integers or floats, in C order. 64-bit integers become float64. The numbers are not judged: NaN is
 * returned as it is.
 *
 * @param bytes the whole file
 * @param source the file's name, for messages
 * @throws InputError for another file, type or order, another length than the shape says, and integers beyond ±(2⁵³ − 1)
 */
export function readNpy(bytes: Uint8Array, source: string): NumericArray {
  const { header, offset } = splitHeader(bytes, source);
  const { type, shape } = readHeader(header, source);
  const reader = readers[type];
  if (!reader) {
    throw new InputError(
      `${source}: an array of type ${type}; only ${Object.keys(readers).join(', ')} can be read: in NumPy, save X.astype("f4")`,
    );
  }
  const expected = offset + reader.size * shape.reduce((product, size) => product * size, 1);
  if (bytes.length !== expected) throw new InputError(`${source}: ${lengthProblem(expected, bytes.length)}`);
  return { shape, data: reader.read(Uint8Array.from(bytes.subarray(offset)).buffer, source) };
}

/** Writes an array in NumPy's format, which `numpy.load` reads. @throws InputError for a shape that does not fit the data */
export function writeNpy(array: NumericArray | Matrix): Uint8Array {
  const { shape, data } = 'shape' in array ? array : { shape: [array.rows, array.cols], data: array.data };
  const length = shape.reduce((product, size) => product * size, 1);
  if (data.length !== length) {
    throw new InputError(`an array of shape ${shape.join(' × ')} needs ${length} numbers, not ${data.length}`);
  }
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${typeOf(data)}', 'fortran_order': False, 'shape': (${sizes}), }`;
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

/** The header's text, and where the numbers begin. */
function splitHeader(bytes: Uint8Array, source: string): { header: string; offset: number } {
  if (magic.some((value, i) => bytes[i] !== value))
    throw new InputError(`${source}: not a file in NumPy's format (.npy)`);
  const major = bytes[magic.length] ?? 0;
  if (major < 1 || major > 3) throw new InputError(`${source}: version ${major} of NumPy's format; 1 to 3 can be read`);
  const prefix = magic.length + (major === 1 ? 4 : 6);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < prefix)
    throw new InputError(`${source}: it has only ${byteCount(bytes.length)}: it is incomplete`);
  const at = magic.length + 2;
  const offset = prefix + (major === 1 ? view.getUint16(at, true) : view.getUint32(at, true));
  if (bytes.length < offset) throw new InputError(`${source}: its header is cut: the file is incomplete`);
  return { header: new TextDecoder('latin1').decode(bytes.subarray(prefix, offset)), offset };
}

/** The header is a Python dictionary of three entries. */
function readHeader(header: string, source: string): { type: string; shape: number[] } {
  const type = /'descr': *'([^']*)'/.exec(header)?.[1];
  const fortran = /'fortran_order': *(True|False)/.exec(header)?.[1];
  const sizes = /'shape': *\(((?:\d+, *)*\d*)\)/.exec(header)?.[1];
  if (type === undefined || fortran === undefined || sizes === undefined) {
    throw new InputError(`${source}: its header is not that of an array of numbers: ${JSON.stringify(header.trim())}`);
  }
  const shape = sizes
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number);
  if (fortran === 'True') {
    throw new InputError(`${source}: in Fortran order; in NumPy, save numpy.ascontiguousarray(X)`);
  }
  return { type, shape };
}

function readLong(bytes: ArrayBuffer, source: string): Float64Array {
  return Float64Array.from(new BigInt64Array(bytes), (value, i) => {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) {
      throw new InputError(`${source}: ${value} at place ${i.toLocaleString('en')} is larger than can be read exactly`);
    }
    return number;
  });
}

function typeOf(data: NumericArray['data']): string {
  if (data instanceof Uint8Array) return '|u1';
  if (data instanceof Int32Array) return '<i4';
  return data instanceof Float32Array ? '<f4' : '<f8';
}
