import { expect, test } from 'vitest';
import { cifarImageBytes, readCifar } from './cifar.ts';

const image = (seed: number) => Uint8Array.from({ length: cifarImageBytes }, (_, i) => (i * seed) % 256);

test('CIFAR-10: the label byte, then the pixels', () => {
  const bytes = Buffer.concat([Buffer.of(7), image(3), Buffer.of(1), image(5)]);
  const { count, pixels, classes } = readCifar(bytes, 'a', 1);
  expect(count).toBe(2);
  expect(classes).toEqual(Uint8Array.of(7, 1));
  expect(pixels).toEqual(new Uint8Array([...image(3), ...image(5)]));
});

test('CIFAR-100: the fine label, the second byte, is the class', () => {
  const bytes = Buffer.concat([Buffer.of(11, 49), image(3), Buffer.of(15, 33), image(5)]);
  const { pixels, classes } = readCifar(bytes, 'a', 2);
  expect(classes).toEqual(Uint8Array.of(49, 33));
  expect(pixels).toEqual(new Uint8Array([...image(3), ...image(5)]));
});

test('a file that is not whole records is refused', () => {
  expect(() => readCifar(new Uint8Array(3073 * 2 - 1), 'b.bin', 1)).toThrow('b.bin: 6,145 bytes found');
  expect(() => readCifar(new Uint8Array(3073), 'c.bin', 2)).toThrow('records of 3,074 bytes');
});
