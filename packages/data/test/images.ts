import { readFileSync } from 'node:fs';

/** A file, and the pixels that Pillow reads from it: see `images/write.py`. */
export interface ImageFixture {
  readonly file: Uint8Array;
  readonly channels: number;
  readonly pixels: Uint8Array;
}

const { height, width, images } = JSON.parse(
  readFileSync(new URL('./images/images.json', import.meta.url), 'utf8'),
) as {
  height: number;
  width: number;
  images: Record<string, { file: string; channels: number; pixels: string }>;
};

export const imageShape = { height, width };

/** @throws RangeError where there is no such image */
export function imageFixture(name: string): ImageFixture {
  const found = images[name];
  if (!found) throw new RangeError(`there is no image ${name}`);
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'));
  return { file: bytes(found.file), channels: found.channels, pixels: bytes(found.pixels) };
}
