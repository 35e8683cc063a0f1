import { InputError } from '@apical/core';
import { crc32, type NpyArray, packedEntry, readNpyTexts, readZipDirectory, type ZipEntry } from '@apical/data';

const ending = '.npy';

/**
 * The samples and the classes of an archive of NumPy's: its two arrays, or those of more that are called x and y, or x_train and y_train.
 * @throws InputError for another file, a damaged one, and where it is not known which arrays they are
 */
export async function readNpzPair(
  archive: Uint8Array,
  source: string,
): Promise<readonly (NpyArray & { readonly source: string })[]> {
  const entries = directoryOf(archive, source);
  const names = entries.map(({ name }) => name.slice(0, -ending.length));
  const chosen = chooseArrays(names);
  if (!chosen) {
    const told = names.slice(0, 12).join(', ');
    throw new InputError(
      `${source}: holds ${names.length === 0 ? 'no arrays' : `the arrays ${told}`}: drop an archive of two, samples and classes, or of x and y among others`,
    );
  }
  return Promise.all(
    chosen.map(async (name) => {
      // As the command names it.
      const array = `${source}:${name}`;
      return { ...readNpyTexts(await unpack(archive, entries[names.indexOf(name)]!, source), array), source: array };
    }),
  );
}

function directoryOf(archive: Uint8Array, source: string): readonly ZipEntry[] {
  try {
    return readZipDirectory(archive).filter(({ name }) => name.endsWith(ending));
  } catch (error) {
    throw new InputError(`${source}: ${(error as Error).message}`, { cause: error });
  }
}

function chooseArrays(names: readonly string[]): readonly string[] | undefined {
  const find = (wanted: string) => names.find((name) => name.toLowerCase() === wanted);
  for (const [x, y] of [
    ['x', 'y'],
    ['x_train', 'y_train'],
  ] as const) {
    const pair = [find(x), find(y)].filter((name) => name !== undefined);
    if (pair.length === 2) return pair;
  }
  return names.length === 1 || names.length === 2 ? names : undefined;
}

async function unpack(archive: Uint8Array, entry: ZipEntry, source: string): Promise<Uint8Array> {
  try {
    const packed = Uint8Array.from(packedEntry(archive, entry));
    const content = entry.method === 0 ? packed : await inflated(packed);
    if (content.length === entry.size && crc32(content) === entry.crc) return content;
  } catch (error) {
    throw new InputError(`${source}: ${entry.name} is damaged (${(error as Error).message})`, { cause: error });
  }
  throw new InputError(`${source}: the checksum of ${entry.name} is wrong`);
}

async function inflated(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}
