import { padded } from './memory.ts';

// What plain-kernels.ts says of blocks and matrices holds here, too.

/** assembly/matrix-products.ts, transposed-products.ts, outer-products.ts and decays.ts. Matrices are rows × columns; `scratch` is room for productScratchBytes(rows, columns, count). */
export interface ProductKernels {
  /** out_s = W in_s. */
  multiplyMatrix(
    weights: number,
    rows: number,
    columns: number,
    inputs: number,
    count: number,
    outputs: number,
    scratch: number,
  ): void;
  /** out_s = Wᵀ in_s. */
  multiplyTransposed(
    weights: number,
    rows: number,
    columns: number,
    inputs: number,
    count: number,
    outputs: number,
    scratch: number,
  ): void;
  /** target += Σ_s (factor left_s) right_sᵀ. */
  addOuterProducts(
    target: number,
    rows: number,
    columns: number,
    left: number,
    right: number,
    count: number,
    factor: number,
    scratch: number,
  ): void;
  /** The same, each pair being added to what was summed of those before: a sum over several blocks has the bits of one over all. */
  readonly continueOuterProducts: ProductKernels['addOuterProducts'];
  /** W ← (1 − factor decay) W, of so many numbers. */
  decayAll(weights: number, length: number, factor: number, decay: number): void;
  /** target −= factor d ⊙ W, each row by its own number of d. The target may be W. */
  decayRows(target: number, weights: number, rows: number, columns: number, decays: number, factor: number): void;
  /** The same, each column by its own number of d. */
  decayColumns(target: number, weights: number, rows: number, columns: number, decays: number, factor: number): void;
  /** W ← (1 − factor decay) W + (factor left) rightᵀ. */
  learnDecaying(
    weights: number,
    rows: number,
    columns: number,
    left: number,
    right: number,
    factor: number,
    decay: number,
  ): void;
  /** W ← (1 − factor d) W + (factor left) rightᵀ, each row having its own number of d. */
  learnDecayingRows(
    weights: number,
    rows: number,
    columns: number,
    left: number,
    right: number,
    factor: number,
    decays: number,
  ): void;
  /** The same, each column having its own number of d. */
  learnDecayingColumns(
    weights: number,
    rows: number,
    columns: number,
    left: number,
    right: number,
    factor: number,
    decays: number,
  ): void;
}

/** assembly/learn-and-drive.ts and learn-and-multiply.ts. */
export interface JoinedKernels {
  /**
   * W ← keep ⊙ W + (factor x) rightᵀ, then out = Wᵀ x′, x being the input at this position of the source's order and x′ the next. What is kept
   * is 1 − factor decay, or, where `decays` is not 0, 1 − factor decays_j of each column. Inputs that are not as they lie are at `input`,
   * for which there is `room`.
   */
  learnAndDriveNext(
    source: number,
    position: number,
    input: number,
    room: number,
    weights: number,
    rows: number,
    columns: number,
    right: number,
    factor: number,
    decay: number,
    decays: number,
    out: number,
  ): void;
  /** W ← W + left rightᵀ, then out = W in, of one vector each. */
  learnAndMultiply(
    weights: number,
    rows: number,
    columns: number,
    left: number,
    right: number,
    input: number,
    output: number,
    scratch: number,
  ): void;
}

/** Bytes of scratch with which all products of a rows × columns matrix with blocks of up to `count` vectors can be computed. */
export function productScratchBytes(rows: number, columns: number, count: number): number {
  const transposed = (count + 16) * padded(rows);
  const outerProducts = (count + 1) * (padded(rows) + 8 * Math.ceil(columns / 8));
  return 4 * Math.max(64, transposed, outerProducts);
}
