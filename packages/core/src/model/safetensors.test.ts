import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Matrix } from '../matrix.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

const matrix: fc.Arbitrary<Matrix> = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }))
  .chain(([rows, cols]) =>
    fc.record({
      rows: fc.constant(rows),
      cols: fc.constant(cols),
      data: fc.float32Array({ minLength: rows * cols, maxLength: rows * cols }),
    }),
  );
const name = fc.string({ unit: 'binary' }).filter((text) => text !== '__metadata__');
const tensorsArbitrary = fc.dictionary(name, matrix, { maxKeys: 5, noNullPrototype: true });
const metadataArbitrary = fc.dictionary(fc.string(), fc.string(), { maxKeys: 5, noNullPrototype: true });

/** A file with that header, as text or to be written as JSON, and that much data. */
function file(header: unknown, dataBytes = 0): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, Buffer.alloc(dataBytes)]);
}

const entry = (rows: number, cols: number, start: number, end: number) => ({
  dtype: 'F32',
  shape: [rows, cols],
  data_offsets: [start, end],
});

test('any matrices and metadata are read as they were written', () => {
  fc.assert(
    fc.property(tensorsArbitrary, metadataArbitrary, (tensors, metadata) => {
      expect(readSafetensors(writeSafetensors(tensors, metadata), 'a')).toEqual({ tensors, metadata });
    }),
  );
});

test('the same content gives the same bytes in any order', () => {
  const reversed = <T>(record: Record<string, T>) => Object.fromEntries(Object.entries(record).reverse());
  fc.assert(
    fc.property(tensorsArbitrary, metadataArbitrary, (tensors, metadata) => {
      expect(writeSafetensors(reversed(tensors), reversed(metadata))).toEqual(writeSafetensors(tensors, metadata));
    }),
  );
});

test('the bytes are those of the format', () => {
  const bytes = writeSafetensors({ W: { rows: 1, cols: 2, data: Float32Array.of(1, -2) } }, { rule: 'bmvr' });
  const json = '{"__metadata__":{"rule":"bmvr"},"W":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}';
  const header = json.padEnd(88);
  expect(Buffer.from(bytes).toString('latin1')).toBe(`\x58\0\0\0\0\0\0\0${header}\x00\x00\x80\x3f\x00\x00\x00\xc0`);
});

test('every bit of a number survives, and where the file lies in its memory does not matter', () => {
  const data = new Float32Array(Uint32Array.of(0x7fc00001, 0x80000000, 1, 0xff800000).buffer);
  const bytes = writeSafetensors({ a: { rows: 2, cols: 2, data } }, {});
  for (let shift = 0; shift < 8; shift++) {
    const moved = Buffer.alloc(bytes.length + shift);
    moved.set(bytes, shift);
    const read = readSafetensors(moved.subarray(shift), 'a').tensors.a!.data;
    expect(new Uint32Array(read.buffer)).toEqual(new Uint32Array(data.buffer));
  }
});

test('a file cut anywhere, or lengthened, is refused', () => {
  const whole = writeSafetensors({ W: { rows: 2, cols: 2, data: new Float32Array(4) } }, {});
  for (let length = 0; length < whole.length; length++) {
    expect(() => readSafetensors(whole.subarray(0, length), 'cut')).toThrow(/^cut: not a sound safetensors file: /);
  }
  expect(() => readSafetensors(new Uint8Array([...whole, 0]), 'long')).toThrow('16 bytes of data, but 17 bytes');
});

test.each<[string, unknown, number, string]>([
  ['no JSON', '{"a":', 0, 'its header is not JSON'],
  ['no object', '[]', 0, 'its header is not an object'],
  ['no entry', { a: null }, 0, 'a is not described by an object'],
  ['another type', { a: { ...entry(1, 1, 0, 4), dtype: 'F64' } }, 4, 'a has dtype "F64"; only F32'],
  ['a vector', { a: { ...entry(1, 1, 0, 4), shape: [1] } }, 4, 'a has shape [1]; only matrices'],
  ['a negative size', { a: entry(-1, -1, 0, 4) }, 4, 'a has shape [-1,-1]'],
  ['a fractional size', { a: entry(0.5, 2, 0, 4) }, 4, 'a has shape [0.5,2]'],
  ['no offsets', { a: { dtype: 'F32', shape: [1, 1] } }, 4, 'a has data_offsets undefined'],
  ['offsets that do not fit the shape', { a: entry(1, 2, 0, 4) }, 4, 'a has 4 bytes, but 1 × 2 numbers need 8'],
  ['an end before the start', { a: entry(1, 1, 4, 0) }, 4, 'a has -4 bytes'],
  ['an overlap', { a: entry(1, 1, 0, 4), b: entry(1, 1, 0, 4) }, 8, 'b starts at byte 0 of the data, not at 4'],
  ['a gap', { a: entry(1, 1, 0, 4), b: entry(1, 1, 8, 12) }, 12, 'b starts at byte 8 of the data, not at 4'],
  ['data beyond the end', { a: entry(1, 2, 0, 8) }, 4, 'take 8 bytes of data, but 4 bytes are there'],
  ['metadata that is no text', { __metadata__: { a: 1 } }, 0, '__metadata__ must hold texts only'],
])('a header with %s is refused', (_, header, dataBytes, message) => {
  expect(() => readSafetensors(file(header, dataBytes), 'w.safetensors')).toThrow(message);
});

test('a header longer than the file is refused before it is read', () => {
  const bytes = file({});
  new DataView(bytes.buffer, bytes.byteOffset).setBigUint64(0, 2n ** 40n, true);
  expect(() => readSafetensors(bytes, 'a')).toThrow('a header of 1,099,511,627,776 bytes is announced');
});

test('a matrix without enough numbers, or with the name of the metadata, is not written', () => {
  expect(() => writeSafetensors({ W: { rows: 2, cols: 2, data: new Float32Array(3) } })).toThrow(
    'matrix W has 3 numbers, but 2 × 2 = 4 are needed',
  );
  expect(() => writeSafetensors({ __metadata__: { rows: 0, cols: 0, data: new Float32Array(0) } })).toThrow('called');
});
