import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { InputError } from '@apical/core';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/support/folder.ts';
import { readIdx } from '../formats/idx.ts';
import { readNpy, writeNpy } from '../formats/npy.ts';
import { readNpz, writeNpz } from '../formats/npz.ts';
import { pieceBytes } from '../formats/table-lines.ts';
import { loadMatrix } from '../matrix.ts';
import { filePieces } from './file-pieces.ts';

async function contentOf(path: string): Promise<{ content: Buffer; lengths: number[] }> {
  const parts: Buffer[] = [];
  for await (const piece of (await filePieces(path, 'x')).pieces) parts.push(Buffer.from(piece));
  return { content: Buffer.concat(parts), lengths: parts.map(({ length }) => length) };
}

const content = Buffer.from(Uint8Array.from({ length: 2.5 * pieceBytes }, (_, i) => (i * i + (i >> 8)) & 255));

test.each<[string, Buffer]>([
  ['plain', content],
  ['gzipped', gzipSync(content)],
  ['of two members', Buffer.concat([gzipSync(content.subarray(0, 1e5)), gzipSync(content.subarray(1e5))])],
  [
    'of members with zero bytes between and after them',
    Buffer.concat([
      gzipSync(content.subarray(0, 7)),
      Buffer.alloc(600_000),
      gzipSync(content.subarray(7)),
      Buffer.alloc(9),
    ]),
  ],
])('a file comes in pieces of one length: %s', async (_, file) => {
  const path = join(await temporaryFolder(), 'x');
  writeFileSync(path, file);
  const found = await contentOf(path);
  expect(found.content.equals(content)).toBe(true);
  expect(found.lengths).toEqual([pieceBytes, pieceBytes, pieceBytes / 2]);
});

/** A file of which a byte so far from the end is another. */
function withLast(file: Buffer, back: number): Buffer {
  const changed = Buffer.from(file);
  changed[changed.length - back]! ^= 1;
  return changed;
}

test.each<[string, Buffer, string]>([
  ['cut', gzipSync(content).subarray(0, -20), 'x: the gzip stream ends early'],
  ['damaged', Buffer.from(gzipSync(content)).fill(0x55, 5000, 5100), 'x: corrupt gzip stream'],
  ['of another sum', withLast(gzipSync(content), 8), 'x: corrupt gzip stream'],
  ['followed by something else', Buffer.concat([gzipSync(content), Buffer.from('abc')]), 'x: corrupt gzip stream'],
  [
    'followed by something else after zero bytes',
    Buffer.concat([gzipSync(content), Buffer.alloc(3), Buffer.from('abc')]),
    'x: something else follows the gzip stream, at byte',
  ],
])('a gzipped file is refused that is %s', async (_, file, message) => {
  const path = join(await temporaryFolder(), 'x');
  writeFileSync(path, file);
  await expect(contentOf(path)).rejects.toThrow(message);
});

test('devices are no files', async () => {
  await expect(filePieces('/dev/zero', '/dev/zero')).rejects.toThrow('/dev/zero: is a device, not a file');
});

const arrays = fc.oneof(
  fc.float32Array({ minLength: 2, maxLength: 40, noNaN: true, noDefaultInfinity: true }),
  fc.float64Array({ minLength: 2, maxLength: 40, noNaN: true, min: -1e30, max: 1e30 }),
  fc.int16Array({ minLength: 2, maxLength: 40 }),
  fc.uint8Array({ minLength: 2, maxLength: 40 }),
);

test('arrays from files are what they are in memory, behind gzip, too', async () => {
  const folder = await temporaryFolder();
  await fc.assert(
    fc.asyncProperty(arrays, fc.boolean(), async (data, zipped) => {
      const file = writeNpy({ shape: [data.length, 1], data });
      const path = join(folder, zipped ? 'x.npy.gz' : 'x.npy');
      writeFileSync(path, zipped ? gzipSync(file) : file);
      expect((await loadMatrix(path)).data).toEqual(readNpy(file, 'x').data);
    }),
    { numRuns: 40 },
  );
  const images = new Uint8Array(16 + 784 * 500).map((_, i) => (i * 7) & 255);
  images.set([0, 0, 8, 3, 0, 0, 1, 244, 0, 0, 0, 28, 0, 0, 0, 28]);
  const path = join(folder, 'x-idx3-ubyte');
  writeFileSync(path, images);
  expect((await loadMatrix(path)).data).toEqual(readIdx(images, 'x').values);
});

test('a file that says more than it has is refused before memory is taken for it', async () => {
  const folder = await temporaryFolder();
  const file = writeNpy({ shape: [2, 3], data: new Float64Array(6) });
  const text = Buffer.from(file).toString('latin1').replace('(2, 3), }', '(999999999, 9)}');
  for (const [name, bytes] of [
    ['x.npy', Buffer.from(text, 'latin1')],
    ['x.npy.gz', gzipSync(Buffer.from(text, 'latin1'))],
  ] as const) {
    writeFileSync(join(folder, name), bytes);
    await expect(loadMatrix(join(folder, name))).rejects.toThrow('bytes expected');
  }
});

test('an archive that is a file is read as one in memory is, whatever byte of it is changed, and wherever it is cut', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'x.npz');
  const x = { shape: [3], data: Int16Array.of(1, -2, 300) };
  const stored = writeNpz({ a: { shape: [1], data: Uint8Array.of(7) }, x });
  const packed = zipSync({ 'a.npy': new Uint8Array(9), 'x.npy': writeNpy(x) }, { level: 9 });
  const inMemory = (bytes: Uint8Array) => {
    try {
      return [...readNpz(bytes, path).x!.data];
    } catch {
      return 'refused';
    }
  };
  for (const whole of [stored, packed]) {
    const changed = Array.from(whole, (byte, at) => whole.with(at, byte ^ (1 << (at % 8))));
    const cut = Array.from({ length: 40 }, (_, i) => whole.subarray(0, Math.floor((i * whole.length) / 40)));
    for (const bytes of [whole, ...changed, ...cut]) {
      writeFileSync(path, bytes);
      const found = await loadMatrix(`${path}:x`).then(
        ({ data }) => [...data],
        (error: unknown) => (error instanceof InputError && error.message.startsWith(folder) ? 'refused' : error),
      );
      expect(found).toEqual(inMemory(bytes));
    }
  }
});
