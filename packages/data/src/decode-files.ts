import { InputError, sha256 } from '@apical/core';
import { checkSum, decodeContents } from './contents.ts';
import { assembleImages, type ImageSet } from './image-set.ts';
import type { Split } from './registry/data-set.ts';
import { findDataSet } from './registry/registry.ts';

/** The official names of the files of a split, uncompressed, in their order. @throws InputError for an unknown data set */
export function fileNames(set: string, split: Split): string[] {
  return findDataSet(set)
    .files.filter((file) => file.split === split)
    .map(({ name }) => name);
}

/**
 * The images of one split from the bytes of its files: `loadImages` without a file system. Checks what that checks: lengths,
 * form, labels and SHA-256 sums.
 *
 * @param files the uncompressed bytes by the names of `fileNames`
 * @throws InputError if a file is missing or damaged
 */
export async function decodeImages(
  name: string,
  split: Split,
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Promise<ImageSet> {
  const set = findDataSet(name);
  const parts = set.files
    .filter((file) => file.split === split)
    .map(async (file) => {
      const source = `${name}/${file.name}`;
      const bytes = files.get(file.name);
      if (!bytes) throw new InputError(`${source}: is missing`);
      const decoded = decodeContents(set, file, bytes, source);
      return { file, contents: { ...decoded, ...checkSum(file, await sha256(bytes), source) } };
    });
  return assembleImages(set, split, await Promise.all(parts));
}
