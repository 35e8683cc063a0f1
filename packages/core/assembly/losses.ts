// Losses and angles of a block of vectors, summed in float64 one after the other; losses are added to a total of those before. Vectors are float32 of `size` numbers, one every
// `stride` numbers.

/** The smallest positive float32: a probability that was rounded to 0 counts as much. */
const smallest: f64 = 1.401298464324817e-45;

/** ln max(p, 2^-149); no number where p is none. */
@inline
function flooredLogarithm(p: f64): f64 {
  return Math.log(p < smallest ? smallest : p);
}

/** total − Σ_s Σ_j y ln p. */
export function softmaxCrossEntropy(outputs: usize, targets: usize, count: i32, size: i32, stride: i32, total: f64): f64 {
  for (let s = 0; s < count; s++) {
    for (let j = 0; j < size; j++) {
      const at = <usize>j << 2;
      const y = <f64>load<f32>(targets + at);
      if (y != 0) total -= y * flooredLogarithm(<f64>load<f32>(outputs + at));
    }
    outputs += <usize>stride << 2;
    targets += <usize>stride << 2;
  }
  return total;
}

/** total − Σ_s Σ_j (y ln p + (1 − y) ln(1 − p)). */
export function binaryCrossEntropy(outputs: usize, targets: usize, count: i32, size: i32, stride: i32, total: f64): f64 {
  for (let s = 0; s < count; s++) {
    for (let j = 0; j < size; j++) {
      const at = <usize>j << 2;
      const y = <f64>load<f32>(targets + at);
      const p = <f64>load<f32>(outputs + at);
      if (y != 0) total -= y * flooredLogarithm(p);
      if (y != 1) total -= (1 - y) * flooredLogarithm(1 - p);
    }
    outputs += <usize>stride << 2;
    targets += <usize>stride << 2;
  }
  return total;
}

/** total + Σ_s ‖a_s − b_s‖². */
export function sumSquaredDistances(a: usize, b: usize, count: i32, size: i32, stride: i32, total: f64): f64 {
  for (let s = 0; s < count; s++) {
    for (let j = 0; j < size; j++) {
      const at = <usize>j << 2;
      const difference = <f64>load<f32>(a + at) - <f64>load<f32>(b + at);
      total += difference * difference;
    }
    a += <usize>stride << 2;
    b += <usize>stride << 2;
  }
  return total;
}

/** a_s · b_s, ‖a_s‖² and ‖b_s‖² for each of `count` pairs, float64, three numbers a pair. */
export function dotsAndNorms(a: usize, b: usize, count: i32, size: i32, stride: i32, results: usize): void {
  for (let s = 0; s < count; s++) {
    let dot: f64 = 0;
    let squareOfA: f64 = 0;
    let squareOfB: f64 = 0;
    for (let j = 0; j < size; j++) {
      const at = <usize>j << 2;
      const x = <f64>load<f32>(a + at);
      const y = <f64>load<f32>(b + at);
      dot += x * y;
      squareOfA += x * x;
      squareOfB += y * y;
    }
    store<f64>(results, dot);
    store<f64>(results, squareOfA, 8);
    store<f64>(results, squareOfB, 16);
    a += <usize>stride << 2;
    b += <usize>stride << 2;
    results += 24;
  }
}
