// What reads Parquet: an entry of its own, for it is large, and loaded where it is needed.
export { openParquet, type ParquetColumn, type ParquetFile } from './formats/parquet.ts';
export { readParquetTable } from './own/parquet-table.ts';
export { type ImageDecoder, readInputs } from './parquet-inputs.ts';
