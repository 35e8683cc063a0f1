import { deflateSync } from 'node:zlib';
import { InputError } from '@apical/core';
import { expect, test } from 'vitest';
import { imageFixture, imageShape } from '../../test/images.ts';
import { readImage } from './image.ts';

test.each([
  ...['grey.png', 'grey of 1 bit.png', 'rgb.png', 'palette of 200.png', 'palette of 16.png', 'palette of 3.png'],
  ...['opaque alpha.png', 'opaque alpha, grey.png', 'interlaced.png', 'interlaced, grey.png'],
  ...['rgb.jpg', 'halved colours.jpg', 'progressive.jpg', 'grey.jpg', 'upright.jpg'],
])('%s: the pixels that Pillow reads', async (name) => {
  const { file, channels, pixels } = imageFixture(name);
  expect(await readImage(file, name)).toEqual({ ...imageShape, channels, pixels });
});

test.each([
  ['see-through.png', 'has transparency: what is behind it?'],
  ['see-through colour.png', 'has transparency: what is behind it?'],
  ['16 bits.png', 'has 16 bits a channel; save it with 8'],
  ['moving.png', 'is a moving picture (APNG), of several images'],
  ['turned.png', 'is to be turned to be seen upright (EXIF orientation 6)'],
  ['turned.jpg', 'is to be turned to be seen upright (EXIF orientation 6)'],
  ['cmyk.jpg', 'has 4 channels (CMYK?); save it as grey or RGB'],
  ['other.gif', 'is neither a PNG nor a JPEG image'],
])('%s is refused', async (name, message) => {
  await expect(readImage(imageFixture(name).file, name)).rejects.toThrow(`${name}: ${message}`);
});

/** What becomes of a file: its pixels, or the refusal. */
async function outcome(file: Uint8Array): Promise<Uint8Array | string> {
  try {
    return (await readImage(file, 'x')).pixels;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

test.each(['grey.png', 'palette of 16.png', 'interlaced.png', 'grey.jpg', 'progressive.jpg'])(
  '%s, cut anywhere, is refused in one line',
  async (name) => {
    const { file } = imageFixture(name);
    // The decoder of JPEG is made anew after each.
    const step = name.endsWith('.png') ? 1 : 11;
    for (let length = 0; length < file.length; length += step) {
      expect([length, await outcome(file.subarray(0, length))]).toEqual([length, expect.stringMatching(/^x: [^\n]+$/)]);
    }
  },
);

test.each(['rgb.png', 'palette of 16.png', 'opaque alpha, grey.png'])(
  '%s with a bit changed is refused, or the same',
  async (name) => {
    const { file, pixels } = imageFixture(name);
    for (let bit = 0; bit < 8 * file.length; bit++) {
      const changed = Uint8Array.from(file);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      const found = await outcome(changed);
      if (typeof found === 'string') expect(found).toMatch(/^x: [^\n]+$/);
      else expect([bit, found]).toEqual([bit, pixels]);
    }
  },
);

test('a JPEG image with a bit changed is refused in one line, or an image of as many pixels', async () => {
  const { file, pixels } = imageFixture('grey.jpg');
  for (let bit = 0; bit < 8 * file.length; bit += 41) {
    const changed = Uint8Array.from(file);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    const found = await outcome(changed);
    if (typeof found === 'string') expect(found).toMatch(/^x: [^\n]+$/);
    else expect(found.length % pixels.length === 0 || found.length < 2 ** 26).toBe(true);
  }
});

test('an image that says it has billions of pixels, or has more than it says, is refused before memory is taken', async () => {
  const { file } = imageFixture('grey.png');
  const chunk = (name: string, data: Uint8Array) =>
    Buffer.concat([uint32(data.length), Buffer.from(name), data, uint32(0)]);
  const png = (width: number, height: number, data: Uint8Array) =>
    Buffer.concat([
      file.subarray(0, 8),
      chunk('IHDR', Buffer.concat([uint32(width), uint32(height), Buffer.of(8, 0, 0, 0, 0)])),
      chunk('IDAT', data),
      chunk('IEND', Buffer.of()),
    ]);
  const bomb = deflateSync(Buffer.alloc(50_000_000));
  expect(await outcome(png(65_535, 65_535, bomb))).toContain('an image of 65535 × 65535; up to 67,108,864 pixels');
  expect(await outcome(png(0, 10, bomb))).toContain('an image of 0 × 10: it has no pixels');
  expect(await outcome(png(10, 10, bomb))).toContain('is no sound PNG image: ');
});

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
