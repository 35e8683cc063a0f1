// The structures that the host lays out in memory (src/kernels/layout.ts writes the same fields in the same order).
// All are read through `changetype`; pointers are byte addresses.

/** A learning rate η(t) = eta0 / (1 + t / t0). */
@unmanaged
export class Rate {
  eta0: f64;
  /** 1 / t0; 0 where the rate is constant. */
  inverseT0: f64;
  /** η of the sample at hand. */
  eta: f64;
}

/** Synapses between two populations of the circuit, W = α V with V row-major, rows padded to four columns. */
@unmanaged
export class DenseSynapses {
  rows: i32;
  /** Floats from one row to the next: columns rounded up to a multiple of four. The padding is always zero. */
  stride: i32;
  /** V, float32, stride numbers a row; rows are padded with zero rows to a multiple of four, too. */
  values: usize;
  /** What rounding has taken from V, laid out as it is. */
  residues: usize;
  /** α, float64. */
  scale: usize;
  /** Room for one float32 number a row and noise direction, their number rounded up to a multiple of four. */
  scratch: usize;
  rate: usize;
}

/** Synapses from the label, or of a regression, W = α (V + w 1ᵀ), one column a label: see label-synapses.ts. */
@unmanaged
export class LabelSynapses {
  labels: i32;
  /** Floats in a column: rows rounded up to a multiple of four, the padding zero. */
  stride: i32;
  /** V, float32, column after column; columns are padded with zeros. */
  values: usize;
  /** What rounding has taken from V, laid out as it is. */
  residues: usize;
  /** w and V 1, float32, stride. */
  common: usize;
  sums: usize;
  /** α, float64. */
  scale: usize;
  rate: usize;
}

/**
 * A and G = W Wᵀ of synapses W = A (V + c 1ᵀ), of which every sample multiplies A by I + N: see left-factor.ts. Matrices
 * are k × k and column-major, their columns padded with zeros to a multiple of four numbers.
 */
@unmanaged
export class LeftFactor {
  rows: i32;
  /** A, float64. */
  factor: usize;
  /** G, float64. */
  gram: usize;
  /** N, float32. */
  effect: usize;
  /** Room for three such matrices of whole fours of columns, and a vector of float32. */
  scratch: usize;
}

/**
 * Synapses U = A (V + w 1ᵀ) that learn the label from their own error: see regression-synapses.ts.
 */
@unmanaged
export class RegressionSynapses {
  /** V and w: LabelSynapses with α = 1. */
  columns: usize;
  /** A, and U Uᵀ. */
  left: usize;
  /** U y of the sample at hand, float64. */
  current: usize;
  /** Room for e and d, float32, and for two more vectors of float64. */
  changes: usize;
  scratch: usize;
  rate: usize;
}

/**
 * Synapses from the stimulus, W = A (V + c 1ᵀ). V is float32 in blocks of `blockRows` rows; in a block, four columns of
 * every row lie together: [column / 4][row][column % 4]. The rest is float64 and small; vectors are padded to an even length.
 */
@unmanaged
export class InputSynapses {
  rows: i32;
  columns: i32;
  /** 1, 2, 4 or, where inputs are not read by lists, 8; `rows` is padded up to a multiple of it. */
  blockRows: i32;
  blocks: i32;
  /** Chunks of four columns in a row. */
  chunks: i32;
  /** Whether inputs are read by the lists of their chunks, where they have some: then there are two blocks at most. */
  listed: i32;
  /** V, float32. */
  values: usize;
  /** A, and W Wᵀ; 0 where there is no ridge. */
  left: usize;
  /** c, rows. */
  common: usize;
  /** V 1, the sums of V's rows. */
  sums: usize;
  /** W x of the sample at hand, rows. */
  current: usize;
  /** That sample's input, as passes over V read it: see staging.ts and listed-blocks.ts. */
  staged: usize;
  stagedCount: i32;
  /** Room for the next sample's, for it is staged while a change that is of this one is applied. */
  stagedNext: usize;
  /** Where all numbers of that input follow each other, float32, staged or as they lie, if it is read as a dense one; else 0. */
  dense: usize;
  /** A change of V that waits for the next sample's pass: one number a row. */
  waitingChange: usize;
  /** The same as float32, each in the four lanes of a vector; and room for the sums of a block's rows, lane by lane. */
  waitingLanes: usize;
  laneSums: usize;
  /** Room for 3 vectors of `vectorBytes`, whole blocks. */
  scratch: usize;
  vectorBytes: i32;
  /** Room for four float32 and four float64 numbers a row. */
  transfer: usize;
  rate: usize;
  ridge: f64;
}

