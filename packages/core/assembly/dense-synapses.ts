import { DenseSynapses, Program, Rate } from './layout';
import { addScaledExactly, dotOf4, paddedLength, setScaled } from './vector';

/** Below this size the scale α is multiplied into V, long before float32 loses digits by it. */
const smallestScale: f64 = 1e-3;

/** out = W in, for `count` vectors that follow each other. */
export function drive(synapses: DenseSynapses, input: usize, output: usize, count: i32): void {
  const scale = f32x4.splat(<f32>load<f64>(synapses.scale));
  const rows = paddedLength(synapses.rows);
  const bytes = <usize>synapses.stride << 2;
  for (let vector = 0; vector < count; vector++) {
    let row = synapses.values;
    for (let i = 0; i < rows; i += 4) {
      const next = row + bytes + bytes;
      v128.store(output, f32x4.mul(scale, dotOf4(row, row + bytes, next, next + bytes, input, bytes)));
      row = next + bytes + bytes;
      output += 16;
    }
    input += bytes;
  }
}

/** out = Wᵀ in, for `count` vectors that follow each other. */
export function driveTransposed(synapses: DenseSynapses, input: usize, output: usize, count: i32): void {
  const scale = f32x4.splat(<f32>load<f64>(synapses.scale));
  const rows = synapses.rows;
  const bytes = <usize>synapses.stride << 2;
  const inputBytes = <usize>paddedLength(rows) << 2;
  for (let vector = 0; vector < count; vector++) {
    for (let column: usize = 0; column < bytes; column += 16) {
      let row = synapses.values + column;
      let sum = f32x4.mul(v128.load(row), v128.load32_splat(input));
      for (let i = 1; i < rows; i++) {
        row += bytes;
        sum = f32x4.add(sum, f32x4.mul(v128.load(row), v128.load32_splat(input + (<usize>i << 2))));
      }
      v128.store(output + column, f32x4.mul(scale, sum));
    }
    input += inputBytes;
    output += bytes;
  }
}

/**
 * W += η (left rightᵀ − decay W + λ Σ_ij left_i G_ij right_jᵀ), where left_i and right_j are the responses to the noise
 * directions that follow the two vectors; G, λ and their number are those of `noise`,
 * which is null where one of the ends has none.
 */
export function learn(synapses: DenseSynapses, left: usize, right: usize, decay: f64, noise: Program | null): void {
  const eta = changetype<Rate>(synapses.rate).eta;
  const rows = synapses.rows;
  const bytes = <usize>synapses.stride << 2;
  const values = synapses.values;

  let scale = load<f64>(synapses.scale);
  if (decay != 0) {
    scale *= 1 - eta * decay;
    if (Math.abs(scale) < smallestScale) {
      setScaled(values, <f32>scale, values, <usize>rows * bytes);
      setScaled(synapses.residues, <f32>scale, synapses.residues, <usize>rows * bytes);
      scale = 1;
    }
    store<f64>(synapses.scale, scale);
  }

  const gain = eta / scale;
  const residues = synapses.residues;
  addOuter(values, residues, rows, bytes, gain, left, right);
  if (noise) {
    const directions = noise.directions;
    const leftBytes = <usize>paddedLength(rows) << 2;
    const weighted = synapses.scratch;
    const noiseGain = gain * noise.ridge;
    let gram = noise.gram;
    for (let i = 0; i < directions; i++) {
      left += leftBytes;
      for (let column: usize = 0; column < bytes; column += 16) {
        let response = right + bytes + column;
        let sum = f32x4.mul(f32x4.splat(<f32>load<f64>(gram)), v128.load(response));
        for (let j = 1; j < directions; j++) {
          response += bytes;
          sum = f32x4.add(sum, f32x4.mul(f32x4.splat(<f32>load<f64>(gram + (<usize>j << 3))), v128.load(response)));
        }
        v128.store(weighted + column, sum);
      }
      gram += (<usize>directions + 1) >> 1 << 4;
      addOuter(values, residues, rows, bytes, noiseGain, left, weighted);
    }
  }
}

/** V += factor · left rightᵀ. Responses to noise directions are zero but for one cell. */
@inline
function addOuter(
  values: usize,
  residues: usize,
  rows: i32,
  bytes: usize,
  factor: f64,
  left: usize,
  right: usize,
): void {
  for (let i = 0; i < rows; i++) {
    const change = <f32>(factor * <f64>load<f32>(left + (<usize>i << 2)));
    if (change != 0) addScaledExactly(values, residues, change, right, bytes);
    values += bytes;
    residues += bytes;
  }
}
