import { exponential, logarithm } from './exponential';
import { sigmoid, sigmoidSlope, softplus, tanh } from './sigmoids';

// Functions of one number and their slopes, applied to blocks of vectors: `count` vectors of `size` float32 numbers, one every
// `stride` numbers, a multiple of four. Padding gets zeros whatever the function. An output and the input may be the same.

/** The codes of src/kernels/functions.ts. */
enum Function {
  Identity = 0,
  Relu = 1,
  Tanh = 2,
  Sigmoid = 3,
  Softplus = 4,
  Exponential = 5,
  Logarithm = 6,
  Reciprocal = 7,
  SquareRoot = 8,
  Square = 9,
  Absolute = 10,
  Sign = 11,
  Step = 12,
}

/** [u > 0]. */
@inline
function step(u: v128): v128 {
  return v128.and(f32x4.gt(u, f32x4.splat(0)), f32x4.splat(1));
}

/** 1, 0 or −1; no number where u is none. */
@inline
function sign(u: v128): v128 {
  const value = f32x4.sub(step(u), step(f32x4.neg(u)));
  return v128.bitselect(value, u, f32x4.eq(u, u));
}

// A class a function, with f and f′; f′ is 0 where f jumps, has a corner or is flat. They have no instances: types choose at compile
// time what is inlined.

@unmanaged
class Identity {
  @inline value(u: v128): v128 {
    return u;
  }
  @inline slope(u: v128): v128 {
    return f32x4.splat(1);
  }
}

@unmanaged
class Relu {
  @inline value(u: v128): v128 {
    return f32x4.max(u, f32x4.splat(0));
  }
  @inline slope(u: v128): v128 {
    return step(u);
  }
}

@unmanaged
class Tanh {
  @inline value(u: v128): v128 {
    return tanh(u);
  }
  @inline slope(u: v128): v128 {
    return f32x4.mul(f32x4.splat(4), sigmoidSlope(f32x4.add(u, u)));
  }
}

@unmanaged
class Sigmoid {
  @inline value(u: v128): v128 {
    return sigmoid(u);
  }
  @inline slope(u: v128): v128 {
    return sigmoidSlope(u);
  }
}

@unmanaged
class Softplus {
  @inline value(u: v128): v128 {
    return softplus(u);
  }
  @inline slope(u: v128): v128 {
    return sigmoid(u);
  }
}

@unmanaged
class Exponential {
  @inline value(u: v128): v128 {
    return exponential(u);
  }
  @inline slope(u: v128): v128 {
    return exponential(u);
  }
}

@unmanaged
class Logarithm {
  @inline value(u: v128): v128 {
    return logarithm(u);
  }
  @inline slope(u: v128): v128 {
    return f32x4.div(f32x4.splat(1), u);
  }
}

@unmanaged
class Reciprocal {
  @inline value(u: v128): v128 {
    return f32x4.div(f32x4.splat(1), u);
  }
  @inline slope(u: v128): v128 {
    return f32x4.div(f32x4.splat(-1), f32x4.mul(u, u));
  }
}

@unmanaged
class SquareRoot {
  @inline value(u: v128): v128 {
    return f32x4.sqrt(u);
  }
  @inline slope(u: v128): v128 {
    return f32x4.div(f32x4.splat(0.5), f32x4.sqrt(u));
  }
}

@unmanaged
class Square {
  @inline value(u: v128): v128 {
    return f32x4.mul(u, u);
  }
  @inline slope(u: v128): v128 {
    return f32x4.add(u, u);
  }
}

@unmanaged
class Absolute {
  @inline value(u: v128): v128 {
    return f32x4.abs(u);
  }
  @inline slope(u: v128): v128 {
    return sign(u);
  }
}

@unmanaged
class Sign {
  @inline value(u: v128): v128 {
    return sign(u);
  }
  @inline slope(u: v128): v128 {
    return f32x4.splat(0);
  }
}

@unmanaged
class Step {
  @inline value(u: v128): v128 {
    return step(u);
  }
  @inline slope(u: v128): v128 {
    return f32x4.splat(0);
  }
}

/** Ones in the lanes of the last four numbers that are no padding. */
@inline
export function lastLanes(size: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(((size - 1) & 3) + 1));
}

function clearPadding(output: usize, count: i32, size: i32, stride: i32): void {
  if (size == stride) return;
  const mask = lastLanes(size);
  const bytes = <usize>stride << 2;
  for (let s = 0; s < count; s++) {
    output += bytes;
    v128.store(output - 16, v128.and(v128.load(output - 16), mask));
  }
}

/** out = f(u) and slopes = f′(u) for all numbers, each where there is room for it: what both have in common is computed once. */
function each<F>(input: usize, output: usize, slopes: usize, count: i32, size: i32, stride: i32): void {
  const f = changetype<F>(0);
  const bytes = (<usize>count * <usize>stride) << 2;
  const end = input + bytes;
  if (!slopes) {
    let to = output;
    for (const last = end - 16; input < last; input += 32) {
      const low = f.value(v128.load(input));
      const high = f.value(v128.load(input, 16));
      v128.store(to, low);
      v128.store(to, high, 16);
      to += 32;
    }
    if (input < end) v128.store(to, f.value(v128.load(input)));
  } else if (!output) {
    let to = slopes;
    for (; input < end; input += 16) {
      v128.store(to, f.slope(v128.load(input)));
      to += 16;
    }
  } else {
    let to = output;
    const apart = slopes - output;
    for (; input < end; input += 16) {
      const u = v128.load(input);
      const value = f.value(u);
      const slope = f.slope(u);
      v128.store(to, value);
      v128.store(to + apart, slope);
      to += 16;
    }
  }
  if (output) clearPadding(output, count, size, stride);
  if (slopes) clearPadding(slopes, count, size, stride);
}

/** out = f(u), unless `output` is 0, and slopes = f′(u), unless `slopes` is 0. */
export function applyFunction(
  code: i32,
  input: usize,
  output: usize,
  slopes: usize,
  count: i32,
  size: i32,
  stride: i32,
): void {
  switch (code) {
    case Function.Relu:
      return each<Relu>(input, output, slopes, count, size, stride);
    case Function.Tanh:
      return each<Tanh>(input, output, slopes, count, size, stride);
    case Function.Sigmoid:
      return each<Sigmoid>(input, output, slopes, count, size, stride);
    case Function.Softplus:
      return each<Softplus>(input, output, slopes, count, size, stride);
    case Function.Exponential:
      return each<Exponential>(input, output, slopes, count, size, stride);
    case Function.Logarithm:
      return each<Logarithm>(input, output, slopes, count, size, stride);
    case Function.Reciprocal:
      return each<Reciprocal>(input, output, slopes, count, size, stride);
    case Function.SquareRoot:
      return each<SquareRoot>(input, output, slopes, count, size, stride);
    case Function.Square:
      return each<Square>(input, output, slopes, count, size, stride);
    case Function.Absolute:
      return each<Absolute>(input, output, slopes, count, size, stride);
    case Function.Sign:
      return each<Sign>(input, output, slopes, count, size, stride);
    case Function.Step:
      return each<Step>(input, output, slopes, count, size, stride);
    default:
      return each<Identity>(input, output, slopes, count, size, stride);
  }
}
