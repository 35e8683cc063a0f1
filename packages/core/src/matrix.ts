import { InputError } from './errors.ts';

/** A dense matrix of float32 numbers, row-major: entry (i, j) is `data[i * cols + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float32Array;
}

/** Refuses a matrix that is not rows × cols of finite numbers; `name` says in the message whose it is. */
export function checkMatrix(name: string, matrix: Matrix, rows: number, cols: number): void {
  if (matrix.rows !== rows || matrix.cols !== cols) {
    throw new InputError(`${name} is ${matrix.rows} × ${matrix.cols}, but this network needs ${rows} × ${cols}`);
  }
  if (matrix.data.length !== rows * cols) {
    throw new InputError(
      `${name} has ${matrix.data.length} numbers, but ${rows} × ${cols} = ${rows * cols} are needed`,
    );
  }
  const bad = matrix.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new InputError(
      `${name} has ${matrix.data[bad]} at row ${Math.floor(bad / cols)}, column ${bad % cols}; every weight must be a finite number`,
    );
  }
}

/** The transpose, a copy. */
export function transpose({ rows, cols, data }: Matrix): Matrix {
  const transposed = new Float32Array(data.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) transposed[j * rows + i] = data[i * cols + j] as number;
  }
  return { rows: cols, cols: rows, data: transposed };
}
