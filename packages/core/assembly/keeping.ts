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

/** keep w + change; where all is kept, w + change. */
@inline
export function changed(keeping: Keeping, keep: v128, w: v128, change: v128): v128 {
  return f32x4.add(keeping == Keeping.All ? w : f32x4.mul(keep, w), change);
}

/** 1 − factor d of four columns. */
@inline
export function kept(decays: usize, factor: f32): v128 {
  return f32x4.sub(f32x4.splat(1), f32x4.mul(f32x4.splat(factor), v128.load(decays)));
}
