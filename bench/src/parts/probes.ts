import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Patience, repeatable, secondsEach } from '../repeated.ts';

/** What this WebAssembly engine does in a second at most, on one core, in plain SIMD. */
export interface EngineRates {
  /** Bytes loaded and stored in a second, in memory of so many bytes. */
  readonly memory: readonly { readonly bytes: number; readonly loads: number; readonly stores: number }[];
  /** Floating-point operations in a second, a multiplication and an addition being two. */
  readonly operations: number;
}

interface Probes {
  loadAll(address: number, bytes: number, times: number): number;
  storeAll(address: number, bytes: number, times: number): void;
  multiplyAdd(factor: number, term: number, times: number): number;
}

/** In the caches of a processor, and beyond them. */
const memorySizes = [2 ** 14, 2 ** 18, 2 ** 21, 2 ** 23, 2 ** 26];
const address = 2 ** 16;
const pageBytes = 2 ** 16;
/** Operations in one turn of `multiplyAdd`: 14 vectors of 4 numbers, 2 each. */
const operationsATurn = 14 * 4 * 2;
const turns = 1000;
const bytesACall = 2 ** 18;

/** Measures loads, stores and multiply-adds by small kernels that do nothing else. */
export async function engineRates(patience: Patience): Promise<EngineRates> {
  const probes = await compileProbes();
  const memoryProbes = memorySizes.flatMap((bytes) => [
    repeatable(() => void probes.loadAll(address, bytes, passesOver(bytes))),
    repeatable(() => probes.storeAll(address, bytes, passesOver(bytes))),
  ]);
  const multiplyAdds = repeatable(() => void probes.multiplyAdd(0.5, 1, turns));
  const times = await secondsEach([multiplyAdds, ...memoryProbes], patience);
  const seconds = (index: number) => times[index]!.median;
  return {
    memory: memorySizes.map((bytes, i) => ({
      bytes,
      loads: (bytes * passesOver(bytes)) / seconds(1 + 2 * i),
      stores: (bytes * passesOver(bytes)) / seconds(2 + 2 * i),
    })),
    operations: (turns * operationsATurn) / seconds(0),
  };
}

/** So many that a call takes microseconds, and so few that the engine soon has been called often enough to optimise. */
function passesOver(bytes: number): number {
  return Math.max(1, Math.ceil(bytesACall / bytes));
}

async function compileProbes(): Promise<Probes> {
  const { default: asc } = await import('assemblyscript/asc');
  const source = fileURLToPath(new URL('../../assembly/probes.ts', import.meta.url));
  const text = await readFile(source, 'utf8');
  let binary = new Uint8Array();
  const options = [
    'probes.ts',
    '--outFile',
    'probes.wasm',
    '-O3',
    '--noAssert',
    '--runtime',
    'stub',
    '--enable',
    'simd',
  ];
  const pages = String(Math.ceil((address + Math.max(...memorySizes)) / pageBytes));
  const { error, stderr } = await asc.main([...options, '--initialMemory', pages], {
    readFile: (name) => (name === 'probes.ts' ? text : null),
    writeFile: (_name, contents) => {
      if (contents instanceof Uint8Array) binary = Uint8Array.from(contents);
    },
  });
  if (error) throw new Error(stderr.toString());
  const { instance } = await WebAssembly.instantiate(binary, { env: { abort: () => {} } });
  return instance.exports as unknown as Probes;
}
