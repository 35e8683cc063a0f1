import { commonRoom } from './memory.ts';

/** Bytes that weights are handed over in, of some columns after the other. */
const panelBytes = 32_768;

/**
 * Where inputs are on their way to the synapses from the stimulus, which no network of the thread has for itself: two of learning, or four of
 * evaluation, as chunks of four float32 numbers and where each begins in a row of weights; or weights on their way to JavaScript, of as many
 * chunks of columns as `panel`.
 */
export interface Staging {
  readonly first: number;
  /** Of learning. */
  readonly second: number;
  /** Of evaluation: where chunks begin. */
  readonly chunks: number;
  /** Floats, and so for all rows `panel` chunks. */
  readonly weights: Float32Array;
  readonly panel: number;
}

/** For synapses of so many rows and chunks of columns. */
export function stagingOf(memory: WebAssembly.Memory, rows: number, chunks: number): Staging {
  const lines = 64 * Math.ceil(chunks / 4);
  const panel = Math.min(chunks, Math.max(1, Math.floor(panelBytes / (16 * rows))));
  const first = commonRoom(memory, 'staging', Math.max(5 * lines, 16 * rows * panel));
  return {
    first,
    second: first + 2 * lines,
    chunks: first + 4 * lines,
    weights: new Float32Array(memory.buffer, first, 4 * rows * panel),
    panel,
  };
}
