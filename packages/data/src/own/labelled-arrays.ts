import { InputError, sha256 } from '@apical/core';
import { isArchive, kindNamed, withoutMember } from '../file-kinds.ts';
import type { KeptNumbers } from '../formats/half-numbers.ts';
import { placeOfRow } from '../formats/place-of-row.ts';
import { loadKept, loadMatrix, type NumericMatrix } from '../matrix.ts';
import type { LabelledTable, TargetValues } from './labelled-table.ts';

/**
 * Reads samples from one file of numbers, and what is to be learned of them from another: see `loadMatrix`.
 *
 * @param path the samples, one a row: x.npy, data.npz:x, images-idx3-ubyte
 * @param target the classes or numbers, one or more a sample: another file, or another array of the same archive
 * @throws InputError as `loadMatrix` does, and where there are not as many of the one as of the other
 */
export async function loadLabelledArrays(path: string, target: string): Promise<LabelledTable<KeptNumbers>> {
  const targetPath = targetOf(path, target);
  const { rows, cols, data, sha256: sum } = await loadKept(path);
  const isOne = withoutMember(path) === withoutMember(targetPath);
  const known = await loadMatrix(targetPath, { rows, sha256: isOne ? sum : undefined, texts: true });
  if (known.rows !== rows) throw new InputError(`${targetPath}: ${known.rows} rows, but ${path} has ${rows}`);
  if (cols === 0 || known.cols === 0)
    throw new InputError(`${cols === 0 ? path : targetPath}: has no numbers a sample`);
  return {
    path,
    rows,
    inputs: cols,
    data,
    target,
    values: valuesOf(known),
    placeOf: placeOfRow,
    sha256: isOne ? sum : await sha256(new TextEncoder().encode(`${sum} ${known.sha256}`)),
  };
}

function valuesOf({ cells, cols, data }: NumericMatrix): TargetValues {
  return cells ?? (cols === 1 ? { numbers: data } : { labels: data, columns: cols });
}

function targetOf(path: string, target: string): string {
  const file = withoutMember(path);
  if (kindNamed(withoutMember(target)) !== undefined) return target;
  if (isArchive(kindNamed(file))) return `${file}:${target}`;
  throw new InputError(
    `${path}: its target is in another file (.npy, .npz, .csv, IDX, .safetensors), and ${target} is none`,
  );
}
