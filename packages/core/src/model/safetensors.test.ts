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
    expect(new Uint32Array(read.buffer, read.byteOffset, read.length)).toEqual(new Uint32Array(data.buffer));
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
  ['no JSON', '{"a":', 0, 'its header: is not JSON'],
  ['no object', '[]', 0, 'its header is not an object'],
  ['no entry', { a: null }, 0, 'a is not described by an object'],
  ['no type', { a: { ...entry(1, 1, 0, 4), dtype: 1 } }, 4, 'a has dtype 1'],
  ['a vector', { a: { ...entry(1, 1, 0, 4), shape: [1] } }, 4, 'a has shape [1]; only matrices'],
  ['a negative size', { a: entry(-1, -1, 0, 4) }, 4, 'a has shape [-1,-1]'],
  ['a fractional size', { a: entry(0.5, 2, 0, 4) }, 4, 'a has shape [0.5,2]'],
  ['no offsets', { a: { dtype: 'F32', shape: [1, 1] } }, 4, 'a has no data_offsets, not [start, end]'],
  ['offsets that do not fit the shape', { a: entry(1, 2, 0, 4) }, 4, 'a has 4 bytes, but 1 × 2 numbers of F32 need 8'],
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

/** A file of one matrix of that type, 1 × count, of which these are the bytes. */
function tensor(dtype: string, shape: readonly number[], bytes: Uint8Array): Uint8Array {
  const header = JSON.stringify({ a: { dtype, shape, data_offsets: [0, bytes.length] } });
  return Buffer.concat([file(header), bytes]);
}

test.each<[string, Uint8Array]>([
  // The bits of 1, −2, 2⁻²⁴ (the least float16), 65504 (the largest), 0 and ∞.
  ['F16', new Uint8Array(Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff, 0x8000, 0x7c00).buffer)],
  ['F64', new Uint8Array(Float64Array.of(1, -2, 2 ** -24, 65504, -0, Number.POSITIVE_INFINITY).buffer)],
])('%s is read as float32', (dtype, bytes) => {
  const { data } = readSafetensors(tensor(dtype, [2, 3], bytes), 'a').tensors.a!;
  expect(data).toEqual(Float32Array.of(1, -2, 2 ** -24, 65504, -0, Number.POSITIVE_INFINITY));
});

test('BF16 is read as the upper half of float32', () => {
  const numbers = Float32Array.of(1, -2, 2 ** -120, 2 ** 120, -0, Number.NEGATIVE_INFINITY);
  const upper = Uint16Array.from(new Uint32Array(numbers.buffer), (bits) => bits >>> 16);
  expect(readSafetensors(tensor('BF16', [3, 2], new Uint8Array(upper.buffer)), 'a').tensors.a!.data).toEqual(numbers);
});

test('sound files that hold something else are told from those that are not sound', () => {
  const eight = new Uint8Array(8);
  const refused = (bytes: Uint8Array) => expect(() => readSafetensors(bytes, 'w'));
  refused(tensor('I64', [1, 1], eight)).toThrow('w: a is of type I64; weights of F32, F16, BF16, F64 can be read');
  refused(tensor('F32', [2], eight)).toThrow('w: a has shape [2]; only matrices, [rows, columns], can be read');
  const large = new Uint8Array(Float64Array.of(0, 1e39).buffer);
  refused(tensor('F64', [1, 2], large)).toThrow('w: a has 1e+39 at place 1: float32 holds numbers up to 3.4e38');
});

test('a name given twice is named, and nesting without end is refused in one line', () => {
  const one = '"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}';
  const refused = (bytes: Uint8Array) => expect(() => readSafetensors(bytes, 'w'));
  refused(file(`{${one},${one}}`, 4)).toThrow('its header: line 1, column 57: "a" is given twice');
  refused(file(`{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}`)).toThrow(/^w: .*values lie more than 500 deep.*$/);
  refused(file(`{"a":${'['.repeat(1e5)}`)).toThrow(/^w: .*values lie more than 500 deep.*$/);
});

test('what could not be read is not written', () => {
  const W = { rows: 1, cols: 1, data: Float32Array.of(1) };
  const texts = (value: unknown) => ({ epoch: value }) as Record<string, string>;
  for (const [value, words] of [
    [3, '3'],
    [undefined, 'undefined'],
    [null, 'null'],
    [{ a: 1 }, '{"a":1}'],
    [3n, '3'],
  ] as const) {
    expect(() => writeSafetensors({ W }, texts(value))).toThrow(`metadata.epoch must be a text, not ${words}`);
  }
  expect(() => writeSafetensors({ W }, texts('\ud800'))).toThrow('metadata.epoch has half of a character');
  expect(() => writeSafetensors({ '\udc00': W }, {})).toThrow('the name of a matrix has half of a character');
  expect(() => writeSafetensors({ W }, null as never)).toThrow('metadata must be an object of texts');
});

test('numbers of other types are written as the float32 numbers that the file says they are', () => {
  const W = { rows: 1, cols: 3, data: Float64Array.of(1, -2.5, 1e-3) as never };
  const { data } = readSafetensors(writeSafetensors({ W }), 'a').tensors.W!;
  expect(data).toEqual(Float32Array.of(1, -2.5, 1e-3));
});

test('a file may come as an ArrayBuffer; what is none is named', () => {
  const bytes = writeSafetensors({ W: { rows: 1, cols: 1, data: Float32Array.of(7) } });
  const { buffer } = Uint8Array.from(bytes);
  expect(readSafetensors(buffer, 'a')).toEqual(readSafetensors(bytes, 'a'));
  expect(() => readSafetensors('W' as never, 'a')).toThrow('a: the bytes of the file are needed');
  expect(() => readSafetensors(Promise.resolve() as never, 'a')).toThrow('not a Promise');
});

test('numbers of float32 are not copied: they lie in the file', () => {
  const matrix = (count: number) => ({ rows: 1, cols: count, data: new Float32Array(count).fill(count) });
  const bytes = writeSafetensors({ a: matrix(3), b: matrix(4) });
  const { a, b } = readSafetensors(bytes, 'file').tensors;
  for (const { data } of [a!, b!]) expect(data.buffer).toBe(bytes.buffer);
  bytes.set(new Uint8Array(Float32Array.of(7).buffer), bytes.length - 4);
  expect([...b!.data]).toEqual([4, 4, 4, 7]);
});
