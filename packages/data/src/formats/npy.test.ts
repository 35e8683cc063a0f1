import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hasNumPy, python } from '../../../core/test/numpy.ts';
import { readNpy, writeNpy } from './npy.ts';
import { readNpz, writeNpz } from './npz.ts';
import type { NumericArray } from './numeric-array.ts';

/** What NumPy 1.24.2 wrote: `numpy.save(f, numpy.array([[1, 2, 3], [253, 254, 255]], 'u1'))`. */
const bytesByNumPy = Buffer.from(
  'k05VTVBZAQB2AHsnZGVzY3InOiAnfHUxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAgP9/v8=',
  'base64',
);
/** And `numpy.savez_compressed(f, W1=numpy.array([[1, -2.5]], 'f4'), W2=numpy.arange(3, dtype='i8'))`. */
const archiveByNumPy = Buffer.from(
  'UEsDBBQAAAAIAAAAIQAz4XmSTgAAAIgAAAAGABQAVzEubnB5AQAQAIgAAAAAAAAATgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2airqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqGOgpGmjoKtQpkAy4GhgZ7BgaFAwBQSwMEFAAAAAgAAAAhAPdAEupMAAAAmAAAAAYAFABXMi5ucHkBABAAmAAAAAAAAABMAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TaaGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsY6mjoKtQoUAC4GKGCE0kxQGgBQSwECFAMUAAAACAAAACEAM+F5kk4AAACIAAAABgAAAAAAAAAAAAAAgAEAAAAAVzEubnB5UEsBAhQDFAAAAAgAAAAhAPdAEupMAAAAmAAAAAYAAAAAAAAAAAAAAIABhgAAAFcyLm5weVBLBQYAAAAAAgACAGgAAAAKAQAAAAA=',
  'base64',
);

const shape = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 0, maxLength: 3 });
const array: fc.Arbitrary<NumericArray> = shape.chain((sizes) => {
  const length = sizes.reduce((product, size) => product * size, 1);
  const bounds = { minLength: length, maxLength: length };
  return fc.record({
    shape: fc.constant(sizes),
    data: fc.oneof(
      ...[fc.uint8Array(bounds), fc.int8Array(bounds), fc.uint16Array(bounds), fc.int16Array(bounds)],
      ...[fc.uint32Array(bounds), fc.int32Array(bounds), fc.float32Array(bounds), fc.float64Array(bounds)],
    ),
  });
});
const arrays = fc.dictionary(fc.stringMatching(/^[A-Za-zᵀ][\w]{0,8}$/), array, { maxKeys: 4, noNullPrototype: true });

test('what NumPy wrote is read as it was', () => {
  expect(readNpy(bytesByNumPy, 'a')).toEqual({ shape: [2, 3], data: Uint8Array.of(1, 2, 3, 253, 254, 255) });
  expect(readNpz(archiveByNumPy, 'a')).toEqual({
    W1: { shape: [1, 2], data: Float32Array.of(1, -2.5) },
    W2: { shape: [3], data: Float64Array.of(0, 1, 2) },
  });
});

test('any array is read as it was written, and the numbers begin at a multiple of 64', () => {
  fc.assert(
    fc.property(array, (written) => {
      const bytes = writeNpy(written);
      expect((bytes.length - written.data.byteLength) % 64).toBe(0);
      expect(readNpy(bytes, 'a')).toEqual(written);
    }),
  );
});

test('any archive is read as it was written, and the same arrays give the same bytes', () => {
  fc.assert(
    fc.property(arrays, (written) => {
      const bytes = writeNpz(written);
      expect(readNpz(bytes, 'a')).toEqual(written);
      expect(writeNpz(written)).toEqual(bytes);
    }),
  );
});

test('where a file lies in its memory does not matter', () => {
  const bytes = writeNpy({ shape: [2], data: Float64Array.of(1.5, -2.5) });
  for (let shift = 0; shift < 8; shift++) {
    const moved = Buffer.alloc(bytes.length + shift);
    moved.set(bytes, shift);
    expect(readNpy(moved.subarray(shift), 'a').data).toEqual(Float64Array.of(1.5, -2.5));
  }
});

test('an array cut anywhere is refused; what follows it is left out, as by NumPy', () => {
  const whole = writeNpy({ shape: [3], data: Float32Array.of(1, 2, 3) });
  for (let length = 0; length < whole.length; length++) {
    expect(() => readNpy(whole.subarray(0, length), 'cut.npy')).toThrow(/^cut\.npy: /);
  }
  expect(readNpy(Uint8Array.of(...whole, 0, ...whole), 'a').data).toEqual(Float32Array.of(1, 2, 3));
});

test('an archive cut anywhere is refused, and no changed byte changes a number unseen', () => {
  const whole = archiveByNumPy;
  const sound = readNpz(whole, 'a');
  const numbers = Object.values(sound);
  for (let place = 0; place < whole.length; place++) {
    expect(() => readNpz(whole.subarray(0, place), 'cut.npz')).toThrow(/^cut\.npz: not a sound archive/);
    for (const change of [1, 0x20, 0xff]) {
      const changed = Buffer.from(whole);
      changed[place]! ^= change;
      let read: NumericArray[];
      try {
        read = Object.values(readNpz(changed, 'changed.npz'));
      } catch (error) {
        expect((error as Error).message).toMatch(/^changed\.npz: /);
        continue;
      }
      for (const each of read) expect(numbers).toContainEqual(each);
    }
  }
});

