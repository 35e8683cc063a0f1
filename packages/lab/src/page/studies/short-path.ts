/** How the sets of runs begin that learned files of one's own. */
const ofFile = 'file:';

/** The folder in which all files lie that sets name, to its last slash. */
export function sharedFolder(sets: readonly string[]): string {
  const folders = [...new Set(sets)]
    .filter((set) => set.startsWith(ofFile))
    .map((set) => set.slice(ofFile.length).split('/').slice(0, -1));
  const [first = [], ...others] = folders;
  const differs = first.findIndex((part, i) => others.some((folder) => folder[i] !== part));
  const shared = differs < 0 ? first : first.slice(0, differs);
  return shared.map((part) => `${part}/`).join('');
}

/** More characters than this are cut. */
const most = 40;

/** A set, or another text, by what tells it from others: without the folder that all share, and cut in the middle where it is long. */
export function shortText(text: string, folder: string): string {
  const path = text.startsWith(ofFile) ? text.slice(ofFile.length) : text;
  const own = path !== text && path.startsWith(folder) ? path.slice(folder.length) : path;
  return own.length > most ? `${own.slice(0, most / 4)}…${own.slice(1 - (3 * most) / 4)}` : own;
}
