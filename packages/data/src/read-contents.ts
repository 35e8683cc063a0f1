import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { InputError } from 'apical';
import { fileProblem } from './file-problem.ts';
import { readCifar } from './formats/cifar.ts';
import { gunzip } from './formats/gzip.ts';
import { readIdx } from './formats/idx.ts';
import { lengthProblem } from './formats/length.ts';
import type { DataLocation } from './locate.ts';
import type { DataFile, DataSet } from './registry/data-set.ts';

/** What a file of a data set holds: images, their classes, or both. */
export interface Contents {
  readonly pixels?: Uint8Array;
  readonly classes?: Uint8Array;
  /** Of the uncompressed bytes. */
  readonly sha256: string;
  /** How the file differs from the official one, if it is a known variant. */
  readonly note?: string;
}

/**
 * Reads a file of a data set and checks all that is known of it: length, form, range of the labels, SHA-256 sum.
 * @throws InputError that says what is wrong with it
 */
export async function readContents(
  set: DataSet,
  file: DataFile,
  { path, compressed }: Pick<DataLocation, 'path' | 'compressed'>,
): Promise<Contents> {
  const bytes = await readBytes(path);
  return checkContents(set, file, compressed ? await gunzip(bytes, path, file.bytes) : bytes, path);
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const { buffer, byteOffset, byteLength } = await readFile(path);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (error) {
    throw fileProblem(error, path, 'read');
  }
}

/** Checks the uncompressed bytes of a file of a data set, and takes them apart; `source` names it in messages. */
export function checkContents(set: DataSet, file: DataFile, bytes: Uint8Array, source: string): Contents {
  if (bytes.length !== file.bytes) throw new InputError(`${source}: ${lengthProblem(file.bytes, bytes.length)}`);
  const contents = decode(set, file, bytes, source);
  const { length } = set.classNames;
  const bad = contents.classes?.findIndex((value) => value >= length) ?? -1;
  if (bad >= 0) {
    throw new InputError(
      `${source}: label ${contents.classes![bad]} at place ${bad.toLocaleString('en')}; ${set.name} has classes 0 to ${length - 1}`,
    );
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 === file.sha256) return { ...contents, sha256 };
  const variant = file.variants?.find((known) => known.sha256 === sha256);
  if (variant === undefined) {
    throw new InputError(
      `${source}: SHA-256 sum ${file.sha256} expected, ${sha256} found: this is not the official file`,
    );
  }
  return { ...contents, ...variant };
}

function decode(set: DataSet, file: DataFile, bytes: Uint8Array, source: string) {
  switch (file.form) {
    case 'cifar-10':
      return pick(readCifar(bytes, source, 1));
    case 'cifar-100':
      return pick(readCifar(bytes, source, 2));
    case 'idx-labels': {
      const { dimensions, values } = readIdx(bytes, source, 1);
      checkDimensions([file.count], dimensions, source);
      return { classes: values };
    }
    case 'idx-images': {
      const { dimensions, values } = readIdx(bytes, source, 3);
      checkDimensions([file.count, set.shape.height, set.shape.width], dimensions, source);
      return { pixels: values };
    }
  }
}

function pick({ pixels, classes }: { pixels: Uint8Array; classes: Uint8Array }) {
  return { pixels, classes };
}

function checkDimensions(expected: readonly number[], found: readonly number[], source: string): void {
  if (expected.some((size, i) => size !== found[i])) {
    throw new InputError(`${source}: dimensions ${expected.join(' × ')} expected, ${found.join(' × ')} found`);
  }
}
