// Noise: deviates of random streams, the same bits as those of src/random. A stream is a sequence of 32-bit words, word i being
// word i mod 4 of Philox4x32-10 at key = seed and counter = (⌊i/4⌋, name), each of 64 bits; a deviate takes two words.

/** The four words of a block: Philox4x32-10 (Salmon, Moraes, Dror and Shaw, SC '11). */
let word0: u32 = 0;
let word1: u32 = 0;
let word2: u32 = 0;
let word3: u32 = 0;

function philox(block: u64, name: u64, seed: u64): void {
  let x0 = <u32>block;
  let x1 = <u32>(block >> 32);
  let x2 = <u32>name;
  let x3 = <u32>(name >> 32);
  let k0 = <u32>seed;
  let k1 = <u32>(seed >> 32);
  for (let round = 0; round < 10; round++) {
    const p = <u64>0xd2511f53 * <u64>x0;
    const q = <u64>0xcd9e8d57 * <u64>x2;
    x0 = <u32>(q >> 32) ^ x1 ^ k0;
    x1 = <u32>q;
    x2 = <u32>(p >> 32) ^ x3 ^ k1;
    x3 = <u32>p;
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  word0 = x0;
  word1 = x1;
  word2 = x2;
  word3 = x3;
}

/** A multiple of 2^-53 in [0, 1), from two words. */
@inline
function uniform(high: u32, low: u32): f64 {
  return (<f64>(high >>> 5) * 67108864.0 + <f64>(low >>> 6)) * 1.1102230246251565e-16;
}

/** A standard normal deviate, from two words. */
@inline
function normal(high: u32, low: u32): f64 {
  return normalQuantile((<f64>(high >>> 6) * 67108864.0 + <f64>(low >>> 6) + 0.5) * 2.220446049250313e-16);
}

/**
 * out = size · deviates first, first + 1, … of the stream of a name and seed: `count` vectors of `cells` numbers, vector after vector,
 * each padded to `stride`. Kind 0: standard normal deviates; 1: uniform from −1 to 1.
 */
export function fillNoise(
  kind: i32,
  seed: f64,
  nameLow: i32,
  nameHigh: i32,
  first: f64,
  size: f64,
  out: usize,
  count: i32,
  cells: i32,
  stride: i32,
): void {
  const key = <u64>seed;
  const name = (<u64><u32>nameHigh << 32) | <u64><u32>nameLow;
  let deviate = <u64>first;
  philox(deviate >> 1, name, key);
  for (let s = 0; s < count; s++) {
    for (let i = 0; i < cells; i++) {
      const odd = <i32>(deviate & 1);
      const high = odd ? word2 : word0;
      const low = odd ? word3 : word1;
      const drawn = kind == 0 ? normal(high, low) : 2 * uniform(high, low) - 1;
      store<f32>(out + (<usize>i << 2), <f32>(size * drawn));
      deviate++;
      if (odd) philox(deviate >> 1, name, key);
    }
    out += <usize>stride << 2;
  }
}

/** x^0 … x^7 with these coefficients, from the highest power to the lowest. */
@inline
function polynomial(x: f64, a: f64, b: f64, c: f64, d: f64, e: f64, f: f64, g: f64, h: f64): f64 {
  return ((((((a * x + b) * x + c) * x + d) * x + e) * x + f) * x + g) * x + h;
}

/** The point below which a standard normal deviate falls with probability p: Wichura's algorithm AS 241, PPND16. */
function normalQuantile(p: f64): f64 {
  const q = p - 0.5;
  if (abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return q * (polynomial(r, 2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513, 133.14166789178438, 3.3871328727963665) / polynomial(r, 5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.187007492058, 42.31333070160091, 1.0));
  }
  const r = sqrt(-logarithm(q < 0 ? p : 1 - p));
  const size = r <= 5 ? flank(r - 1.6) : tail(r - 5);
  return q < 0 ? -size : size;
}

function flank(r: f64): f64 {
  const top = polynomial(r, 7.745450142783414e-4, 2.2723844989269184e-2, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835);
  const bottom = polynomial(r, 1.0507500716444169e-9, 5.475938084995345e-4, 1.5198666563616457e-2, 0.14810397642748008, 0.6897673349851, 1.6763848301838038, 2.053191626637759, 1.0);
  return top / bottom;
}

function tail(r: f64): f64 {
  const top = polynomial(r, 2.0103343992922881e-7, 2.7115555687434876e-5, 1.2426609473880784e-3, 2.6532189526576124e-2, 0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103);
  const bottom = polynomial(r, 2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 7.868691311456133e-4, 1.4875361290850615e-2, 0.1369298809227358, 0.599832206555888, 1.0);
  return top / bottom;
}

/** The natural logarithm of a positive, normal double: see src/random/logarithm.ts. */
function logarithm(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let exponent = <i32>((bits >> 52) & 0x7ff) - 1023;
  let significand = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (significand > 1.4142135623730951) {
    significand /= 2;
    exponent += 1;
  }
  const f = significand - 1;
  const s = f / (2 + f);
  const square = s * s;
  let sum: f64 = 0;
  for (let odd = 23; odd >= 3; odd -= 2) sum = sum * square + 2.0 / <f64>odd;
  const power = <f64>exponent;
  return power * 0.6931471804855391 + (f - (s * (f - sum * square) - power * 7.440617110012397e-11));
}
