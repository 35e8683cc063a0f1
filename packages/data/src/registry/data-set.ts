/** Which part of a data set: the one meant for learning, or the one held out. */
export type Split = 'train' | 'test';

/** One file of a data set as its authors publish it, uncompressed. On disk it may be gzipped, with `.gz` at its name. */
export interface DataFile {
  readonly name: string;
  readonly split: Split;
  readonly form: 'idx-images' | 'idx-labels' | 'cifar-10' | 'cifar-100';
  /** How many images, labels or records it holds. */
  readonly count: number;
  /** Its length. */
  readonly bytes: number;
  /** The SHA-256 sum of the official file, in hexadecimal digits. */
  readonly sha256: string;
  /** Sums of other versions that are known and accepted; each note says how it differs from the official file. */
  readonly variants?: readonly { readonly sha256: string; readonly note: string }[];
}

/** Where a data set's files can be downloaded. */
export interface DataSource {
  /** The address that the names of files are appended to. */
  readonly address: string;
  /** A tar.gz archive that holds all files in one folder; without it each file is there by itself, with `.gz` added. */
  readonly archive?: { readonly name: string; readonly folder: string; readonly bytes: number };
}

/** Everything the program knows of a data set before it has seen a byte of it. */
export interface DataSet {
  readonly name: string;
  readonly title: string;
  /** The authors' page. */
  readonly homepage: string;
  readonly licence: string;
  readonly source: DataSource;
  readonly shape: { readonly height: number; readonly width: number; readonly channels: number };
  /** The name of class i at place i. */
  readonly classNames: readonly string[];
  /** In the order in which their images follow each other. */
  readonly files: readonly DataFile[];
}
