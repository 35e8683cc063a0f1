function statistics<T>(inputs: usize, columns: i32, count: i32, sums: usize, squares: usize): void {
  for (let sample = 0; sample < count; sample++) {
    let sum: f64 = 0;
    let square: f64 = 0;
    for (let j = 0; j < columns; j++) {
      const value = <f64>load<T>(inputs);
      sum += value;
      square += value * value;
      inputs += sizeof<T>();
    }
    store<f64>(sums + (<usize>sample << 3), sum);
    store<f64>(squares + (<usize>sample << 3), square);
  }
}

/** For each of `count` raw inputs of `columns` numbers, its sum and the sum of its squares. */
export function inputStatistics(
  elementBytes: i32,
  inputs: usize,
  columns: i32,
  count: i32,
  sums: usize,
  squares: usize,
): void {
  if (elementBytes == 1) statistics<u8>(inputs, columns, count, sums, squares);
  else statistics<f32>(inputs, columns, count, sums, squares);
}
