import { type ListedRun, readStoredRun, runFolders } from '../../runs/stored-run.ts';
import { RunIndex } from './run-index.ts';
import { isStudyFolder } from './study-folder.ts';

/**
 * All runs in a folder and those below it; those of a study by its index, without opening each.
 *
 * @throws InputError where it is no folder
 */
export function findRuns(root: string): ListedRun[] {
  const studies: string[] = [];
  const folders = runFolders(root, (directory) => isStudyFolder(directory) && studies.push(directory) > 0);
  return [...folders.flatMap((folder) => readStoredRun(folder) ?? []), ...studies.flatMap(runsOfStudy)];
}

function runsOfStudy(directory: string): ListedRun[] {
  const index = new RunIndex(directory, 'list');
  index.refresh();
  return [...index.runs.values()].map(({ name, config, summary }) => ({
    directory: index.store.folderOf(name),
    config,
    summary,
  }));
}
