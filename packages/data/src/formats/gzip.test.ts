import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gunzip } from './gzip.ts';

const content = Uint8Array.from({ length: 10_000 }, (_, i) => (i * i) % 256);
const compressed = gzipSync(content);

test('anything is read as it was compressed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), async (bytes) => {
      expect(await gunzip(gzipSync(bytes), 'a', bytes.length)).toEqual(bytes);
    }),
  );
});

test('a stream cut anywhere is refused as incomplete', async () => {
  for (const length of [0, 1, 9, 10, 11, compressed.length >> 1, compressed.length - 1]) {
    await expect(gunzip(compressed.subarray(0, length), 'cut.gz', content.length)).rejects.toThrow(
      'cut.gz: the gzip stream ends early: the file is incomplete',
    );
  }
});

test('a corrupt stream is refused', async () => {
  for (const at of [0, 2, 40, compressed.length - 6]) {
    const bytes = Uint8Array.from(compressed);
    bytes[at]! ^= 0xff;
    await expect(gunzip(bytes, 'bad.gz', content.length)).rejects.toThrow(/^bad\.gz: corrupt gzip stream/);
  }
});

test('a file that expands beyond what is expected is not expanded', async () => {
  const bomb = gzipSync(new Uint8Array(50_000_000));
  await expect(gunzip(bomb, 'bomb.gz', 1000)).rejects.toThrow('bomb.gz: 1,000 bytes expected, more found');
});

test('members one after the other are one file, with zero bytes between and behind them', async () => {
  const zeros = (count: number) => Buffer.alloc(count);
  const members = fc.array(fc.tuple(fc.uint8Array(), fc.integer({ min: 0, max: 600 })), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(members, async (parts) => {
      const file = Buffer.concat(parts.flatMap(([bytes, padding]) => [gzipSync(bytes), zeros(padding)]));
      const content = Buffer.concat(parts.map(([bytes]) => bytes));
      expect(Buffer.from(await gunzip(file, 'a', content.length))).toEqual(content);
    }),
  );
  const other = Buffer.concat([gzipSync('a'), zeros(2), Buffer.from('text')]);
  await expect(gunzip(other, 'a.gz', 1)).rejects.toThrow('a.gz: something else follows the gzip stream');
});
