import { version } from '../../provenance.ts';
import { DataSets } from '../../runs/data-sets.ts';
import { loadRulesOf } from '../load-study-rules.ts';
import type { Recorded } from '../store/held-study.ts';
import { openStudyFolder } from '../store/study-folder.ts';
import type { Study } from '../study.ts';
import { dataOf } from './data-of.ts';

/**
 * Loads the rules and the data of a study, and makes its folder or opens it to go on.
 *
 * @throws InputError where the data is not there, or the folder holds another study or cannot be written; the signal's reason
 */
export async function prepareStudy(
  study: Study,
  source: string,
  folder: string,
  options: {
    readonly directory?: string | undefined;
    readonly signal?: AbortSignal | undefined;
    readonly onNote?: ((text: string) => void) | undefined;
  } = {},
): Promise<{ sets: DataSets; recorded: Recorded }> {
  const ruleSha256 = await loadRulesOf(study);
  const wanted = dataOf(study);
  const sets = await DataSets.load(wanted, options);
  const dataSha256 = Object.fromEntries(wanted.map((each): [string, Record<string, string>] => [each.data.set, {}]));
  for (const each of wanted) Object.assign(dataSha256[each.data.set]!, sets.sha256(each));
  const recorded = { version, dataSha256, ...(Object.keys(ruleSha256).length > 0 && { ruleSha256 }) };
  openStudyFolder(folder, study, source, recorded);
  return { sets, recorded };
}
