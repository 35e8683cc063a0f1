export { differenceOf, listed } from './column-names.ts';
export { decodeImages, fileNames } from './decode-files.ts';
export { dataDirectory, shippedPath } from './directory.ts';
export { type FetchOptions, fetchDataSet } from './fetch/fetch-data-set.ts';
export { arrayIn, isArchive, isTablePath, kindNamed, standardInput, withoutMember } from './file-kinds.ts';
export { checkNumbers } from './formats/check-numbers.ts';
export { crc32 } from './formats/crc-32.ts';
export { type CsvOptions, type CsvTable, readCsv } from './formats/csv.ts';
export type { WantedColumns } from './formats/csv-header.ts';
export { type CsvLayout, csvLayout } from './formats/csv-layout.ts';
export type { Cells } from './formats/growing-cells.ts';
export { HalfNumbers, type KeptNumbers, widened } from './formats/half-numbers.ts';
export { type IdxArray, readIdx } from './formats/idx.ts';
export { isNpy, type NpyArray, readNpy, readNpyTexts, type WritableArray, writeNpy } from './formats/npy.ts';
export { readNpz, writeNpz } from './formats/npz.ts';
export type { NumericArray, NumericData } from './formats/numeric-array.ts';
export { placeOfRow } from './formats/place-of-row.ts';
export { type Separator, separatorNames } from './formats/table-lines.ts';
export { writeCsv, writeTexts } from './formats/write-csv.ts';
export { isZip, packedEntry, readZipDirectory, type ZipEntry } from './formats/zip-directory.ts';
export { checkImages, describeImages, type ImageShape } from './image-rows.ts';
export type { ImageSet } from './image-set.ts';
export { type ListedDataSet, type ListedFile, listDataSets } from './list.ts';
export { loadImages } from './load.ts';
export type { DataLocation } from './locate.ts';
export { makeFolders } from './make-folders.ts';
export { type KeptMatrix, loadKept, loadMatrix, type MatrixOptions, type NumericMatrix } from './matrix.ts';
export { divide } from './own/divide.ts';
export { isFolder } from './own/folder.ts';
export { folderTarget } from './own/folder-target.ts';
export { holdOut } from './own/hold-out.ts';
export { labelledRows } from './own/labelled-rows.ts';
export {
  hasOwnTarget,
  isSamplesPath,
  type LabelledTable,
  type LabelledTableOptions,
  loadImageFolder,
  loadLabelledTable,
  samplesPaths,
} from './own/labelled-table.ts';
export { orderColumns } from './own/order-columns.ts';
export { loadOwnData, type OwnData, type OwnDataOptions, type OwnPart } from './own/own-data.ts';
export { classesOf, numbersOf, type TargetKind, targetsOf } from './own/targets.ts';
export { loadViews, type Views, type ViewsOptions } from './own/views.ts';
export {
  fitPreprocessing,
  fitRows,
  type ImageSamples,
  type PixelPreprocessing,
  type Preprocessing,
  preprocess,
  preprocessRows,
} from './preprocess.ts';
export { readFileOf } from './read-contents.ts';
export type { Split } from './registry/data-set.ts';
export { countImages, dataSetNames, findDataSet } from './registry/registry.ts';
export { type ShippedTable, shippedTable, shippedTables } from './registry/shipped-tables.ts';
export { readSpikes, streamOf } from './streams/read-spikes.ts';
export { isStream, type Stream, type StreamOptions, streamFiles, streamInputs } from './streams/stream.ts';
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
export { type VerifiedFile, verifyDataSet } from './verify.ts';
