import { sumLanes } from './vector';

// The passes over V, one block of 1, 2, 4 or 8 rows at a time: four columns of every row lie together.

/** Four raw inputs as float32. */
@inline
function load4<T>(at: usize): v128 {
  if (sizeof<T>() == 1) {
    return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at))));
  }
  return v128.load(at);
}

/** The last one to three raw inputs as float32, then zeros. */
@inline
function loadRest<T>(at: usize, count: i32): v128 {
  let rest = f32x4.splat(0);
  rest = f32x4.replace_lane(rest, 0, <f32>load<T>(at));
  if (count > 1) rest = f32x4.replace_lane(rest, 1, <f32>load<T>(at + sizeof<T>()));
  if (count > 2) rest = f32x4.replace_lane(rest, 2, <f32>load<T>(at + 2 * sizeof<T>()));
  return rest;
}

/** V p for one block of rows; `rows` is a constant where this is inlined. Writes float64. */
@inline
export function driveBlock<T>(values: usize, raw: usize, columns: i32, rows: i32, output: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let s4 = f32x4.splat(0);
  let s5 = f32x4.splat(0);
  let s6 = f32x4.splat(0);
  let s7 = f32x4.splat(0);
  for (let left = columns; left > 0; left -= 4) {
    const p = left >= 4 ? load4<T>(raw) : loadRest<T>(raw, left);
    s0 = f32x4.add(s0, f32x4.mul(v128.load(values), p));
    if (rows > 1) s1 = f32x4.add(s1, f32x4.mul(v128.load(values, 16), p));
    if (rows > 2) {
      s2 = f32x4.add(s2, f32x4.mul(v128.load(values, 32), p));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(values, 48), p));
    }
    if (rows > 4) {
      s4 = f32x4.add(s4, f32x4.mul(v128.load(values, 64), p));
      s5 = f32x4.add(s5, f32x4.mul(v128.load(values, 80), p));
      s6 = f32x4.add(s6, f32x4.mul(v128.load(values, 96), p));
      s7 = f32x4.add(s7, f32x4.mul(v128.load(values, 112), p));
    }
    raw += 4 * sizeof<T>();
    values += <usize>rows << 4;
  }
  store<f64>(output, sumLanes(s0));
  if (rows > 1) store<f64>(output, sumLanes(s1), 8);
  if (rows > 2) {
    store<f64>(output, sumLanes(s2), 16);
    store<f64>(output, sumLanes(s3), 24);
  }
  if (rows > 4) {
    store<f64>(output, sumLanes(s4), 32);
    store<f64>(output, sumLanes(s5), 40);
    store<f64>(output, sumLanes(s6), 48);
    store<f64>(output, sumLanes(s7), 56);
  }
}

@inline
function addToRow(at: usize, change: v128, p: v128): void {
  v128.store(at, f32x4.add(v128.load(at), f32x4.mul(change, p)));
}

@inline
function splat(changes: usize): v128 {
  return f32x4.splat(<f32>load<f64>(changes));
}

/** V += changes pᵀ for one block of rows; `rows` is a constant where this is inlined. */
@inline
export function learnBlock<T>(values: usize, raw: usize, columns: i32, rows: i32, changes: usize): void {
  const c0 = splat(changes);
  const c1 = splat(changes + 8);
  const c2 = splat(changes + 16);
  const c3 = splat(changes + 24);
  const c4 = splat(changes + 32);
  const c5 = splat(changes + 40);
  const c6 = splat(changes + 48);
  const c7 = splat(changes + 56);
  for (let left = columns; left > 0; left -= 4) {
    const p = left >= 4 ? load4<T>(raw) : loadRest<T>(raw, left);
    addToRow(values, c0, p);
    if (rows > 1) addToRow(values + 16, c1, p);
    if (rows > 2) {
      addToRow(values + 32, c2, p);
      addToRow(values + 48, c3, p);
    }
    if (rows > 4) {
      addToRow(values + 64, c4, p);
      addToRow(values + 80, c5, p);
      addToRow(values + 96, c6, p);
      addToRow(values + 112, c7, p);
    }
    raw += 4 * sizeof<T>();
    values += <usize>rows << 4;
  }
}
