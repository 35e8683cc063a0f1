// Networks of layers as functions of arrays, for libraries of the browser world: the equations of layers.py, in the style that these
// libraries ask for, where each operation returns an array of its own.
//
// A backend has: array(numbers, rows, columns); product(a, b, { left, right }): a b, each transposed if so said; add, subtract, times;
// scaled(a, number); f(u), gate(u, h): f′(u); outputs(u); columnSums(a), as a row; and learner(step, X, Y), which learns batches of
// samples by step(weights, x, y), a record of the weights after it.

/** The learner of a setup, as implementations/learner.ts says. */
export function layersLearner(backend, { values, floats, names }) {
  const sizes = values.sizes.split(',').map(Number);
  const { samples } = values;
  const shapes = Object.fromEntries(names.map((name) => [name, shapeOf(name, sizes)]));
  const weights = Object.fromEntries(names.map((name) => [name, backend.array(floats(name), ...shapes[name])]));
  const X = backend.array(floats('inputs'), Number(samples), sizes[0]);
  const Y = backend.array(floats('labels'), Number(samples), sizes.at(-1));
  const depth = sizes.length - 1;
  const rates = Object.fromEntries(
    Object.entries(values).flatMap(([name, rate]) => (name.startsWith('rate') ? [[name.slice(4), Number(rate)]] : [])),
  );
  const rule = rules[values.rule](backend, { depth, rates, steps: Number(values.steps) });
  return backend.learner(rule, weights, X, Y, Number(values.batch));
}

/** Rows and columns of a weight matrix; biases are a row. */
function shapeOf(name, sizes) {
  const [kind, l] = [name[0], Number(name.slice(1))];
  const above = sizes[l + 1] ?? 1;
  return {
    W: [sizes[l], sizes[l - 1]],
    b: [1, sizes[l]],
    B: [sizes[l], above],
    A: [sizes[l], above],
    V: [sizes[l], sizes.at(-1)],
    Q: [sizes[l], sizes[l]],
  }[kind];
}

const transposed = { right: true };

/** u_l = W_l h + b_l. */
const current = ({ product, add }, w, l, below) => add(product(below, w[`W${l}`], transposed), w[`b${l}`]);

/** W + rate leftᵀ right. */
const learned = ({ product, add, scaled }, weights, left, right, rate) =>
  add(weights, scaled(product(left, right, { left: true }), rate));

/** W_l + η (mean of delta belowᵀ), b_l + η (mean of delta). */
const changed = (backend, w, l, delta, below, rate) => ({
  [`W${l}`]: learned(backend, w[`W${l}`], delta, below, rate),
  [`b${l}`]: backend.add(w[`b${l}`], backend.scaled(backend.columnSums(delta), rate)),
});

const layersTo = (depth) => Array.from({ length: depth }, (_, i) => i + 1);

/** δ_{L+1} = y − p, δ_l = f′(u_l) ⊙ (what comes down of δ_{l+1}). */
const byErrors =
  (down) =>
  (backend, { depth, rates }) =>
  (w, x, y, batch) => {
    const [u, h, delta] = [[], [x], []];
    for (const l of layersTo(depth)) {
      u[l] = current(backend, w, l, h[l - 1]);
      h[l] = l < depth ? backend.f(u[l]) : backend.outputs(u[l]);
    }
    delta[depth] = backend.subtract(y, h[depth]);
    for (let l = depth - 1; l > 0; l--) {
      delta[l] = backend.times(down(backend, w, l, delta[l + 1]), backend.gate(u[l], h[l]));
    }
    const changes = layersTo(depth).map((l) => changed(backend, w, l, delta[l], h[l - 1], rates.W / batch));
    return Object.assign({ ...w }, ...changes);
  };

/** p_l = f′(u_l) ⊙ (V_l y + A_l p_{l+1} − Q_l n_l), n_l = Q_lᵀ h_l; the products that the rule names, at old weights. */
const deepBmvr =
  (backend, { depth, rates }) =>
  (w, x, y, batch) => {
    const { product, add, subtract, times, scaled } = backend;
    const top = depth - 1;
    const [u, h, n, p] = [[], [x], [], []];
    for (const l of layersTo(top)) {
      u[l] = current(backend, w, l, h[l - 1]);
      h[l] = backend.f(u[l]);
      n[l] = product(h[l], w[`Q${l}`]);
    }
    for (let l = top; l > 0; l--) {
      const taught = product(y, w[`V${l}`], transposed);
      const all = l < top ? add(taught, product(p[l + 1], w[`A${l}`], transposed)) : taught;
      p[l] = times(subtract(all, product(n[l], w[`Q${l}`], transposed)), backend.gate(u[l], h[l]));
    }
    const changes = layersTo(top).map((l) => ({
      ...changed(backend, w, l, p[l], h[l - 1], rates.W / batch),
      [`V${l}`]: learned(backend, scaled(w[`V${l}`], 1 - rates.V), h[l], y, rates.V / batch),
      [`Q${l}`]: learned(backend, scaled(w[`Q${l}`], 1 - rates.Q), h[l], n[l], rates.Q / batch),
      ...(l < top && { [`A${l}`]: learned(backend, w[`A${l}`], h[l], p[l + 1], rates.W / batch) }),
    }));
    return Object.assign({ ...w }, ...changes);
  };

/** ε_l = v_l − W_l f(v_{l−1}) − b_l; v_l + γ (f′(v_l) ⊙ W_{l+1}ᵀ ε_{l+1} − ε_l), so many steps; W_l + η ε_l f(v_{l−1})ᵀ. */
const predictiveCoding =
  (backend, { depth, rates, steps }) =>
  (w, x, y, batch) => {
    const { product, add, subtract, times, scaled } = backend;
    const hidden = layersTo(depth - 1);
    // What the input drives stays as it is.
    const fromInput = current(backend, w, 1, x);
    const v = [undefined, fromInput];
    for (const l of hidden.slice(1)) v[l] = current(backend, w, l, backend.f(v[l - 1]));
    const look = () => {
      const h = [x, ...hidden.map((l) => backend.f(v[l]))];
      const error = [undefined];
      for (const l of layersTo(depth)) {
        error[l] = subtract(l === depth ? y : v[l], l === 1 ? fromInput : current(backend, w, l, h[l - 1]));
      }
      return { h, error };
    };
    for (let step = 0; step < steps; step++) {
      const { h, error } = look();
      for (const l of hidden) {
        const pull = times(product(error[l + 1], w[`W${l + 1}`]), backend.gate(v[l], h[l]));
        v[l] = add(v[l], scaled(subtract(pull, error[l]), 1 / 16));
      }
    }
    const { h, error } = look();
    const changes = layersTo(depth).map((l) => changed(backend, w, l, error[l], h[l - 1], rates.W / batch));
    return Object.assign({ ...w }, ...changes);
  };

const rules = {
  backprop: byErrors(({ product }, w, l, delta) => product(delta, w[`W${l + 1}`])),
  'feedback-alignment': byErrors(({ product }, w, l, delta) => product(delta, w[`B${l}`], transposed)),
  'deep-bmvr': deepBmvr,
  'predictive-coding': predictiveCoding,
};
