import { DenseSynapses, Program } from './layout';
import { addScaled, paddedLength, sumLanes } from './vector';

/** Below this size the scale α is multiplied into V, long before float32 loses digits by it. */
const smallestScale: f64 = 1e-3;

/** out = W in, for `count` vectors that follow each other. */
export function drive(synapses: DenseSynapses, input: usize, output: usize, count: i32): void {
  const scale = <f32>load<f64>(synapses.scale);
  const rows = synapses.rows;
  const rowBytes = <usize>synapses.stride << 2;
  const outputBytes = <usize>paddedLength(rows) << 2;
  for (let vector = 0; vector < count; vector++) {
    let row = synapses.values;
    for (let i = 0; i < rows; i++) {
      let sum = f32x4.splat(0);
      for (let offset: usize = 0; offset < rowBytes; offset += 16) {
        sum = f32x4.add(sum, f32x4.mul(v128.load(row + offset), v128.load(input + offset)));
      }
      store<f32>(output + (<usize>i << 2), scale * sumLanes(sum));
      row += rowBytes;
    }
    input += rowBytes;
    output += outputBytes;
  }
}

/** out = Wᵀ in, for `count` vectors that follow each other. */
export function driveTransposed(synapses: DenseSynapses, input: usize, output: usize, count: i32): void {
  const scale = <f32>load<f64>(synapses.scale);
  const rows = synapses.rows;
  const stride = synapses.stride;
  const rowBytes = <usize>stride << 2;
  const inputBytes = <usize>paddedLength(rows) << 2;
  for (let vector = 0; vector < count; vector++) {
    memory.fill(output, 0, rowBytes);
    let row = synapses.values;
    for (let i = 0; i < rows; i++) {
      addScaled(output, scale * load<f32>(input + (<usize>i << 2)), row, stride);
      row += rowBytes;
    }
    input += inputBytes;
    output += rowBytes;
  }
}

/**
 * W += η (left rightᵀ − decay W + λ Σ_ij left_i G_ij right_jᵀ), where left_i and right_j are the responses to the noise
 * directions that follow the two vectors; G, λ and their number are those of `noise`,
 * which is null where one of the ends has none.
 */
export function learn(
  synapses: DenseSynapses,
  left: usize,
  right: usize,
  decay: f64,
  time: f64,
  noise: Program | null,
): void {
  const eta = synapses.eta0 / (1 + time / synapses.t0);
  const rows = synapses.rows;
  const stride = synapses.stride;
  const length = rows * stride;
  const values = synapses.values;

  let scale = load<f64>(synapses.scale);
  if (decay != 0) {
    scale *= 1 - eta * decay;
    if (Math.abs(scale) < smallestScale) {
      const factor = f32x4.splat(<f32>scale);
      for (let at = values, end = values + (<usize>length << 2); at < end; at += 16) {
        v128.store(at, f32x4.mul(factor, v128.load(at)));
      }
      scale = 1;
    }
    store<f64>(synapses.scale, scale);
  }

  addOuter(values, rows, stride, eta / scale, left, right);
  if (noise) {
    const directions = noise.directions;
    const gram = noise.gram;
    const leftBytes = <usize>paddedLength(rows) << 2;
    const rightBytes = <usize>stride << 2;
    const weighted = synapses.scratch;
    for (let i = 0; i < directions; i++) {
      memory.fill(weighted, 0, rightBytes);
      for (let j = 0; j < directions; j++) {
        const g = <f32>load<f64>(gram + (<usize>(i * directions + j) << 3));
        addScaled(weighted, g, right + rightBytes * <usize>(j + 1), stride);
      }
      addOuter(values, rows, stride, (eta * noise.ridge) / scale, left + leftBytes * <usize>(i + 1), weighted);
    }
  }
}

/** V += factor · left rightᵀ. */
@inline
function addOuter(values: usize, rows: i32, stride: i32, factor: f64, left: usize, right: usize): void {
  for (let i = 0; i < rows; i++) {
    addScaled(values, <f32>(factor * <f64>load<f32>(left + (<usize>i << 2))), right, stride);
    values += <usize>stride << 2;
  }
}
