/** What is looked at of the process, where there is one. */
interface Process {
  readonly execArgv?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const flag = '--experimental-wasm-revectorize';

/**
 * Whether V8 joins pairs of instructions of 128 bits to one of 256, for which the kernels have wider tiles, with the same bits: in a process
 * that was started with V8's flag for it, or that has set the flag itself and says so by `APICAL_JOINS_VECTORS=1`, as the command does.
 */
export function joinsVectors(process: Process | undefined = (globalThis as { process?: Process }).process): boolean {
  const { execArgv = [], env = {} } = process ?? {};
  return env.APICAL_JOINS_VECTORS === '1' || execArgv.some((option) => option.replaceAll('_', '-') === flag);
}
