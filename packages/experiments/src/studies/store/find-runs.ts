import { findStoredRun, type ListedRun, runFolders } from '../../runs/stored-run.ts';
import { RunIndex } from './run-index.ts';
import { isStudyFolder } from './study-folder.ts';

/**
 * All runs in a folder and those below it; those of a study by its index, without opening each.
 *
 * @param onDamaged told of every folder that is left out, for its `config.json` cannot be read
 * @param onProblem told, in words, what else cannot be read
 * @throws InputError where it is no folder
 */
export function findRuns(
  root: string,
  onDamaged: (directory: string) => void = () => {},
  onProblem: (words: string) => void = () => {},
): ListedRun[] {
  const studies: string[] = [];
  const isStudy = (directory: string) => isStudyFolder(directory) && studies.push(directory) > 0;
  const runs = runFolders(root, isStudy, onProblem).flatMap((folder) => {
    const { run, problems } = findStoredRun(folder);
    if (run === undefined) onDamaged(folder);
    else problems.forEach(onProblem);
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
