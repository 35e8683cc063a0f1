import { crc32, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Picture, png } from './png.ts';
import { weightImage, weightPicture } from './weight-image.ts';

/** The chunks of a PNG file, their checksums compared. */
function chunks(file: Uint8Array): { type: string; data: Uint8Array }[] {
  const bytes = Buffer.from(file);
  expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const found = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 4, at + 8 + length);
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    found.push({ type: body.subarray(0, 4).toString('latin1'), data: body.subarray(4) });
    at += 12 + length;
  }
  return found;
}

test('a PNG file holds the bytes of the picture, line by line', () => {
  const size = fc.integer({ min: 1, max: 9 });
  const pictures = fc
    .tuple(size, size)
    .chain(([width, height]) =>
      fc
        .uint8Array({ minLength: 3 * width * height, maxLength: 3 * width * height })
        .map((rgb): Picture => ({ width, height, rgb })),
    );
  fc.assert(
    fc.property(pictures, ({ width, height, rgb }) => {
      const [header, data, end] = chunks(png({ width, height, rgb }));
      expect([header?.type, data?.type, end?.type]).toEqual(['IHDR', 'IDAT', 'IEND']);
      const fields = Buffer.from(header?.data ?? []);
      expect([fields.readUInt32BE(0), fields.readUInt32BE(4), ...fields.subarray(8)]).toEqual([
        width,
        height,
        8,
        2,
        0,
        0,
        0,
      ]);
      const lines = inflateSync(data?.data ?? new Uint8Array());
      const pixels = Array.from({ length: height }, (_, row) => {
        expect(lines[row * (3 * width + 1)]).toBe(0);
        return [...lines.subarray(row * (3 * width + 1) + 1, (row + 1) * (3 * width + 1))];
      });
      expect(pixels.flat()).toEqual([...rgb]);
    }),
  );
});

test('zero is white, the largest weight of a unit has the full colour of its sign, and tiles stand apart', () => {
  const W1 = { rows: 17, cols: 4, data: new Float32Array(17 * 4) };
  W1.data.set([0, 5, -5, 2.5]);
  W1.data.set([-0.01, 0, 0, 0], 4);
  const { width, height, rgb } = weightPicture(W1, { height: 2, width: 2, channels: 1 });
  expect([width, height]).toEqual([16 * 4 - 2, 2 * 4 - 2]);
  const at = (x: number, y: number) => [...rgb.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)];
  const [red, blue, white] = [
    [178, 24, 43],
    [33, 102, 172],
    [255, 255, 255],
  ];
  expect([at(0, 0), at(1, 0), at(0, 1)]).toEqual([white, red, blue]);
  expect(at(1, 1)).toEqual([217, 140, 149]);
  expect([at(2, 0), at(4, 0), at(0, 4)]).toEqual([white, blue, white]);
});

test('weights of colour images are grey where they are zero', () => {
  const W1 = { rows: 1, cols: 3, data: Float32Array.of(1, 0, -1) };
  expect([...weightPicture(W1, { height: 1, width: 1, channels: 3 }).rgb]).toEqual([255, 128, 0]);
});

test('weights that are from no such images are not drawn', () => {
  const W1 = { rows: 2, cols: 5, data: new Float32Array(10) };
  expect(weightImage(W1, { height: 2, width: 2, channels: 1 }, 'x').markup).toBe('');
});
