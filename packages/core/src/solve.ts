/**
 * The solution of A z = b by Gaussian elimination with partial pivoting, in float64. Both are overwritten, and the solution
 * takes the place of b. Where A has no inverse, the solution is not finite.
 * @param A k × k, row-major
 */
export function solve(A: Float64Array, b: Float64Array): Float64Array {
  const k = b.length;
  for (let j = 0; j < k; j++) {
    let pivot = j;
    for (let i = j + 1; i < k; i++) if (Math.abs(A[i * k + j]!) > Math.abs(A[pivot * k + j]!)) pivot = i;
    if (pivot !== j) {
      for (let c = j; c < k; c++) [A[j * k + c], A[pivot * k + c]] = [A[pivot * k + c]!, A[j * k + c]!];
      [b[j], b[pivot]] = [b[pivot]!, b[j]!];
    }
    for (let i = j + 1; i < k; i++) {
      const factor = A[i * k + j]! / A[j * k + j]!;
      for (let c = j + 1; c < k; c++) A[i * k + c]! -= factor * A[j * k + c]!;
      b[i]! -= factor * b[j]!;
    }
  }
  for (let i = k - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let c = i + 1; c < k; c++) sum -= A[i * k + c]! * b[c]!;
    b[i] = sum / A[i * k + i]!;
  }
  return b;
}
