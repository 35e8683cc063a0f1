import type { ModelFile } from './model-file.ts';

/** A note that a model learned samples on which it is measured: those of the file that its run read. @param sha256 of the file */
export function noteLearned(table: string, sha256: string, { data, path }: ModelFile): readonly string[] {
  const { found, holdOut } = data?.table ?? {};
  if (!data || !found || sha256 !== found.sha256) return [];
  const learned = data.first ?? found.train;
  const all = found.train + (holdOut === undefined ? 0 : (found.test ?? 0));
  const share = learned === all ? 'all' : `${learned.toLocaleString('en')} of ${all.toLocaleString('en')}`;
  const remedy = holdOut === undefined ? '' : '; --split test: only those held out';
  return [`${table}: ${share} samples were learned by ${path}${remedy}`];
}
