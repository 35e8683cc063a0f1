import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hasNumPy, python } from '../../../core/test/numpy.ts';
import { readNpy, writeNpy } from './npy.ts';
import { readNpz, writeNpz } from './npz.ts';

/** A file of version 1 with that header. */
function npy(header: string, data: Uint8Array): Uint8Array {
  const text = Buffer.from(header);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), Buffer.from([text.length, 0]), text, data]);
}

/** A header as NumPy writes it. */
function header(descr: string, shape: string, fortran = 'False'): string {
  return `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`;
}

function little(...words: number[]): Buffer {
  return Buffer.from(Uint16Array.from(words).buffer);
}

const hex = (digits: string) => Buffer.from(digits, 'hex');

test.each<[string, string, number[], Buffer]>([
  ['Fortran order', header('<i2', '(2, 3)', 'True'), [1, 3, 5, 2, 4, 6], little(1, 2, 3, 4, 5, 6)],
  ['big-endian integers', header('>i2', '(2, 2)'), [1, 2, 3, -1], little(1, 2, 3, 65535).swap16()],
  ['big-endian floats', header('>f8', '(1,)'), [-2.5], hex('c004000000000000')],
  ['float16', header('<f2', '(2,)'), [1, -2], hex('003c00c0')],
  ['truth values', header('|b1', '(2,)'), [1, 0], Buffer.of(1, 0)],
  ['bytes with a mark', header('<u1', '(2,)'), [1, 255], Buffer.of(1, 255)],
  ['a type without a mark', header('i2', '(2,)'), [1, -1], little(1, 65535)],
  ['a type by its name', header('int16', '(2,)'), [1, -1], little(1, 65535)],
  ["Python 2's long integers", header('<i2', '(2L, 1L)'), [1, 2], little(1, 2)],
  ['spaces and line ends', `{ "shape" :(2 , ) ,\n"descr":"<i2", "fortran_order":False }  `, [1, 2], little(1, 2)],
  [
    'a shape given twice, of which Python takes the last',
    "{'descr': '<i2', 'shape': (9,), 'fortran_order': False, 'shape': (2,)}",
    [1, 2],
    little(1, 2),
  ],
  ['a single number', header('<i2', '()'), [7], little(7)],
  ['64 bits without a sign', header('<u8', '(1,)'), [2 ** 40 + 1], hex('0100000000010000')],
  ['64 bits, big-endian', header('>i8', '(1,)'), [-2], hex('fffffffffffffffe')],
])('%s is read', (_, text, numbers, data) => {
  expect([...readNpy(npy(text, data), 'a').data]).toEqual(numbers);
});

test.each([
  ['u8', 2n ** 53n],
  ['u8', 2n ** 64n - 1n],
  ['i8', -(2n ** 53n)],
  ['i8', -(2n ** 63n)],
])('%s: %s, which float64 does not tell from its neighbours, is refused by its digits', (type, value) => {
  const data = new Uint8Array(BigUint64Array.of(1n, BigInt.asUintN(64, value)).buffer);
  expect(() => readNpy(npy(header(`<${type}`, '(2,)'), data), 'x')).toThrow(
    `x: ${value} at place 1 is larger than can be read exactly`,
  );
});

test('a file may come as an ArrayBuffer, as fetch gives it; what is none is named', () => {
  const array = { shape: [2], data: Int16Array.of(1, -2) };
  expect(readNpy(Uint8Array.from(writeNpy(array)).buffer, 'a')).toEqual(array);
  expect(readNpz(Uint8Array.from(writeNpz({ array })).buffer, 'a')).toEqual({ array });
  expect(() => readNpy('x.npy' as never, 'a')).toThrow('a: the bytes of the file are needed, a Uint8Array or an');
});

