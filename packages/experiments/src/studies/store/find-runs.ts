import { type ListedRun, readStoredRun, runFolders } from '../../runs/stored-run.ts';
import { RunIndex } from './run-index.ts';
import { isStudyFolder } from './study-folder.ts';

/**
 * All runs in a folder and those below it; those of a study by its index, without opening each.
 *
 * @param onDamaged told of every folder that is left out, for its `config.json` cannot be read
 * @throws InputError where it is no folder
 */
export function findRuns(root: string, onDamaged: (directory: string) => void = () => {}): ListedRun[] {
  const studies: string[] = [];
  const folders = runFolders(root, (directory) => isStudyFolder(directory) && studies.push(directory) > 0);
  const runs = folders.flatMap((folder) => {
    const run = readStoredRun(folder);
    if (run === undefined) onDamaged(folder);
    return run ?? [];
  });
  return [...runs, ...studies.flatMap(runsOfStudy)];
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
