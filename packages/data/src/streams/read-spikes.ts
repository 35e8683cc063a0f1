import { readFileSync } from 'node:fs';
import { InputError } from '@apical/core';
import { fileProblem } from '../file-problem.ts';
import { readCsv } from '../formats/csv.ts';
import { isNpy, readNpy } from '../formats/npy.ts';
import type { NumericArray } from '../formats/numeric-array.ts';
import type { GivenSpikes } from './given-spikes.ts';
import { type Stream, type StreamOptions, streamOf as streamBy } from './stream.ts';

/** `streamOf` of the library in browsers, with the files that streams name. @throws InputError as it does, and for files that are none of spikes */
export function streamOf(name: string, options: StreamOptions): Stream {
  return streamBy(name, { read: readSpikes, ...options });
}

/** Spikes from a table of two columns, CSV or NPY: time and cell, a spike a row. @throws InputError where it is none */
export function readSpikes(path: string): GivenSpikes {
  const { shape, data } = readArray(path);
  if (shape.length !== 2 || shape[1] !== 2) {
    throw new InputError(`${path}: must have two columns, time and cell, not the shape ${shape.join(' × ')}`);
  }
  const column = (j: number) => Float64Array.from({ length: shape[0]! }, (_, i) => Number(data[2 * i + j]));
  return { times: column(0), cells: column(1) };
}

function readArray(path: string): NumericArray {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new InputError(`${path}: there is no such file of spikes`);
    throw fileProblem(error, path, 'read');
  }
  if (isNpy(bytes)) return readNpy(bytes, path);
  if (bytes.length === 0) throw new InputError(`${path}: is empty`);
  const [first = ''] = Buffer.from(bytes.subarray(0, 200))
    .toString('utf8')
    .split(/[,;\t\n]/);
  return readCsv(bytes, path, { header: Number.isNaN(Number(first.trim() || 'x')) });
}
