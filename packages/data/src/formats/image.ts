import { InputError } from '@apical/core';
import { isJpeg, readJpeg } from './jpeg.ts';
import { refuseMistaken } from './mistaken.ts';
import { isPng, readPng } from './png.ts';

/** An image: grey (one channel) or red, green and blue (three), a byte each. */
export interface Image {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** height × width × channels, row-major, from the top left corner on. */
  readonly pixels: Uint8Array;
}

/** More pixels than this are no sample of anything that can be learned here. */
const mostPixels = 2 ** 26;

/**
 * Reads a PNG or JPEG file. PNG: grey of 1, 2, 4 or 8 bits, whose greatest value becomes 255; red, green and blue of 8 bits; colours of a
 * palette; with or without an alpha channel that is opaque everywhere. JPEG: grey or colours, decoded as libjpeg does. Colours are taken as
 * they are, whatever profile or gamma there is.
 *
 * @param source the file's name, for messages
 * @throws InputError for another file, one that is damaged, and for what has no right meaning as bytes: transparency, 16 bits, CMYK,
 *   several images in one file, and a photograph that is to be turned as its EXIF data says
 */
export async function readImage(bytes: Uint8Array, source: string): Promise<Image> {
  if (isPng(bytes)) return readPng(bytes, source);
  if (isJpeg(bytes)) return readJpeg(bytes, source);
  refuseMistaken(bytes, source);
  throw new InputError(`${source}: is neither a PNG nor a JPEG image`);
}

/** @throws InputError for an image that is empty or too large */
export function checkSize(width: number, height: number, source: string): void {
  if (width === 0 || height === 0)
    throw new InputError(`${source}: an image of ${width} × ${height}: it has no pixels`);
  if (width * height <= mostPixels) return;
  throw new InputError(
    `${source}: an image of ${width} × ${height}; up to ${mostPixels.toLocaleString('en')} pixels can be read`,
  );
}
