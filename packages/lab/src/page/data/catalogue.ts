import type { RunConfig } from '@apical/experiments';

type Split = RunConfig['data']['split'];

/** The data sets that this server has: for each of its splits the names of the files, plain or gzip. */
export type Catalogue = Readonly<Record<string, Partial<Record<Split, readonly string[]>>>>;

export async function loadCatalogue(): Promise<Catalogue> {
  const response = await fetch('data/index.json');
  if (!response.ok) throw new Error(`the list of data sets, ${response.url}, cannot be had: ${response.status}`);
  return await response.json();
}
