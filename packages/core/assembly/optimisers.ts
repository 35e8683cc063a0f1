// Steps of optimisers on `length` weights, a multiple of four, float32; g is the mean over the batch of what is to be learned, and
// weights ascend. What an optimiser keeps for each weight lies as the weights do. Zeros stay zeros, and so does the padding.

/** g − decay W. */
@inline
function decayed(gradient: usize, weights: v128, decay: v128): v128 {
  return f32x4.sub(v128.load(gradient), f32x4.mul(decay, weights));
}

/** W ← W + rate (g − decay W). */
export function stepPlain(weights: usize, gradient: usize, length: i32, rate: f64, decay: f64): void {
  const rates = f32x4.splat(<f32>rate);
  const decays = f32x4.splat(<f32>decay);
  for (const end = weights + (<usize>length << 2); weights < end; weights += 16) {
    const w = v128.load(weights);
    v128.store(weights, f32x4.add(w, f32x4.mul(rates, decayed(gradient, w, decays))));
    gradient += 16;
  }
}

/** v ← momentum v + (g − decay W), W ← W + rate v. */
export function stepMomentum(
  weights: usize,
  gradient: usize,
  velocity: usize,
  length: i32,
  rate: f64,
  momentum: f64,
  decay: f64,
): void {
  const rates = f32x4.splat(<f32>rate);
  const momenta = f32x4.splat(<f32>momentum);
  const decays = f32x4.splat(<f32>decay);
  for (const end = weights + (<usize>length << 2); weights < end; weights += 16) {
    const w = v128.load(weights);
    const v = f32x4.add(f32x4.mul(momenta, v128.load(velocity)), decayed(gradient, w, decays));
    v128.store(velocity, v);
    v128.store(weights, f32x4.add(w, f32x4.mul(rates, v)));
    gradient += 16;
    velocity += 16;
  }
}

/** v ← momentum v + rate g, W ← W + v − decay W: the decay has neither the rate nor the momentum. */
export function stepMomentumFreeDecay(
  weights: usize,
  gradient: usize,
  velocity: usize,
  length: i32,
  rate: f64,
  momentum: f64,
  decay: f64,
): void {
  const rates = f32x4.splat(<f32>rate);
  const momenta = f32x4.splat(<f32>momentum);
  const decays = f32x4.splat(<f32>decay);
  for (const end = weights + (<usize>length << 2); weights < end; weights += 16) {
    const w = v128.load(weights);
    const v = f32x4.add(f32x4.mul(momenta, v128.load(velocity)), f32x4.mul(rates, v128.load(gradient)));
    v128.store(velocity, v);
    v128.store(weights, f32x4.add(w, f32x4.sub(v, f32x4.mul(decays, w))));
    gradient += 16;
    velocity += 16;
  }
}

/** a / b, and 0 where b is 0. */
@inline
function quotient(a: v128, b: v128): v128 {
  return v128.and(f32x4.div(a, b), f32x4.ne(b, f32x4.splat(0)));
}

/** With h = g − decay W: v ← smoothing v + (1 − smoothing) h², W ← W + rate h / (√v + epsilon). */
export function stepRmsprop(
  weights: usize,
  gradient: usize,
  squares: usize,
  length: i32,
  rate: f64,
  smoothing: f64,
  epsilon: f64,
  decay: f64,
): void {
  const rates = f32x4.splat(<f32>rate);
  const kept = f32x4.splat(<f32>smoothing);
  const fresh = f32x4.splat(<f32>(1 - smoothing));
  const epsilons = f32x4.splat(<f32>epsilon);
  const decays = f32x4.splat(<f32>decay);
  for (const end = weights + (<usize>length << 2); weights < end; weights += 16) {
    const w = v128.load(weights);
    const h = decayed(gradient, w, decays);
    const v = f32x4.add(f32x4.mul(kept, v128.load(squares)), f32x4.mul(fresh, f32x4.mul(h, h)));
    v128.store(squares, v);
    const step = quotient(f32x4.mul(rates, h), f32x4.add(f32x4.sqrt(v), epsilons));
    v128.store(weights, f32x4.add(w, step));
    gradient += 16;
    squares += 16;
  }
}

