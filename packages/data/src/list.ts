import { dataDirectory } from './directory.ts';
import { type DataLocation, locate } from './locate.ts';
import type { Split } from './registry/data-set.ts';
import { dataSets } from './registry/registry.ts';

/** One file of a data set, and where it lies. */
export interface ListedFile {
  /** The official name, uncompressed. */
  readonly name: string;
  readonly split: Split;
  /** How many images or labels it holds. */
  readonly count: number;
  /** Undefined if it is not there. */
  readonly location: DataLocation | undefined;
}

/** One data set, and what of it is there. */
export interface ListedDataSet {
  readonly name: string;
  readonly title: string;
  readonly homepage: string;
  readonly licence: string;
  readonly shape: { readonly height: number; readonly width: number; readonly channels: number };
  readonly classNames: readonly string[];
  readonly files: readonly ListedFile[];
  /** The splits of which all files are there. */
  readonly available: readonly Split[];
}

/** Lists all data sets and which of their files are there (see `dataDirectory`); the files are not read. */
export async function listDataSets(directory?: string): Promise<ListedDataSet[]> {
  const folder = dataDirectory(directory);
  const listed: ListedDataSet[] = [];
  for (const set of dataSets) {
    const { name, title, homepage, licence, shape, classNames } = set;
    const files: ListedFile[] = [];
    for (const file of set.files) {
      const location = await locate(set, file, folder);
      files.push({ name: file.name, split: file.split, count: file.count, location });
    }
    const available = (['train', 'test'] as const).filter((split) =>
      files.every((file) => file.split !== split || file.location !== undefined),
    );
    listed.push({ name, title, homepage, licence, shape, classNames, files, available });
  }
  return listed;
}
