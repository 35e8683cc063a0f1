import { InputError } from '@apical/core';
import { ownPath } from '../config/own-data.ts';
import { isSameArray } from '../own-data/same-array.ts';
import { learnedShare } from './learned-share.ts';
import type { ModelFile } from './model-file.ts';

/** Which samples: where they are, and the SHA-256 sum of that file. */
interface Read {
  readonly table: string;
  readonly sha256: string;
}

/** A note that a model learned samples on which it is measured: those that its run read. */
export function noteLearned(read: Read, { data, path }: ModelFile): readonly string[] {
  if (!data || !isLearned(read, data)) return [];
  const remedy = data.table?.holdOut === undefined ? '' : '; --split test: only those held out';
  return [`${learnedShare(read.table, data, path)}${remedy}`];
}

/** Whether samples are those that a run read to learn, some of which it may have held out. Arrays of one archive are told apart by their names. */
export function isLearned({ table, sha256 }: Read, { set, table: own }: NonNullable<ModelFile['data']>): boolean {
  return sha256 === own?.found?.sha256 && isSameArray(table, ownPath(set));
}

/** @throws InputError where samples are to be parted as those of a run were, and are not these */
export function refuseOthers(read: Read, data: NonNullable<ModelFile['data']>, path: string): void {
  if (isLearned(read, data)) return;
  const { found, test } = data.table ?? {};
  const learned = read.sha256 === found?.sha256 ? ownPath(data.set) : undefined;
  const isHeld = test !== undefined && read.sha256 === found?.testSha256 && isSameArray(read.table, test);
  const which = learned === undefined ? `whose SHA-256 sum was ${found?.sha256}` : `which was ${learned}`;
  const held = isHeld ? '; all of it was held out' : '';
  throw new InputError(
    `${read.table}: is not what ${path} learned, ${which}${held}; without --split all of it is taken`,
  );
}
