import { InputError } from '../errors.ts';

/**
 * The coefficient of determination R² of each column, averaged over the columns with equal weights:
 *
 *     R²_j = 1 − Σ_t (y_tj − ŷ_tj)² / Σ_t (y_tj − ȳ_j)²
 *
 * as scikit-learn's `r2_score` has it: a column of Y that is constant counts 1 where it is predicted exactly, otherwise 0.
 *
 * @param Y T × columns, row-major; what is predicted, alike
 * @throws InputError for fewer than two samples
 */
export function rSquared(predicted: ArrayLike<number>, Y: ArrayLike<number>, columns: number): number {
  const count = Y.length / columns;
  if (count < 2) throw new InputError(`R² needs at least two samples, and there ${count === 1 ? 'is 1' : 'are 0'}`);
  let total = 0;
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    for (let i = j; i < Y.length; i += columns) sum += Y[i]!;
    const mean = sum / count;
    let residual = 0;
    let spread = 0;
    for (let i = j; i < Y.length; i += columns) {
      residual += (Y[i]! - predicted[i]!) ** 2;
      spread += (Y[i]! - mean) ** 2;
    }
    if (spread > 0) total += 1 - residual / spread;
    else if (residual === 0) total += 1;
  }
  return total / columns;
}
