import { createHash } from 'node:crypto';
import { InputError, sha256 } from '@apical/core';
import { readContent } from '../files/read-content.ts';
import { kindNamed, loadMatrix, withoutMember } from '../matrix.ts';
import type { LabelledTable } from './labelled-table.ts';

/**
 * Reads samples from one file of numbers, and what is to be learned of them from another: see `loadMatrix`.
 *
 * @param path the samples, one a row: x.npy, data.npz:x, images-idx3-ubyte
 * @param target the classes or numbers, one a sample: another file, or another array of the same archive
 * @throws InputError as `loadMatrix` does, and where there are not as many of the one as of the other, or several numbers a sample
 */
export async function loadLabelledArrays(path: string, target: string): Promise<LabelledTable> {
  const targetPath = targetOf(path, target);
  const { rows, cols, data } = await loadMatrix(path);
  const known = await loadMatrix(targetPath, { rows });
  if (known.rows !== rows) throw new InputError(`${targetPath}: ${known.rows} rows, but ${path} has ${rows}`);
  if (known.cols !== 1) throw new InputError(`${targetPath}: ${known.cols} numbers a sample; a target has one`);
  const files = [...new Set([path, targetPath].map(withoutMember))];
  const sums: string[] = [];
  for (const file of files)
    sums.push(
      createHash('sha256')
        .update(await readContent(file, file))
        .digest('hex'),
    );
  return {
    path,
    rows,
    inputs: cols,
    data,
    target,
    cells: Array.from(known.data, String),
    placeOf: (row) => `row ${row}`,
    sha256: sums.length === 1 ? sums[0]! : await sha256(new TextEncoder().encode(sums.join(' '))),
  };
}

function targetOf(path: string, target: string): string {
  const file = withoutMember(path);
  if (kindNamed(withoutMember(target)) !== undefined) return target;
  if (kindNamed(file) === 'npz') return `${file}:${target}`;
  throw new InputError(`${path}: its target is in another file (.npy, .npz, .csv, IDX), and ${target} is none`);
}
