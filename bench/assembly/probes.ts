// What this engine can do at most: loops that only load, only store, or only multiply and add, in plain SIMD.

/** Loads `bytes` bytes, a multiple of 128, from `address` on, `times` times over. */
export function loadAll(address: usize, bytes: i32, times: i32): i32 {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let time = 0; time < times; time++) {
    for (let at = address, end = address + bytes; at < end; at += 128) {
      a = v128.xor(a, v128.load(at));
      b = v128.xor(b, v128.load(at, 16));
      c = v128.xor(c, v128.load(at, 32));
      d = v128.xor(d, v128.load(at, 48));
      a = v128.xor(a, v128.load(at, 64));
      b = v128.xor(b, v128.load(at, 80));
      c = v128.xor(c, v128.load(at, 96));
      d = v128.xor(d, v128.load(at, 112));
    }
  }
  return i32x4.extract_lane(v128.xor(v128.xor(a, b), v128.xor(c, d)), 0);
}

/** Stores `bytes` bytes, a multiple of 128, from `address` on, `times` times over. */
export function storeAll(address: usize, bytes: i32, times: i32): void {
  for (let time = 0; time < times; time++) {
    const value = i32x4.splat(time);
    for (let at = address, end = address + bytes; at < end; at += 128) {
      v128.store(at, value);
      v128.store(at, value, 16);
      v128.store(at, value, 32);
      v128.store(at, value, 48);
      v128.store(at, value, 64);
      v128.store(at, value, 80);
      v128.store(at, value, 96);
      v128.store(at, value, 112);
    }
  }
}

/** v ← v · factor + term in 14 vectors of four numbers (two more than these are all that x86 has registers for), `times` times. */
export function multiplyAdd(factor: f32, term: f32, times: i32): f32 {
  const x = f32x4.splat(factor);
  const y = f32x4.splat(term);
  let a = y;
  let b = x;
  let c = y;
  let d = x;
  let e = y;
  let f = x;
  let g = y;
  let h = x;
  let i = y;
  let j = x;
  let k = y;
  let l = x;
  let m = y;
  let n = x;
  for (let time = 0; time < times; time++) {
    a = f32x4.add(f32x4.mul(a, x), y);
    b = f32x4.add(f32x4.mul(b, x), y);
    c = f32x4.add(f32x4.mul(c, x), y);
    d = f32x4.add(f32x4.mul(d, x), y);
    e = f32x4.add(f32x4.mul(e, x), y);
    f = f32x4.add(f32x4.mul(f, x), y);
    g = f32x4.add(f32x4.mul(g, x), y);
    h = f32x4.add(f32x4.mul(h, x), y);
    i = f32x4.add(f32x4.mul(i, x), y);
    j = f32x4.add(f32x4.mul(j, x), y);
    k = f32x4.add(f32x4.mul(k, x), y);
    l = f32x4.add(f32x4.mul(l, x), y);
    m = f32x4.add(f32x4.mul(m, x), y);
    n = f32x4.add(f32x4.mul(n, x), y);
  }
  a = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(f32x4.add(e, f), f32x4.add(g, h)));
  a = f32x4.add(a, f32x4.add(f32x4.add(f32x4.add(i, j), f32x4.add(k, l)), f32x4.add(m, n)));
  return f32x4.extract_lane(a, 0);
}
