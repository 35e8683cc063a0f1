/** Which part of a data set: the one meant for learning, or the one held out. */
export type Split = 'train' | 'test';

/** One file of a data set as its authors publish it, uncompressed. On disk it may be gzipped, with `.gz` at its name. */
export interface DataFile {
  readonly name: string;
  readonly split: Split;
  /** `idx-transposed-images`: each image by columns; `idx-label-rows`: rows of whole numbers, the first of which is the class. */
  readonly form: 'idx-images' | 'idx-transposed-images' | 'idx-labels' | 'idx-label-rows' | 'cifar-10' | 'cifar-100';
  /** How many images, labels or records it holds. */
  readonly count: number;
  /** Its length. */
  readonly bytes: number;
  /** The number by which it calls the first class. Default: 0. */
  readonly firstClass?: number;
  /** The SHA-256 sum of the official file, in hexadecimal digits, where it is known. */
  readonly sha256?: string;
  /** Of files whose own sum is not known: the sum of the official gzipped file. */
  readonly gzipSha256?: string;
  /** Sums of other versions that are known and accepted; each note says how it differs from the official file. */
  readonly variants?: readonly { readonly sha256: string; readonly note: string }[];
  /** Other files that have the same: see `OtherFile`. */
  readonly others?: readonly OtherFile[];
}

/** A file of another program that has what an official one has. */
export interface OtherFile {
  readonly name: string;
  /** An array of a NumPy archive; a batch of CIFAR as Python's pickle wrote it; or a split of the Hugging Face Hub, images in PNG and their labels. */
  readonly form: 'npz' | 'pickle' | 'parquet';
  /** Which array it is. */
  readonly member?: string;
  /** Of a split of the Hub, which of its rows they are. Default: all. */
  readonly rows?: readonly [from: number, to: number];
}

/** Where a data set's files can be downloaded. */
export interface DataSource {
  /** The address that the names of files are appended to. */
  readonly address: string;
  /**
   * An archive that holds all files in one folder, a tar.gz; or a zip, in which each is gzipped. Without it each file is there by itself,
   * with `.gz` added.
   */
  readonly archive?: {
    readonly name: string;
    readonly folder: string;
    readonly bytes: number;
    /** Its SHA-256 sum, where those of the files are not known. */
    readonly sha256?: string;
  };
}

/** Everything the program knows of a data set before it has seen a byte of it. */
export interface DataSet {
  readonly name: string;
  readonly title: string;
  /** The authors' page. */
  readonly homepage: string;
  readonly licence: string;
  readonly source: DataSource;
  /** Names that its folder has elsewhere: of torchvision, Keras, or of the authors' archive. */
  readonly folders?: readonly string[];
  readonly shape: { readonly height: number; readonly width: number; readonly channels: number };
  /** The name of class i at place i. */
  readonly classNames: readonly string[];
  /** In the order in which their images follow each other. */
  readonly files: readonly DataFile[];
}
