import type { Kernels } from './kernels.ts';
import { LabelWeights } from './label-weights.ts';
import { writeStructure } from './layout.ts';
import { LeftFactor } from './left-factor.ts';
import { type Arena, padded } from './memory.ts';

/**
 * Weights from linear units to the label, in the kernels' memory as their transpose U = A (V + w 1ᵀ), one column a label. See
 * assembly/regression-synapses.ts.
 */
export class RegressionWeights {
  readonly address: number;
  /** What learning changes. */
  readonly state: readonly (Float32Array | Float64Array)[];
  readonly #kernels: Kernels;
  readonly #rows: number;
  readonly #columns: LabelWeights;
  readonly #factor: Float64Array;

  /** @param rows units. @param rate its address */
  constructor(arena: Arena, kernels: Kernels, rows: number, labels: number, rate: number) {
    const columns = new LabelWeights(arena, kernels, rows, labels, rate);
    const left = new LeftFactor(arena, rows);
    this.#kernels = kernels;
    this.#rows = rows;
    this.#columns = columns;
    this.#factor = left.factor;
    this.state = [...columns.state, ...left.state];
    this.address = writeStructure(arena, 'regressionSynapses', {
      columns: columns.address,
      left: left.address,
      current: arena.allocate(8 * padded(rows)),
      changes: arena.allocate(8 * padded(rows)),
      scratch: arena.allocate(16 * padded(rows)),
      rate,
    });
  }

  /** The weights, labels × rows, row-major. */
  read(): Float32Array {
    const rows = this.#rows;
    const stride = padded(rows);
    return this.#columns.read().map((_, at, values) => {
      const [first, i] = [at - (at % rows), at % rows];
      let sum = 0;
      for (let l = 0; l < rows; l++) sum += (this.#factor[l * stride + i] as number) * (values[first + l] as number);
      return sum;
    });
  }

  /** Sets the weights, labels × rows, row-major. */
  write(weights: Float32Array): void {
    this.#columns.write(weights);
    this.#kernels.startRegression(this.address);
  }
}
