import { inflateSync } from 'node:zlib';
import { InputError } from '@apical/core';
import { convertIndexedToRgb, type DecodedPng, decode } from 'fast-png';
import { checkUpright } from './exif.ts';
import { checkSize, type Image } from './image.ts';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether a file begins as those of PNG do. */
export function isPng(bytes: Uint8Array): boolean {
  return signature.every((value, i) => bytes[i] === value);
}

/** Reads a PNG file: see `readImage`. */
export function readPng(bytes: Uint8Array, source: string): Image {
  const { width, height, depth, color, interlaced, data, names } = chunksOf(bytes, source);
  checkSize(width, height, source);
  if (names.has('acTL')) throw new InputError(`${source}: is a moving picture (APNG), of several images`);
  if (depth === 16) throw new InputError(`${source}: has 16 bits a channel; save it with 8`);
  if (interlaced !== 0 && depth < 8)
    throw new InputError(`${source}: is interlaced and has ${depth} bits a pixel; save it with 8`);
  const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[color];
  if (channels === undefined) throw damaged(source, `it has colours of the kind ${color}`);
  const image = attempt(source, () => {
    if (interlaced > 1) throw new Error(`it is interlaced in a way that there is not, ${interlaced}`);
    const lines = (w: number, h: number) => (w === 0 ? 0 : h * (1 + Math.ceil((w * channels * depth) / 8)));
    const size = interlaced === 0 ? lines(width, height) : adam7(width, height, lines);
    // Checked apart: the decoder neither stops at what is too much nor misses what is not there.
    const found = inflateSync(data, { maxOutputLength: size + 1 }).length;
    if (found !== size) throw new Error(`it has ${found} bytes of pixels, not ${size}`);
    return decode(bytes, { checkCrc: true });
  });
  const pixels = attempt(source, () => (color === 3 ? colours(image) : depth < 8 ? scaled(image) : whole(image)));
  return opaque({ width, height, pixels, keys: color === 3 ? undefined : image.transparency, source });
}

interface Chunks {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly color: number;
  readonly interlaced: number;
  /** The compressed pixels. */
  readonly data: Uint8Array;
  readonly names: ReadonlySet<string>;
}

/** The header, and which parts there are. @throws InputError where one is cut */
function chunksOf(bytes: Uint8Array, source: string): Chunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names = new Set<string>();
  const data: Uint8Array[] = [];
  let header: DataView | undefined;
  for (let at = signature.length; !names.has('IEND'); ) {
    if (at + 12 > bytes.length) throw damaged(source, 'it is cut');
    const length = view.getUint32(at);
    const name = new TextDecoder('latin1').decode(bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > bytes.length) throw damaged(source, 'it is cut');
    if (names.size === 0 && (name !== 'IHDR' || length !== 13))
      throw damaged(source, 'it does not begin with its header');
    if (names.has(name) && (name === 'IHDR' || name === 'PLTE')) throw damaged(source, `it has ${name} twice`);
    if (name === 'IHDR') header = new DataView(bytes.buffer, bytes.byteOffset + at + 8, length);
    if (name === 'eXIf') checkUpright(bytes.subarray(at + 8, at + 8 + length), source);
    if (name === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + length));
    names.add(name);
    at += 12 + length;
  }
  return {
    width: header!.getUint32(0),
    height: header!.getUint32(4),
    depth: header!.getUint8(8),
    color: header!.getUint8(9),
    interlaced: header!.getUint8(12),
    data: data.length === 1 ? data[0]! : Buffer.concat(data),
    names,
  };
}

/** The bytes that the seven parts of an interlaced image have. */
function adam7(width: number, height: number, lines: (width: number, height: number) => number): number {
  const parts = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ] as const;
  return parts.reduce(
    (sum, [x, y, dx, dy]) => sum + lines(Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)),
    0,
  );
}

/** Numbers, a group of `channels` a pixel; with the alpha channel behind, where there is one. */
interface Pixels {
  readonly channels: number;
  readonly data: Uint8Array;
}

function whole({ data, channels }: DecodedPng): Pixels {
  return { channels, data: Uint8Array.from(data) };
}

function colours(image: DecodedPng): Pixels {
  return { channels: image.palette?.[0]?.length ?? 3, data: convertIndexedToRgb(image) };
}

/** Grey of less than 8 bits, from 0 to 255. */
function scaled({ width, height, depth, data }: DecodedPng): Pixels {
  const most = 2 ** depth - 1;
  const bytesOfLine = Math.ceil((width * depth) / 8);
  const pixels = new Uint8Array(width * height);
  for (let i = 0; i < pixels.length; i++) {
    const x = i % width;
    const bit = x * depth;
    const byte = data[Math.floor(i / width) * bytesOfLine + (bit >> 3)]!;
    pixels[i] = (((byte >> (8 - depth - (bit & 7))) & most) * 255) / most;
  }
  return { channels: 1, data: pixels };
}

/** The image without its alpha channel. @param keys a colour that is transparent @throws InputError where something can be seen through */
function opaque(image: {
  width: number;
  height: number;
  pixels: Pixels;
  keys: Uint16Array | undefined;
  source: string;
}): Image {
  const { width, height, pixels, keys, source } = image;
  const { channels, data } = pixels;
  const kept = channels < 3 ? 1 : 3;
  if (keys !== undefined) throw transparent(source);
  if (kept === channels) return { width, height, channels: kept, pixels: data };
  const colour = new Uint8Array(width * height * kept);
  for (let i = 0; i < width * height; i++) {
    if (data[i * channels + kept] !== 255) throw transparent(source);
    for (let c = 0; c < kept; c++) colour[i * kept + c] = data[i * channels + c]!;
  }
  return { width, height, channels: kept, pixels: colour };
}

function transparent(source: string): InputError {
  return new InputError(
    `${source}: has transparency: what is behind it? Save it without, or with an alpha channel that is opaque`,
  );
}

function attempt<T>(source: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw damaged(source, (error as Error).message, error);
  }
}

function damaged(source: string, why: string, cause?: unknown): InputError {
  return new InputError(`${source}: is no sound PNG image: ${why}`, { cause });
}
