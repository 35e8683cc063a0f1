import { multiplyAdd } from './multiply-add';

// What is kept of weights that decay.

/** What is kept of weights. */
export enum Keeping {
  /** All. */
  All = 0,
  /** The same part of each. */
  Alike = 1,
  /** A part that may be another in each column. */
  Each = 2,
}

/** keep w + a b; where all is kept, w + a b. */
@inline
export function changed(keeping: Keeping, keep: v128, w: v128, a: v128, b: v128): v128 {
  return multiplyAdd(keeping == Keeping.All ? w : f32x4.mul(keep, w), a, b);
}

/** 1 − factor d of four columns. */
@inline
export function kept(decays: usize, factor: f32): v128 {
  return f32x4.sub(f32x4.splat(1), f32x4.mul(f32x4.splat(factor), v128.load(decays)));
}
