import { checkLabelled } from '../check-samples.ts';
import { InputError } from '../errors.ts';
import type { Matrix } from '../matrix.ts';
import type { Samples } from '../samples.ts';
import { solveRows } from './cholesky.ts';
import { diagonalise } from './eigen.ts';
import { explainedCovariance, innerProduct, whiten } from './whitening.ts';

/** An eigenvalue of FᵀF below this part of the largest one is zero, up to rounding. */
const negligible = 1e-12;

export interface Optimum {
  /** Objective (1), without the ridge, at these weights. */
  readonly value: number;
  /** W1 (k × m) and W2 (n × k). */
  readonly weights: { readonly W1: Matrix; readonly W2: Matrix };
  /** The n eigenvalues of FᵀF, from the largest to the smallest. */
  readonly eigenvalues: Float64Array;
}

/**
 * The weights that linear learning strives for, in closed form: the minimum over W1, W2 of objective (1) plus the ridge,
 * `(1/T) Σ ‖y − W2 W1 x‖² + λ ‖W2 W1‖²`, with hidden activity of covariance `W1 (Cxx + λI) W1ᵀ = I`.
 *
 * With `F = (Cxx + λI)^(−1/2) Cxy` and `FᵀF = V Λ Vᵀ`, of which the k largest eigenvalues are kept:
 *
 *     W1 = Λ^(−1/2) Vᵀ Cyx (Cxx + λI)⁻¹        W2 = V Λ^(1/2) = (W1 Cxy)ᵀ
 *
 * up to a rotation of the hidden neurons, which are in the order of their eigenvalues. Neurons beyond the rank of F have
 * zero weights. Everything is computed in float64, the same bits on every machine; for m inputs it takes time in
 * proportion to T m² + m³ and about 8 m² bytes.
 *
 * Source: Golkar et al. 2020, "Theory"; only n × n matrices are diagonalised, as `FᵀF = Cyx (Cxx + λI)⁻¹ Cxy`.
 *
 * @param options.hidden k, from 1 to n
 * @param options.ridge λ, 0 or more
 * @param options.signal aborts the computation: the promise is then rejected with the signal's reason
 * @throws InputError if an option is out of range, for samples that have less than they say or no labels, or if Cxx + λI is
 *   singular (as without a ridge, when some pixel is the same in all images)
 */
export async function optimum(
  samples: Samples,
  { hidden, ridge = 0, signal }: { hidden: number; ridge?: number; signal?: AbortSignal },
): Promise<Optimum> {
  const { inputs, labels } = samples;
  checkLabelled(samples, 'the optimum');
  if (!(Number.isInteger(hidden) && hidden >= 1 && hidden <= labels)) {
    throw new InputError(`hidden is ${hidden}, but must be a whole number from 1 to ${labels}, the number of labels`);
  }
  const { matrix, rows: whitened, labelPower } = await whiten(samples, ridge, signal);
  const { eigenvalues, eigenvectors } = diagonalise(explainedCovariance(whitened));
  const kept = Array.from(eigenvalues.subarray(0, hidden), (value) =>
    value > negligible * eigenvalues[0]! ? value : 0,
  );
  const rows = kept.map((value, neuron) => {
    const row = new Float64Array(matrix.order);
    if (value === 0) return row;
    for (const [label, whitenedRow] of whitened.entries()) {
      const factor = eigenvectors[neuron]![label]! / Math.sqrt(value);
      for (let i = 0; i < row.length; i++) row[i]! += factor * whitenedRow[i]!;
    }
    return row;
  });
  solveRows(matrix, rows);

  // At these weights W1 (Cxx + λI) W1ᵀ = I and W1 Cxy = W2ᵀ, so that (1) = Tr Cyy − Tr W2 (I + λ W1 W1ᵀ) W2ᵀ.
  let value = labelPower;
  const W1 = { rows: hidden, cols: inputs, data: new Float32Array(hidden * inputs) };
  const W2 = { rows: labels, cols: hidden, data: new Float32Array(labels * hidden) };
  for (const [neuron, row] of rows.entries()) {
    const eigenvalue = kept[neuron]!;
    value -= eigenvalue * (1 + ridge * innerProduct(row, row));
    W1.data.set(row.subarray(0, inputs), neuron * inputs);
    for (let label = 0; label < labels; label++) {
      W2.data[label * hidden + neuron] = Math.sqrt(eigenvalue) * eigenvectors[neuron]![label]!;
    }
  }
  return { value, weights: { W1, W2 }, eigenvalues };
}
