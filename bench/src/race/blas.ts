import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { onOneCore } from './one-core.ts';
import { peerEnvironment } from './peer-environment.ts';
import { peerFile } from './peer-file.ts';

/** The library by which a peer multiplies matrices. */
export interface Blas {
  /** `OpenBLAS`, `MKL`, …; `reference BLAS` for the one that is not meant to be fast; `unknown` where none is seen. */
  readonly library: string;
  /** What a product of 512 × 512 float32 matrices reaches on one core, in 10⁹ operations a second. */
  readonly gigaflops: number;
}

/** What the file of a library is called, of those that are known; the first that is loaded counts. */
const libraries: readonly (readonly [name: string, file: RegExp])[] = [
  ['OpenBLAS', /openblas/i],
  ['MKL', /\/libmkl_|\/mkl\//],
  ['BLIS', /\/libblis|\/blis-/],
  ['ATLAS', /\/libatlas|\/atlas\/|libsatlas|libtatlas/],
  ['reference BLAS', /\/libblas\.so|\/libcblas\.so|\/librefblas/],
];

/** No library that is meant to be fast is slower, on any processor with vectors; the reference one reaches one or two. */
const leastGigaflops = 6;

/** Whether a ratio to programs that use it says anything: a reference BLAS, by name or by its speed, is not what people compute with. */
export function isFast({ library, gigaflops }: Blas): boolean {
  return library !== 'reference BLAS' && gigaflops >= leastGigaflops;
}

/** The library's name, from the files that are loaded: by their own name, and that of the folder they lie in. */
export function libraryAmong(files: readonly string[]): string {
  const ends = files.map((file) => `/${file.split('/').slice(-2).join('/')}`);
  return libraries.find(([, file]) => ends.some((end) => file.test(end)))?.[0] ?? 'unknown';
}

/**
 * Finds out by what a Python module multiplies matrices, by what it loads and by measuring a product on the core of the race. A
 * library within the module's own files is not seen: then it is `unknown`, and its speed tells. Undefined where the module does not run.
 */
export async function findBlas(python: string, module: 'numpy' | 'torch'): Promise<Blas | undefined> {
  const [program, ...args] = onOneCore([python, peerFile('blas.py'), module]);
  try {
    const { stdout } = await promisify(execFile)(program!, args, { env: peerEnvironment() });
    const { gigaflops, loaded }: { gigaflops: number; loaded: string[] } = JSON.parse(stdout);
    return { library: libraryAmong(loaded), gigaflops };
  } catch {
    return undefined;
  }
}
