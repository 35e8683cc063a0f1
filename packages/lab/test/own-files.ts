import { gzipSync } from 'node:zlib';
import { writeNpy } from '@apical/data';
import { type OwnData, readOwnData } from '../src/page/data/own-data.ts';
import { textsAsNpy } from './texts-as-npy.ts';

/** A file that is dropped. */
export const file = (name: string, content: BlobPart) => new File([content], name);
export const npy = (name: string, shape: number[], data: Float32Array | Float64Array | Uint8Array) =>
  file(name, writeNpy({ shape, data }) as Uint8Array<ArrayBuffer>);

/** Texts in NumPy's format, as `numpy.save` writes them: of 4 bytes a character. */
export const texts = (name: string, all: readonly string[]) => file(name, textsAsNpy(all));

/** An IDX file of unsigned bytes. */
export function idx(name: string, dimensions: number[], values: Uint8Array): File {
  const bytes = new Uint8Array(4 + 4 * dimensions.length + values.length);
  bytes.set([0, 0, 8, dimensions.length]);
  const view = new DataView(bytes.buffer);
  dimensions.forEach((size, i) => {
    view.setUint32(4 + 4 * i, size);
  });
  bytes.set(values, 4 + 4 * dimensions.length);
  return file(name, name.endsWith('.gz') ? gzipSync(bytes) : bytes);
}

/** Reads few samples, of which whole numbers are not taken for classes by themselves. */
export const readFew = (files: readonly File[]): Promise<OwnData> => readOwnData(files, { kind: 'classes' });