/** The nonlinearity of a population's cells. */
@unmanaged
export class Activation {
  function: i32;
  /** How many cells. */
  size: i32;
  /** The running means z̄, float64, or 0 where none is subtracted. */
  mean: usize;
  /** ε */
  meanRate: f64;
}

/**
 * Rectified cells, r = max(u, 0), of which few are active, minus a running mean kept as z̄ = ρ ζ: see active-cells.ts. Lists
 * of what is active have room for up to three entries more, whose r is 0.
 */
@unmanaged
export class ActiveCells {
  /** How many cells. */
  size: i32;
  /** How many of them are active for the sample being learned. */
  count: i32;
  /** ζ, float64. */
  zeta: usize;
  /** ρ and ‖ζ‖², float64. */
  scales: usize;
  /** The active cells: their numbers (int32), their r, and their ζ from before it moved, float32. */
  rows: usize;
  values: usize;
  zetaBefore: usize;
  /** ε */
  meanRate: f64;
  /** ε / ρ, how far ζ moved for r; ζ · z with ζ from before; and r · ζ after. */
  step: f64;
  zetaDotOutput: f64;
  valuesDotZeta: f64;
}

/** Synapses with such cells at one end, one row a cell: W = α (T − ζ Pᵀ). See active-synapses.ts. */
@unmanaged
export class ActiveSynapses {
  cells: usize;
  /** Columns rounded up to a multiple of four, the padding zero. */
  stride: i32;
  /** T, float32, (cells + 3) × stride: the last three rows are zero. */
  values: usize;
  /** P, float32, stride. */
  common: usize;
  /** S = Tᵀζ, float32, stride; 0 where learning does not need it. */
  projected: usize;
  /** Room for two vectors of `stride` float32 numbers: Tᵀr of the sample being learned, and what is added to T's active rows. */
  driven: usize;
  gain: usize;
  /** α, float64. */
  scale: usize;
  rate: usize;
}

/** Where samples come from: x = scale · raw + offset 1, raw being bytes or float32. */
@unmanaged
export class Source {
  /** 1: bytes, 4: float32. */
  elementBytes: i32;
  /** Raw inputs, sample after sample. */
  inputs: usize;
  /** Bytes from one sample's input to the next. */
  inputStride: i32;
  /** What is known of each input: see statistics.ts. */
  records: usize;
  /** The inputs' lists of chunks, or 0; and whether they have all chunks, as most of them are not zero. */
  chunks: usize;
  dense: i32;
  /** Class numbers, or 0: then sample i has row i of `targets`; and the bytes of one, 1, 2 or 4. */
  classes: usize;
  classBytes: i32;
  /** Labels, float32, rows of `labelStride` bytes; what follows a row need not be zero. */
  targets: usize;
  labelStride: i32;
  /** Whether the label of class c is hot e_c + cold 1. */
  oneHot: i32;
  /** uint32 sample numbers in the order of presentation, or 0: as they lie. */
  order: usize;
  offset: f64;
  hot: f64;
  cold: f64;
}

/** What a program works on besides its operands. */
@unmanaged
export class Program {
  /** Instructions, int32 words. */
  code: usize;
  /** The slot where a sample's label is put before each run, or 0 where none needs it there, and its length. */
  label: usize;
  labels: i32;
  /** t, the number of samples learned, float64. */
  time: usize;
  /** The addresses of the learning rates, and how many there are. */
  rates: usize;
  rateCount: i32;
  /** The ridge's noise: how many directions (0, or the hidden units), their Gram matrix G = W1 W1ᵀ, and λ. */
  directions: i32;
  gram: usize;
  ridge: f64;
}