test('typed arrays are written as what they are, and nothing else is written', () => {
  const descr = (data: unknown) => {
    const bytes = writeNpy({ shape: [1], data: data as never });
    return /'descr': '(...)'/.exec(Buffer.from(bytes).toString('latin1'))![1];
  };
  expect(descr(Uint32Array.of(1))).toBe('<u4');
  expect(descr(BigInt64Array.of(1n))).toBe('<i8');
  expect(descr(BigUint64Array.of(1n))).toBe('<u8');
  expect(descr(Uint8ClampedArray.of(1))).toBe('|u1');
  expect(() => descr([1])).toThrow('data of the kind Array cannot be written');
  expect(() => descr(new DataView(new ArrayBuffer(1)))).toThrow('data of the kind DataView cannot be written');
});

test('of an archive each array is read by itself: one of texts spoils no other', () => {
  const texts = npy(header('<U1', '(1,)'), new Uint8Array(4));
  const x = { shape: [1], data: Uint8Array.of(7) };
  const archive = readNpz(zipSync({ 'x.npy': writeNpy(x), 'names.npy': texts, 'a.txt': texts }), 'a.npz');
  expect(Object.keys(archive)).toEqual(['x', 'names']);
  expect(archive.x).toEqual(x);
  expect(() => archive.names).toThrow('a.npz: names.npy: an array of texts (<U1)');
  expect(() => archive['a.txt']).toThrow('a.npz: holds a.txt, which is no array');
});

describe.skipIf(!hasNumPy)('NumPy', () => {
  function folder(): string {
    const made = mkdtempSync(join(tmpdir(), 'apical-numpy-'));
    onTestFinished(() => rmSync(made, { recursive: true }));
    return made;
  }

  const types = ['?', 'u1', 'i1', 'u2', 'i2', 'u4', 'i4', 'u8', 'i8', 'f2', 'f4', 'f8'];

  test.each(types.flatMap((type) => [type, `>${type}`]))('writes %s in Fortran order that is read here', (type) => {
    const path = folder();
    const script = `
import sys, json, numpy
for n, shape in enumerate([(24,), (4, 6), (2, 3, 4), (3, 2, 1, 4), (1, 24), (24, 1), (0, 3), (150, 70)]):
    a = (numpy.arange(numpy.prod(shape)) * 5 % 23).reshape(shape).astype('${type}')
    numpy.save(f'{sys.argv[1]}/{n}.npy', numpy.asfortranarray(a))
    print(json.dumps([a.shape, a.astype(float).ravel().tolist()]))`;
    const lines = execFileSync(python, ['-c', script, path]).toString().trim().split('\n');
    expect(lines.length).toBe(8);
    for (const [n, line] of lines.entries()) {
      const { shape, data } = readNpy(readFileSync(join(path, `${n}.npy`)), 'a');
      expect([shape, [...data]]).toEqual(JSON.parse(line));
    }
  });

  test('loads every type that is written here', () => {
    const path = join(folder(), 'all.npz');
    const kinds = [Uint8Array, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array, Float32Array, Float64Array];
    const arrays = kinds.map((kind) => [kind.name, { shape: [3], data: kind.of(1, 2, 200) }] as const);
    const longs = { BigInt64Array: BigInt64Array.of(-1n, 2n), BigUint64Array: BigUint64Array.of(1n, 2n ** 64n - 1n) };
    const wide = Object.entries(longs).map(([name, data]) => [name, { shape: [2], data }] as const);
    writeFileSync(path, writeNpz(Object.fromEntries([...arrays, ...wide])));
    const script = `
import json, sys, numpy
a = numpy.load(sys.argv[1])
print(json.dumps({k: [a[k].dtype.str, [str(v) for v in a[k]]] for k in a.files}))`;
    const loaded: Record<string, [string, string[]]> = JSON.parse(
      execFileSync(python, ['-c', script, path]).toString(),
    );
    const descrs = Object.values(loaded).map(([descr]) => descr);
    expect(descrs).toEqual(['|u1', '|i1', '<u2', '<i2', '<u4', '<i4', '<f4', '<f8', '<i8', '<u8']);
    expect(loaded.BigUint64Array![1]).toEqual(['1', '18446744073709551615']);
    expect(loaded.Int8Array![1]).toEqual(['1', '2', '-56']);
  });
});
