import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';
import { findDataSet, type ListedDataSet, listDataSets, readFileOf, shippedPath, shippedTables } from '@apical/data';

/** Something that the server hands out. */
export interface Served {
  readonly type: string;
  /** The content where it is held in memory, or else the path of the file, or what makes it of a file of another kind. */
  readonly content:
    | Uint8Array<ArrayBuffer>
    | { readonly path: string; readonly bytes: number }
    | (() => Promise<Uint8Array<ArrayBuffer>>);
}

/** All that the server hands out, by the path in the address. What is not in it does not exist, wherever a path may lead. */
export type Files = ReadonlyMap<string, Served>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** The files of the built page, held in memory; its data are left out, for the server has its own. */
export async function pageFiles(directory: string): Promise<Files> {
  const files = new Map<string, Served>();
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(directory, path).replaceAll(sep, '/');
    const type = types[extname(name)];
    if (!entry.isFile() || type === undefined || name.startsWith('data/')) continue;
    const served = { type, content: Uint8Array.from(await readFile(path)) };
    files.set(`/${name}`, served);
    if (name === 'index.html') files.set('/', served);
  }
  return files;
}

/** The data sets that are there, in the data folder or shipped, the tables that ship, and their index. */
export async function dataFiles(directory?: string): Promise<Files> {
  const files = new Map<string, Served>();
  const index: Record<string, Record<string, string[]>> = {};
  for (const set of await listDataSets(directory)) {
    if (set.available.length > 0) index[set.name] = {};
    for (const split of set.available) index[set.name]![split] = addFiles(files, set, split);
  }
  for (const table of shippedTables) {
    const path = shippedPath(table);
    const content = { path, bytes: (await stat(path)).size };
    files.set(`/data/${table.file}`, { type: 'application/octet-stream', content });
    index[table.name] = { train: [basename(path)] };
  }
  const content = Uint8Array.from(new TextEncoder().encode(JSON.stringify(index)));
  return files.set('/data/index.json', { type: 'application/json', content });
}

/** Adds the files of a split; returns their names. */
function addFiles(files: Map<string, Served>, set: ListedDataSet, split: string): string[] {
  return set.files.flatMap((file) => {
    if (file.split !== split || !file.location) return [];
    const { location } = file;
    const { path, bytes, compressed, other } = location;
    const name = compressed && !other ? `${file.name}.gz` : file.name;
    const official = findDataSet(set.name).files.find((each) => each.name === file.name);
    const content =
      other && official ? async () => Uint8Array.from(await readFileOf(official, location)) : { path, bytes };
    files.set(`/data/${set.name}/${name}`, { type: 'application/octet-stream', content });
    return [name];
  });
}
