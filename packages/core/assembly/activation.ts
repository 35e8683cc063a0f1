import { Activation } from './layout';

// z = f(u) − z̄ and the slope f′(u), one number a cell. While learning, the running mean z̄ += ε (f(u) − z̄) comes first. tanh is
// AssemblyScript's own, compiled with the kernels: the same bits on every engine.

/** The codes of src/kernels/activation.ts. */
enum Function {
  Relu = 1,
  Tanh = 2,
}

@inline
function valueOf(code: i32, u: f32): f32 {
  if (code == Function.Relu) return u > 0 ? u : u != u ? u : 0;
  return <f32>Math.tanh(<f64>u);
}

/** z and f′ from u; moves the running mean. */
export function activate(activation: Activation, input: usize, output: usize, slope: usize): void {
  const mean = activation.mean;
  const rate = activation.meanRate;
  for (let i = 0; i < activation.size; i++) {
    const at = <usize>i << 2;
    const u = load<f32>(input + at);
    let value = valueOf(activation.function, u);
    store<f32>(slope + at, activation.function == Function.Relu ? (u > 0 ? 1 : 0) : 1 - value * value);
    if (mean) {
      const meanAt = mean + (<usize>i << 3);
      const running = load<f64>(meanAt) + rate * (<f64>value - load<f64>(meanAt));
      store<f64>(meanAt, running);
      value = <f32>(<f64>value - running);
    }
    store<f32>(output + at, value);
  }
}

/** u ← f(u) − z̄ for `count` vectors of `size` numbers, each padded to `stride`; z̄ is float64. */
export function activateVectors(code: i32, vectors: usize, count: i32, size: i32, stride: i32, mean: usize): void {
  for (let sample = 0; sample < count; sample++) {
    for (let i = 0; i < size; i++) {
      const at = vectors + (<usize>i << 2);
      const value = valueOf(code, load<f32>(at));
      store<f32>(at, <f32>(<f64>value - load<f64>(mean + (<usize>i << 3))));
    }
    vectors += <usize>stride << 2;
  }
}
