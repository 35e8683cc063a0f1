import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { InputError } from '@apical/core';
import decode, { init } from '@jsquash/jpeg/decode.js';
import { checkUpright } from './exif.ts';
import { checkSize, type Image } from './image.ts';

/** Whether a file begins as those of JPEG do. */
export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** Reads a JPEG file: see `readImage`. */
export async function readJpeg(bytes: Uint8Array, source: string): Promise<Image> {
  const { width, height, components } = headerOf(bytes, source);
  checkSize(width, height, source);
  const { data } = await decoded(bytes, source);
  const channels = components === 1 ? 1 : 3;
  const pixels = new Uint8Array(width * height * channels);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < channels; c++) pixels[i * channels + c] = data[4 * i + c]!;
  }
  return { width, height, channels, pixels };
}

/** What the decoder said of the image that it decodes: it goes on with grey where pixels are missing. */
const complaints: string[] = [];
let decoder: Promise<void> | undefined;

/** libjpeg in WebAssembly, as browsers have it: the same bytes on every machine. */
async function prepare(): Promise<void> {
  const file = fileURLToPath(import.meta.resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'));
  const note = (line: string) => void complaints.push(line);
  const options: object = { wasmBinary: await readFile(file), print: note, printErr: note };
  await init(options);
}

async function decoded(bytes: Uint8Array, source: string): Promise<{ readonly data: Uint8ClampedArray }> {
  decoder ??= prepare();
  await decoder;
  complaints.length = 0;
  const image = await decode(Uint8Array.from(bytes).buffer).catch((error: unknown) => {
    // Once it has given up it is not to be used again.
    decoder = undefined;
    throw damaged(source, complaints[0] ?? 'it cannot be decoded', error);
  });
  if (complaints.length > 0) throw damaged(source, complaints[0]!);
  return image;
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly components: number;
}

/** The frame's header. @throws InputError for what is not read */
function headerOf(bytes: Uint8Array, source: string): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) throw damaged(source, 'a marker is missing');
    const marker = bytes[at + 1]!;
    // Any number of these bytes may stand before a marker.
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) throw damaged(source, 'it is cut');
    const isExif = marker === 0xe1 && new TextDecoder('latin1').decode(bytes.subarray(at + 4, at + 10)) === 'Exif\0\0';
    if (isExif) checkUpright(bytes.subarray(at + 10, at + 2 + length), source);
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (length < 8) throw damaged(source, 'it is cut');
      const [precision, components] = [bytes[at + 4], bytes[at + 9]!];
      if (precision !== 8) throw new InputError(`${source}: has ${precision} bits a channel; save it with 8`);
      if (components !== 1 && components !== 3) {
        throw new InputError(`${source}: has ${components} channels (CMYK?); save it as grey or RGB`);
      }
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), components };
    }
    if (marker === 0xda || marker === 0xd9) break;
    at += 2 + length;
  }
  throw damaged(source, 'its header is missing');
}

function damaged(source: string, why: string, cause?: unknown): InputError {
  return new InputError(`${source}: is no sound JPEG image: ${why}`, { cause });
}