/**
 * With h = g − decay W: v ← smoothing v + (1 − smoothing) h², m ← smoothing m + (1 − smoothing) h,
 * i ← momentum i + h / (√(max(v − centring m², 0) + inside) + beside), W ← W + rate i.
 */
export function stepRmspropMomentum(
  weights: usize,
  gradient: usize,
  squares: usize,
  means: usize,
  steps: usize,
  length: i32,
  rate: f64,
  smoothing: f64,
  centring: f64,
  inside: f64,
  beside: f64,
  momentum: f64,
  decay: f64,
): void {
  const rates = f32x4.splat(<f32>rate);
  const kept = f32x4.splat(<f32>smoothing);
  const fresh = f32x4.splat(<f32>(1 - smoothing));
  const centrings = f32x4.splat(<f32>centring);
  const insides = f32x4.splat(<f32>inside);
  const besides = f32x4.splat(<f32>beside);
  const momenta = f32x4.splat(<f32>momentum);
  const decays = f32x4.splat(<f32>decay);
  const zeros = f32x4.splat(0);
  for (const end = weights + (<usize>length << 2); weights < end; weights += 16) {
    const w = v128.load(weights);
    const h = decayed(gradient, w, decays);
    const v = f32x4.add(f32x4.mul(kept, v128.load(squares)), f32x4.mul(fresh, f32x4.mul(h, h)));
    const m = f32x4.add(f32x4.mul(kept, v128.load(means)), f32x4.mul(fresh, h));
    v128.store(squares, v);
    v128.store(means, m);
    const spread = f32x4.max(f32x4.sub(v, f32x4.mul(centrings, f32x4.mul(m, m))), zeros);
    const root = f32x4.add(f32x4.sqrt(f32x4.add(spread, insides)), besides);
    const i = f32x4.add(f32x4.mul(momenta, v128.load(steps)), quotient(h, root));
    v128.store(steps, i);
    v128.store(weights, f32x4.add(w, f32x4.mul(rates, i)));
    gradient += 16;
    squares += 16;
    means += 16;
    steps += 16;
  }
}

/**
 * With h = g − decay W: m ← beta1 m + (1 − beta1) h, v ← beta2 v + (1 − beta2) h², W ← W + step m / (√(correction v) + epsilon).
 *
 * Adam's update k (from 1) has step = η / (1 − beta1ᵏ) and correction = 1 / (1 − beta2ᵏ); in the form with ε̂,
 * step = η √(1 − beta2ᵏ) / (1 − beta1ᵏ) and correction = 1.
 */
export function stepAdam(
  weights: usize,
  gradient: usize,
  means: usize,
  squares: usize,
  length: i32,
  step: f64,
  correction: f64,
  beta1: f64,
  beta2: f64,
  epsilon: f64,
  decay: f64,
): void {
  const steps = f32x4.splat(<f32>step);
  const corrections = f32x4.splat(<f32>correction);
  const kept1 = f32x4.splat(<f32>beta1);
  const fresh1 = f32x4.splat(<f32>(1 - beta1));
  const kept2 = f32x4.splat(<f32>beta2);
  const fresh2 = f32x4.splat(<f32>(1 - beta2));
  const epsilons = f32x4.splat(<f32>epsilon);
  const decays = f32x4.splat(<f32>decay);
  for (const end = weights + (<usize>length << 2); weights < end; weights += 16) {
    const w = v128.load(weights);
    const h = decayed(gradient, w, decays);
    const m = f32x4.add(f32x4.mul(kept1, v128.load(means)), f32x4.mul(fresh1, h));
    const v = f32x4.add(f32x4.mul(kept2, v128.load(squares)), f32x4.mul(fresh2, f32x4.mul(h, h)));
    v128.store(means, m);
    v128.store(squares, v);
    const root = f32x4.sqrt(f32x4.mul(corrections, v));
    v128.store(weights, f32x4.add(w, quotient(f32x4.mul(steps, m), f32x4.add(root, epsilons))));
    gradient += 16;
    means += 16;
    squares += 16;
  }
}
