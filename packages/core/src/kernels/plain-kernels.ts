import type { JoinedKernels, ProductKernels } from './product-kernels.ts';

/**
 * The kernels of the operations of a trace, each on a block of samples at once; assembly/ documents them, a file a group.
 *
 * A *block* has `count` ≥ 1 vectors of float32 that follow each other. A vector of `size` numbers takes `stride` = padded(size) of
 * them, the padding zero; a *matrix* of rows × columns has padded(rows) rows of padded(columns) numbers, the padding zero. Kernels
 * read and write the `count` vectors of a block and nothing beyond, keep padding zero, and take sums in an order that depends on
 * sizes only; what comes out for a sample is the same whatever other samples are in the block, and however many. Addresses are
 * multiples of 16; outputs may be inputs except where vectors change their length.
 */
export interface PlainKernels
  extends ProductKernels,
    JoinedKernels,
    SampleBlockKernels,
    SparseInputKernels,
    ArrayKernels,
    FunctionKernels,
    BlockKernels,
    OptimiserKernels,
    NoiseKernels,
    LimitKernels,
    EquationKernels,
    LossKernels {}

/** assembly/sample-blocks.ts: samples at positions first … first + count − 1 of a source's order. */
interface SampleBlockKernels {
  /** out_s = scale_s raw_s + offset 1, of `inputs` numbers. */
  loadInputs(source: number, first: number, count: number, inputs: number, outputs: number): void;
  /** out_s = y_s, of `labels` numbers. */
  loadTargets(source: number, first: number, count: number, labels: number, outputs: number): void;
}

/**
 * assembly/sparse-inputs.ts, sparse-changes.ts and sparse-lists.ts: inputs of which many are zero, from sources with offset 0. Weights are
 * `inputs` × `units`, transposed: row j belongs to input j. The results have the bits of multiplyTransposed and addOuterProducts.
 */
interface SparseInputKernels {
  /** How many bytes the lists of a block of up to so many samples take. */
  sparseListBytes(count: number, inputs: number): number;
  /** Lists what is not zero in samples first … first + count − 1 of the source's order. 0 where there is no room for so much, else 1. */
  listInputs(source: number, first: number, count: number, inputs: number, lists: number): number;
  /** out_s = Σ_j x_sj W_j. */
  driveSparse(lists: number, count: number, inputs: number, weights: number, units: number, outputs: number): void;
  /** target_j += Σ_s (factor x_sj) delta_s. */
  learnSparse(
    lists: number,
    count: number,
    inputs: number,
    deltas: number,
    factor: number,
    target: number,
    units: number,
  ): void;
  /** The same, going on as continueOuterProducts does. */
  readonly continueSparse: SparseInputKernels['learnSparse'];
}

/** assembly/pointwise.ts: arrays of `length` float32, a multiple of four. */
interface ArrayKernels {
  /** out = a + b. */
  add(a: number, b: number, out: number, length: number): void;
  /** out = a − b. */
  subtract(a: number, b: number, out: number, length: number): void;
  /** out = a ∘ b. */
  multiplyElements(a: number, b: number, out: number, length: number): void;
  /** out = the smaller of a and b. */
  minimum(a: number, b: number, out: number, length: number): void;
  /** out = the larger of a and b. */
  maximum(a: number, b: number, out: number, length: number): void;
  /** out = factor a. */
  scale(factor: number, a: number, out: number, length: number): void;
  /** out = a + factor b. */
  addScaled(a: number, factor: number, b: number, out: number, length: number): void;
  /** out = a. */
  copy(a: number, out: number, length: number): void;
  /** a = 0. */
  clear(a: number, length: number): void;
  /** out = Wᵀ, a matrix, too. */
  transpose(weights: number, rows: number, columns: number, out: number): void;
  /** The diagonal of a matrix is 0. */
  clearDiagonal(matrix: number, rows: number, columns: number): void;
  /** 1 if every number is finite, else 0. */
  allFinite(a: number, length: number): number;
}

/** assembly/functions.ts; codes are those of functions.ts. */
interface FunctionKernels {
  /** out = f(u), unless `output` is 0, and slopes = f′(u), unless `slopes` is 0. */
  applyFunction(
    code: number,
    input: number,
    output: number,
    slopes: number,
    count: number,
    size: number,
    stride: number,
  ): void;
}

/** assembly/softmax.ts and broadcasting.ts. */
interface BlockKernels {
  /** out = exp(u − max u) / Σ exp(u − max u), for each vector. */
  softmax(input: number, output: number, count: number, size: number, stride: number): void;
  /** Every cell of out_s gets the sum over the cells of in_s. */
  pooledSum(input: number, output: number, count: number, size: number, stride: number): void;
  /** out_s = v. */
  broadcast(v: number, out: number, count: number, stride: number): void;
  /** out_s = in_s + v. */
  addToEach(input: number, v: number, out: number, count: number, stride: number): void;
  /**
   * out_s = in_s − m, after m ← m + rate (mean of in − m) unless the rate is 0. m is float64, of `stride` numbers, its padding zero.
   */
  centre(input: number, out: number, count: number, stride: number, mean: number, rate: number): void;
}

