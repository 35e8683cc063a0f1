import type { Kernels } from './kernels.ts';

/** assembly/tape.ts. */
export interface TapeKernels {
  /**
   * Plays a tape of so many records `steps` times: `head` before the first step, `body` in each, `joint` between two, `tail` after the last.
   * Returns how many steps were done before one in which what was to be finite is not. Samples of a `source`, if it is not 0, are read ahead.
   */
  playTape(
    tape: number,
    head: number,
    body: number,
    joint: number,
    tail: number,
    steps: number,
    source: number,
  ): number;
}

/**
 * The kernels that a tape can have, in the order of their codes in assembly/tape.ts, with their arguments: an integer, or a float64 number.
 */
export const tapeKernels = {
  add: 'iiii',
  subtract: 'iiii',
  multiplyElements: 'iiii',
  minimum: 'iiii',
  maximum: 'iiii',
  scale: 'fiii',
  addScaled: 'ifiii',
  copy: 'iii',
  clear: 'ii',
  limit: 'iiiffiiii',
  allFinite: 'ii',
  applyFunction: 'iiiiiii',
  softmax: 'iiiii',
  pooledSum: 'iiiii',
  broadcast: 'iiii',
  addToEach: 'iiiii',
  multiplyMatrix: 'iiiiiii',
  multiplyTransposed: 'iiiiiii',
  addOuterProducts: 'iiiiiifi',
  stepPlain: 'iiiff',
  fillNoise: 'ifiiffiiii',
  loadInputs: 'iiiii',
  loadTargets: 'iiiii',
  solveEquations: 'iiiiiii',
  learnDecaying: 'iiiiiff',
  learnDecayingRows: 'iiiiifi',
  learnDecayingColumns: 'iiiiifi',
  learnAndDriveNext: 'iiiiiiiiffii',
  clearDiagonal: 'iii',
  centre: 'iiiiif',
  listInputs: 'iiiii',
  driveSparse: 'iiiiii',
  learnSparse: 'iiiifii',
  decayRows: 'iiiiif',
  decayColumns: 'iiiiif',
  transpose: 'iiii',
  decayAll: 'iiff',
  learnAndMultiply: 'iiiiiiii',
} as const satisfies Partial<Record<keyof Kernels, string>>;

export type TapeKernel = keyof typeof tapeKernels;

/** A call of a kernel. */
export interface Call {
  readonly kernel: TapeKernel;
  readonly numbers: readonly number[];
}

/** A call as it is repeated: which of its numbers grows from step to step, and by how much; and which is the learning rate of which synapses. */
export interface RepeatedCall extends Call {
  readonly growing?: { readonly place: number; readonly by: number };
  readonly rate?: { readonly place: number; readonly of: string };
}

/** Bytes of a record. */
export const recordBytes = 128;
/** The word where the arguments begin. */
const firstArgument = 3;

/** Writes the record of a call: see assembly/tape.ts. @param rates where its rates are, one a step */
export function writeRecord(view: DataView, record: number, call: RepeatedCall, rates?: Float64Array): void {
  const { kernel, numbers, growing, rate } = call;
  const kinds = tapeKernels[kernel];
  view.setInt32(record, Object.keys(tapeKernels).indexOf(kernel), true);
  view.setInt32(record + 8, growing ? firstArgument + growing.place : 0, true);
  view.setInt32(record + 12, growing && kinds[growing.place] === 'f' ? 1 : 0, true);
  view.setFloat64(record + 16, growing?.by ?? 0, true);
  view.setInt32(record + 120, rate && rates ? firstArgument + rate.place : 0, true);
  view.setInt32(record + 124, rates?.byteOffset ?? 0, true);
  for (const [i, value] of numbers.entries()) {
    const word = record + 8 * (firstArgument + i);
    if (kinds[i] === 'f') view.setFloat64(word, value, true);
    else view.setInt32(word, value, true);
  }
}
