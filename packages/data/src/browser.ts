// What of this package needs no Node.js: what its name stands for where a bundler builds for browsers.

export { differenceOf, listed } from './column-names.ts';
export { decodeImages, fileNames } from './decode-files.ts';
export { isTablePath, kindNamed } from './file-kinds.ts';
export { checkNumbers } from './formats/check-numbers.ts';
export { crc32 } from './formats/crc-32.ts';
export { type CsvOptions, type CsvTable, readCsv } from './formats/csv.ts';
export type { WantedColumns } from './formats/csv-header.ts';
export { type CsvLayout, csvLayout } from './formats/csv-layout.ts';
export type { Cells } from './formats/growing-cells.ts';
export { HalfNumbers, type KeptNumbers, widened } from './formats/half-numbers.ts';
export { type IdxArray, readIdx } from './formats/idx.ts';
export { isNpy, type NpyArray, readNpy, readNpyTexts } from './formats/npy.ts';
export type { NumericArray, NumericData } from './formats/numeric-array.ts';
export { placeOfRow } from './formats/place-of-row.ts';
export { type Separator, separatorNames } from './formats/table-lines.ts';
export { isZip, packedEntry, readZipDirectory, type ZipEntry } from './formats/zip-directory.ts';
export { checkImages, describeImages } from './image-rows.ts';
export type { ImageSet } from './image-set.ts';
export { divide } from './own/divide.ts';
export { folderTarget } from './own/folder-target.ts';
export { holdOut } from './own/hold-out.ts';
export { labelledRows } from './own/labelled-rows.ts';
export type { LabelledTable } from './own/labelled-table.ts';
export { orderColumns } from './own/order-columns.ts';
export { classesOf, type TargetKind, targetsOf } from './own/targets.ts';
export {
  fitPreprocessing,
  fitRows,
  type ImageSamples,
  type PixelPreprocessing,
  type Preprocessing,
  preprocess,
  preprocessRows,
} from './preprocess.ts';
export type { Split } from './registry/data-set.ts';
export { countImages, dataSetNames, findDataSet } from './registry/registry.ts';
export { type ShippedTable, shippedTable, shippedTables } from './registry/shipped-tables.ts';
export { isStream, type Stream, type StreamOptions, streamFiles, streamInputs, streamOf } from './streams/stream.ts';
export type { Covariance } from './synthetic/generator.ts';
export type { NumberSet } from './synthetic/number-set.ts';
export {
  generate,
  generatorNames,
  isSynthetic,
  type ListedGenerator,
  listGenerators,
  type SyntheticSet,
  syntheticCovariance,
  syntheticSet,
} from './synthetic/synthetic.ts';
