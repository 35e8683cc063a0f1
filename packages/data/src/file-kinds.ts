/** The name of a file that stands for what comes by standard input. */
export const standardInput = '-';

export type Kind = 'npy' | 'npz' | 'safetensors' | 'idx' | 'table' | 'parquet';

/** What kind of file a name's end says that it is. */
export const kindsByEnding: Readonly<Record<string, Kind>> = {
  '.npy': 'npy',
  '.npz': 'npz',
  '.safetensors': 'safetensors',
  '.csv': 'table',
  '.tsv': 'table',
  '.txt': 'table',
  '.parquet': 'parquet',
};

/** What kind of file the end of its name says that it is. */
export function kindNamed(path: string): Kind | undefined {
  const name = path
    .replace(/^.*[\\/]/s, '')
    .toLowerCase()
    .replace(/\.gz$/, '');
  const ending = /.(\.[^.]*)$/s.exec(name)?.[1] ?? '';
  return /idx\d+(-[a-z0-9]+)?$|-ubyte$/.test(name) ? 'idx' : kindsByEnding[ending];
}

/** Whether the end of a name says that it is a table's: .csv, .tsv or .txt, also with .gz; what comes by standard input or a pipe is one, too. */
export function isTablePath(path: string): boolean {
  return kindNamed(path) === 'table' || path === standardInput || path.startsWith('/dev/');
}

type Archive = 'npz' | 'safetensors';

/** Whether files of that kind have several arrays, by name. */
export function isArchive(kind: Kind | undefined): kind is Archive {
  return kind === 'npz' || kind === 'safetensors';
}

/** The file in which samples are that are named so: without the name of an array in an archive. */
export function withoutMember(path: string): string {
  return splitMember(path).file;
}

/** The name of the array of an archive, where it is said. */
export function arrayIn(path: string): string | undefined {
  return splitMember(path).member;
}

/** `data.npz:x` is the array x of data.npz. */
export function splitMember(path: string): { file: string; member?: string } {
  const [, file, member] = /^(.*\.(?:npz(?:\.gz)?|safetensors)):(.+)$/is.exec(path) ?? [];
  return file !== undefined && member !== undefined ? { file, member } : { file: path };
}