/** assembly/optimisers.ts: `length` weights, a multiple of four, and what is kept for each; g is to be ascended. */
interface OptimiserKernels {
  /** W ← W + rate (g − decay W). */
  stepPlain(weights: number, gradient: number, length: number, rate: number, decay: number): void;
  /** v ← momentum v + (g − decay W), W ← W + rate v. */
  stepMomentum(
    weights: number,
    gradient: number,
    velocity: number,
    length: number,
    rate: number,
    momentum: number,
    decay: number,
  ): void;
  /** v ← momentum v + rate g, W ← W + v − decay W. */
  stepMomentumFreeDecay(
    weights: number,
    gradient: number,
    velocity: number,
    length: number,
    rate: number,
    momentum: number,
    decay: number,
  ): void;
  /** h = g − decay W: v ← smoothing v + (1 − smoothing) h², W ← W + rate h / (√v + epsilon). */
  stepRmsprop(
    weights: number,
    gradient: number,
    squares: number,
    length: number,
    rate: number,
    smoothing: number,
    epsilon: number,
    decay: number,
  ): void;
  /**
   * h = g − decay W: v ← smoothing v + (1 − smoothing) h², m ← smoothing m + (1 − smoothing) h,
   * i ← momentum i + h / (√(max(v − centring m², 0) + inside) + beside), W ← W + rate i.
   */
  stepRmspropMomentum(
    weights: number,
    gradient: number,
    squares: number,
    means: number,
    steps: number,
    length: number,
    rate: number,
    smoothing: number,
    centring: number,
    inside: number,
    beside: number,
    momentum: number,
    decay: number,
  ): void;
  /**
   * h = g − decay W: m ← beta1 m + (1 − beta1) h, v ← beta2 v + (1 − beta2) h², W ← W + step m / (√(correction v) + epsilon).
   * Update k, from 1: step = η / (1 − beta1ᵏ), correction = 1 / (1 − beta2ᵏ); with ε̂, step = η √(1 − beta2ᵏ) / (1 − beta1ᵏ), correction = 1.
   */
  stepAdam(
    weights: number,
    gradient: number,
    means: number,
    squares: number,
    length: number,
    step: number,
    correction: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    decay: number,
  ): void;
}

/** assembly/limits.ts. */
interface LimitKernels {
  /**
   * Numbers of a rows × columns matrix below `min` or above `max` are at it; then they are multiplied by those at `presence`, if that is not
   * 0. Not where the `number` > 0 products that were added, of `count` vectors at both ends, are of zeros: a record each of int32, the
   * addresses and strides of left and right: left, its stride, right, its stride.
   */
  limit(
    matrix: number,
    rows: number,
    columns: number,
    min: number,
    max: number,
    presence: number,
    products: number,
    number: number,
    count: number,
  ): void;
}

/** assembly/equations.ts. */
interface EquationKernels {
  /**
   * Solves A z_s = −c_s for `count` vectors, in float64. `columns` are those of A, k vectors; `scratch` is room for k + count + 2 vectors of
   * float64, padded as those are.
   */
  solveEquations(
    columns: number,
    k: number,
    stride: number,
    constants: number,
    solutions: number,
    count: number,
    scratch: number,
  ): void;
}

/** assembly/losses.ts: sums over a block, float64, added to a total. */
interface LossKernels {
  /** −Σ y ln max(p, 2⁻¹⁴⁹). */
  softmaxCrossEntropy(
    outputs: number,
    targets: number,
    count: number,
    size: number,
    stride: number,
    total: number,
  ): number;
  /** −Σ (y ln p + (1 − y) ln(1 − p)), both floored alike. */
  binaryCrossEntropy(
    outputs: number,
    targets: number,
    count: number,
    size: number,
    stride: number,
    total: number,
  ): number;
  /** Σ_s ‖a_s − b_s‖². */
  sumSquaredDistances(a: number, b: number, count: number, size: number, stride: number, total: number): number;
  /** a_s · b_s, ‖a_s‖², ‖b_s‖² for each s, float64. */
  dotsAndNorms(a: number, b: number, count: number, size: number, stride: number, results: number): void;
}

/** assembly/noise.ts. */
interface NoiseKernels {
  /**
   * out_s = size · deviates first, first + 1, … of a random stream: `count` vectors of `cells` numbers. Kind 0: standard normal; 1: uniform
   * from −1 to 1. The name is its FNV-1a hash.
   */
  fillNoise(
    kind: number,
    seed: number,
    nameLow: number,
    nameHigh: number,
    first: number,
    size: number,
    out: number,
    count: number,
    cells: number,
    stride: number,
  ): void;
}
