import { openParquet, type ParquetColumn, type ParquetFile, readInputs, readParquetTable } from '@apical/data/parquet';
import { cellsOfNumbers, type OpenTable } from './opened-files.ts';
import { decodePng } from './png.ts';

/** Opens a Parquet file. @throws InputError as the command's reader does */
export async function openParquetTable(bytes: Uint8Array, source: string): Promise<Omit<OpenTable, 'sha256'>> {
  const parquet = await open(bytes, source);
  const { columns } = parquet;
  const numbers = async () => {
    const { data, inputs } = await readInputs(parquet, columns, source, 'no columns', decodePng);
    return { shape: [parquet.rows, inputs], data };
  };
  return {
    source,
    columns: columns.length,
    names: columns.map(({ name }) => name),
    texts: classColumns(parquet).map((column) => columns.indexOf(column)),
    hasLines: false,
    labelled: (wanted) => readParquetTable(parquet, wanted, source, decodePng),
    numbers,
    alone: async () => cellsOfNumbers((await numbers()).data),
  };
}

/** The columns that could be the class, and are no inputs: of texts, or of numbers that the file itself has names for, or what stands beside images. */
function classColumns({ columns }: ParquetFile): readonly ParquetColumn[] {
  const named = columns.filter(
    ({ kind, classNames, isIndex }) => !isIndex && (kind === 'texts' || classNames !== undefined),
  );
  const hasImages = columns.some(({ kind }) => kind === 'images');
  return named.length > 0 || !hasImages ? named : columns.filter(({ kind }) => kind !== 'images');
}

function open(bytes: Uint8Array, source: string): Promise<ParquetFile> {
  const slice = async (start: number, end = bytes.length) => Uint8Array.from(bytes.subarray(start, end)).buffer;
  return openParquet({ byteLength: bytes.length, slice }, source);
}
