/** What a signal is for a block of samples: a vector of each, or one for all of them of what synapses have, post × pre row-major. */
export type Value = readonly Float64Array[];

/** Cell by cell, of each sample. */
export function map(value: Value, f: (u: number, cell: number) => number): Value {
  return value.map((vector) => vector.map(f));
}

/** Cell by cell, of two signals. */
export function combine(a: Value, b: Value, f: (a: number, b: number) => number): Value {
  return a.map((vector, s) => {
    const other = b[s]!;
    const result = new Float64Array(vector.length);
    for (let i = 0; i < result.length; i++) result[i] = f(vector[i]!, other[i]!);
    return result;
  });
}

/** W v, or Wᵀ v, for each vector; W is rows × (its length / rows), row-major. */
export function product(W: Float64Array, rows: number, value: Value, transposed: boolean): Value {
  const columns = W.length / rows;
  return value.map((vector) => {
    const result = new Float64Array(transposed ? columns : rows);
    for (let i = 0, at = 0; i < rows; i++) {
      if (transposed) for (let j = 0; j < columns; j++) result[j]! += W[at++]! * vector[i]!;
      else for (let j = 0; j < columns; j++) result[i]! += W[at++]! * vector[j]!;
    }
    return result;
  });
}

/** The mean over the samples of post preᵀ, row-major. */
export function meanOuter(post: Value, pre: Value): Float64Array {
  const [rows, columns] = [post[0]!.length, pre[0]!.length];
  const mean = new Float64Array(rows * columns);
  for (const [s, p] of post.entries()) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) mean[i * columns + j]! += (p[i]! * pre[s]![j]!) / post.length;
    }
  }
  return mean;
}

/** The transpose of a matrix of so many rows. */
export function turned(matrix: Float64Array, rows: number): Float64Array {
  const columns = matrix.length / rows;
  return Float64Array.from(matrix, (_, at) => matrix[(at % rows) * columns + Math.floor(at / rows)]!);
}
