import type { OtherFile, Split } from './data-set.ts';

/** The split of a data set as the Hugging Face Hub has it, in one Parquet file. @param rows which of its rows. Default: all */
export function hubSplit(split: Split, rows?: readonly [number, number]): OtherFile {
  return { name: `${split}-00000-of-00001.parquet`, form: 'parquet', ...(rows && { rows }) };
}
