import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tar } from '../../test/support/small-set.ts';
import { readTar } from './tar.ts';

// Both made by GNU tar 1.34 of a folder with a.txt ("hello\n"), sub/b.bin (700 × "x"), empty, and a link to a.txt.
const ustar =
  'H4sIAAAAAAAAA+3W3QqDIAAFYK/3FD2BmfnzPDWCRa2iDLa3n7YuRoOikUXjfDcGBpYHT9GwSa5FSHxilpZyGK3p+H0dcaYZCaTXpxr1nUlau3xb12buvqX56cudBH3nn90b8/S1htsPJcSK/OMo1iTYZRORv8u/zKvC2xrD+dd6Tf6aKxLwhJrH7KZvAPm7/Ls+9fcN+KH/lYrQ/3v4yD+laV75WGOh/yOuxfT8Kzug/3fwADipo8/OPxj73+uf1kL/u9lp/zMh0f97uGVlWV+OfgoAAAAAAAAAAAAAANjSC23fSZkAKAAA';
const pax =
  'H4sIAAAAAAAAA+3Zy26CQBgFYNZ9Cp4A558Lvy6677KvgJakpt6imNC37zCJBrGKEmYs9XwuMBnNQMw5DGMyes/Ktzz7yLe70SabfUX9E1aqtTtazaMgJSMyShBpRUSRfUNSRHHp4VzO7HdFtrWnEmKuP0iJeFnMl/kr8cRoNoI4oTQdT3gs5Isdzc5GmZUQUnE1Orv83UdfGdyiivzI8xxVxtmYi/mv3jfyz6nNv/F8Xs4h/9v1urj2ubbx5sUNhPv9a7eAfLkpvnue4/7+l/aF/g+hQ//XR9H/A+fy7yP0NW35P+9/JSRHcZBMov9P+n8xX/X+CNBh/c9Y/4eB9f9zc/n3Efoat/5nvqf/U0qjWGZJUV4t3R6g/0/6f7ef9j5Hh/43RqP/Q/i9/8k1fNqp/w/fffSVwS1c/m3ofe4Buf6/a/9HGkPY/wnh+PvX7gHTZDpf9TjH/f0vjUb/B4H1/3M75r/v0Ne05J8k6+b6X7PA/k8IJcBAPTo7/0Hz+d/HlkuH9Z/A/39h4Pn/ubn8e95nbcu/HW3mn5XB+i+Ez3yxWCOrAAAAAAAAAAAAAAAAAAAAAAAAAIPyA1nkz10AUAAA';
const files: [string, Uint8Array][] = [
  ['pack/a.txt', new TextEncoder().encode('hello\n')],
  ['pack/sub/b.bin', new Uint8Array(700).fill(120)],
  ['pack/empty', new Uint8Array(0)],
];
const wanted = new Map(files.map(([path, bytes]) => [path, bytes.length]));

async function* pieces(bytes: Uint8Array, length: number) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

const read = (bytes: Uint8Array, length: number, paths: ReadonlyMap<string, number> = wanted) =>
  readTar(pieces(bytes, length), 'a.tar', paths);

test('archives made by GNU tar are read, however they are cut into pieces', async () => {
  for (const archive of [ustar, pax]) {
    const bytes = gunzipSync(Buffer.from(archive, 'base64'));
    for (const length of [1, 100, 512, 700, bytes.length]) {
      expect(await read(bytes, length)).toEqual(new Map(files));
    }
  }
});

test('what is not wanted, or no regular file, is passed over', async () => {
  const bytes = gunzipSync(Buffer.from(ustar, 'base64'));
  const paths = new Map([
    ['pack/sub/b.bin', 700],
    ['pack/link', 0],
    ['elsewhere', 3],
  ]);
  expect([...(await read(bytes, 512, paths)).keys()]).toEqual(['pack/sub/b.bin']);
});

test('any files are read as they were archived', async () => {
  const name = fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8})?$/);
  const archived = fc.dictionary(name, fc.uint8Array({ maxLength: 1100 }), { noNullPrototype: true });
  await fc.assert(
    fc.asyncProperty(archived, fc.integer({ min: 1, max: 2000 }), async (entries, length) => {
      const paths = new Map(Object.entries(entries).map(([path, bytes]) => [path, bytes.length]));
      expect(await read(tar(entries), length, paths)).toEqual(new Map(Object.entries(entries)));
    }),
    { numRuns: 50 },
  );
});

test('an archive that ends within a file or a header is refused', async () => {
  const bytes = tar({ 'pack/a.txt': files[0]![1], other: new Uint8Array(600) });
  await expect(read(bytes.subarray(0, 515), 512)).rejects.toThrow('a.tar: the tar archive ends within pack/a.txt');
  await expect(read(bytes.subarray(0, 1600), 512)).rejects.toThrow('a.tar: the tar archive ends within other');
  await expect(read(bytes.subarray(0, 1034), 512)).rejects.toThrow('a.tar: the tar archive ends within a header');
});

test('a damaged header and a wrong length are refused', async () => {
  const bytes = tar({ 'pack/a.txt': files[0]![1] });
  await expect(read(bytes, 512, new Map([['pack/a.txt', 7]]))).rejects.toThrow('a.txt: 7 bytes expected, 6 found');
  bytes[3]! ^= 1;
  await expect(read(bytes, 512)).rejects.toThrow("a.tar: corrupt tar archive: a header's checksum is wrong");
});
