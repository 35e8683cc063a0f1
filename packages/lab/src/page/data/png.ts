import { InputError } from '@apical/core';
import type { ImageDecoder } from '@apical/data/parquet';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Where the header of a PNG file has the bits of a channel, and the kind of colours; and of which kinds how many channels are read. */
const [depthAt, kindAt] = [24, 25];
const channelsOf: Readonly<Record<number, 1 | 3>> = { 0: 1, 2: 3 };

/**
 * Decodes a PNG file by the browser: its bytes as they are, as the command has them. Only files are read of which that is sure.
 * @throws InputError for others, such as JPEG, which every browser decodes in its own way
 */
export const decodePng: ImageDecoder = async (bytes, source) => {
  const isPng = signature.every((byte, i) => bytes[i] === byte) && bytes[depthAt] === 8;
  const channels = isPng ? channelsOf[bytes[kindAt]!] : undefined;
  if (!channels) throw unread(source);
  const asTheyAre = { colorSpaceConversion: 'none', premultiplyAlpha: 'none', imageOrientation: 'none' } as const;
  const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)]), asTheyAre).catch((error) => {
    throw new InputError(`${source}: is no sound PNG image`, { cause: error });
  });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  const pixels = new Uint8Array(width * height * channels);
  for (let i = 0; i < width * height; i++) {
    if (data[4 * i + 3] !== 255) throw unread(source);
    for (let c = 0; c < channels; c++) pixels[i * channels + c] = data[4 * i + c]!;
  }
  return { width, height, channels, pixels };
};

function unread(source: string): InputError {
  return new InputError(
    `${source}: the page reads PNG images of 8 bits, grey or colours, that are opaque; the command reads others: apical train --data FILE`,
  );
}
