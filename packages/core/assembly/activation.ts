import { Activation } from './layout';

// z = f(u) − z̄ and the slope f′(u), one number a cell. While learning, the running mean z̄ += ε (f(u) − z̄) comes first. tanh is
// AssemblyScript's own, compiled with the kernels: the same bits on every engine.

/** The codes of src/kernels/activation.ts. */
enum Function {
  Relu = 1,
  Tanh = 2,
}

/** max(u, 0), and u where it is no number. */
@inline
function rectified(u: f32): f32 {
  return u > 0 ? u : u != u ? u : 0;
}

/** z and f′ from u; moves the running mean. */
export function activate(activation: Activation, input: usize, output: usize, slope: usize): void {
  const end = input + (<usize>activation.size << 2);
  let mean = activation.mean;
  const rate = activation.meanRate;
  for (; input < end; input += 4) {
    const u = load<f32>(input);
    // Stored in the branches: of a choice between values, the compiler would compute both, a tanh for each rectified cell.
    if (activation.function == Function.Relu) {
      store<f32>(output, rectified(u));
      store<f32>(slope, u > 0 ? 1 : 0);
    } else {
      const value = <f32>Math.tanh(<f64>u);
      store<f32>(output, value);
      store<f32>(slope, 1 - value * value);
    }
    if (mean) {
      const value = <f64>load<f32>(output);
      const running = load<f64>(mean) + rate * (value - load<f64>(mean));
      store<f64>(mean, running);
      store<f32>(output, <f32>(value - running));
      mean += 8;
    }
    output += 4;
    slope += 4;
  }
}

/** u ← f(u) − z̄ for `count` vectors of `size` numbers, each padded to `stride`; z̄ is float64. */
export function activateVectors(code: i32, vectors: usize, count: i32, size: i32, stride: i32, mean: usize): void {
  for (let sample = 0; sample < count; sample++) {
    for (let i = 0; i < size; i++) {
      const at = vectors + (<usize>i << 2);
      const u = load<f32>(at);
      if (code == Function.Relu) store<f32>(at, rectified(u));
      else store<f32>(at, <f32>Math.tanh(<f64>u));
      store<f32>(at, <f32>(<f64>load<f32>(at) - load<f64>(mean + (<usize>i << 3))));
    }
    vectors += <usize>stride << 2;
  }
}