/** A file of version 1 with that header. */
function npy(header: string, data = new Uint8Array(8)): Uint8Array {
  const text = Buffer.from(header);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), Buffer.from([text.length, 0]), text, data]);
}

test.each<[string, Uint8Array, string]>([
  ['another format', Buffer.from('PK\x03\x04'), 'is a ZIP archive'],
  ['no known format', Buffer.from('ab'), "not a file in NumPy's format"],
  ['a later version', Buffer.from('\x93NUMPY\x04\x00\x00\x00', 'latin1'), "version 4 of NumPy's format"],
  ['complex numbers', npy("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }"), 'an array of type <c8; only'],
  [
    'texts',
    npy("{'descr': '<U2', 'fortran_order': False, 'shape': (1,), }"),
    'an array of texts (<U2), not of numbers',
  ],
  ['objects', npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"), 'an array of Python objects'],
  ['dates', npy("{'descr': '<M8[s]', 'fortran_order': False, 'shape': (1,), }"), 'an array of type <M8[s]; only'],
  ['long doubles', npy("{'descr': '<f16', 'fortran_order': False, 'shape': (1,), }"), 'an array of type <f16; only'],
  ...[
    "{'descr': '<f4', 'fortran_order': False, 'shape': (9007199254740993,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (4503599627370496, 4503599627370496)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': 2}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1.5,)}",
    "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)}",
    "{'descr': '<f4', 'shape': (2,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'order': 'C'}",
    "['descr']",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} and more",
    '(('.repeat(100),
    '',
  ].map((header): [string, Uint8Array, string] => [`the header ${header.slice(0, 90)}`, npy(header), '']),
  [
    'records',
    npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }"),
    'an array of records; in NumPy, save its columns',
  ],
  [
    'a shape that is none',
    npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }"),
    'its header is not that of an array',
  ],
  [
    'integers that no float64 holds',
    npy(
      "{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }",
      new Uint8Array(BigInt64Array.of(2n ** 53n).buffer),
    ),
    '9007199254740992 at place 0',
  ],
])('%s is refused', (_, bytes, message) => {
  expect(() => readNpy(bytes, 'x.npy')).toThrow(`x.npy: ${message}`);
});

test('an array without enough numbers is not written', () => {
  expect(() => writeNpy({ shape: [2, 2], data: new Float32Array(3) })).toThrow('2 × 2 needs 4 numbers, not 3');
});

test('an archive that holds something else is refused', () => {
  expect(() => readNpz(Buffer.from('text'), 'x.npz')).toThrow('x.npz: not a sound archive');
});

describe.skipIf(!hasNumPy)('NumPy', () => {
  function folder(): string {
    const made = mkdtempSync(join(tmpdir(), 'apical-numpy-'));
    onTestFinished(() => rmSync(made, { recursive: true }));
    return made;
  }

  test('loads an archive that is written here, types and shapes and numbers', () => {
    const path = join(folder(), 'weights.npz');
    const W1 = { rows: 2, cols: 3, data: Float32Array.of(1, -2, 0.5, 1e-30, 3e38, 0) };
    const t = { shape: [2], data: Int32Array.of(-1, 7) };
    const x = { shape: [1, 1, 2], data: Float64Array.of(Math.PI, -0) };
    writeFileSync(path, writeNpz({ W1, t, x, p: { shape: [0, 4], data: new Uint8Array() } }));
    const script = `
import json, sys, numpy
a = numpy.load(sys.argv[1])
print(json.dumps({k: [a[k].dtype.str, a[k].shape, a[k].astype(float).ravel().tolist()] for k in a.files}))`;
    expect(JSON.parse(execFileSync(python, ['-c', script, path]).toString())).toEqual({
      W1: ['<f4', [2, 3], [...W1.data]],
      t: ['<i4', [2], [-1, 7]],
      x: ['<f8', [1, 1, 2], [Math.PI, -0]],
      p: ['|u1', [0, 4], []],
    });
  });

  test.each(['u1', 'i4', 'i8', 'f4', 'f8'])('writes %s that is read here, in files and archives', (type) => {
    const path = folder();
    const script = `
import sys, numpy
a = (numpy.arange(24) * 5 % 23).reshape(2, 3, 4).astype('${type}')
numpy.save(sys.argv[1] + '/a.npy', a)
numpy.savez(sys.argv[1] + '/plain.npz', a=a, b=a[0])
numpy.savez_compressed(sys.argv[1] + '/small.npz', a=a, b=a[0])`;
    execFileSync(python, ['-c', script, path]);
    const expected = Array.from({ length: 24 }, (_, i) => (i * 5) % 23);
    const a = readNpy(readFileSync(join(path, 'a.npy')), 'a');
    expect({ shape: a.shape, data: [...a.data] }).toEqual({ shape: [2, 3, 4], data: expected });
    for (const name of ['plain.npz', 'small.npz']) {
      const archive = readNpz(readFileSync(join(path, name)), name);
      expect(archive.a).toEqual(a);
      expect([...archive.b!.data]).toEqual(expected.slice(0, 12));
    }
  });
});
