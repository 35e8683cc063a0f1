import { Activation } from './layout';

// z = f(u) − z̄ and the slope f′(u), one number a cell. While learning, the running mean z̄ += ε (f(u) − z̄) comes first. tanh is
// AssemblyScript's own, compiled with the kernels: the same bits on every engine.

/** The codes of src/kernels/activation.ts. */
enum Function {
  Relu = 1,
  Tanh = 2,
}

/** z and f′ from u; moves the running mean where `learning`. */
export function activate(activation: Activation, input: usize, output: usize, slope: usize, learning: bool): void {
  const mean = activation.mean;
  const rate = activation.meanRate;
  for (let i = 0; i < activation.size; i++) {
    const at = <usize>i << 2;
    const u = load<f32>(input + at);
    let value: f32;
    if (activation.function == Function.Relu) {
      const active = u > 0;
      value = active ? u : u != u ? u : 0;
      store<f32>(slope + at, active ? 1 : 0);
    } else {
      value = <f32>Math.tanh(<f64>u);
      store<f32>(slope + at, 1 - value * value);
    }
    if (mean) {
      const meanAt = mean + (<usize>i << 3);
      let running = load<f64>(meanAt);
      if (learning) {
        running += rate * (<f64>value - running);
        store<f64>(meanAt, running);
      }
      value = <f32>(<f64>value - running);
    }
    store<f32>(output + at, value);
  }
}
