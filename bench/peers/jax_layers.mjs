// Networks of layers in jax-js, on its WebAssembly backend: a whole batch is one compiled function.
import { defaultDevice, init, jit, nn, numpy as np } from '@jax-js/jax';

export async function createBackend({ activation, output }) {
  await init('wasm');
  defaultDevice('wasm');
  // An array that is passed on is given away: `ref` keeps it.
  const kept =
    (operation) =>
    (...arrays) =>
      operation(...arrays.map((each) => each?.ref ?? each));
  const turned = (a, is) => (is ? np.transpose(a.ref) : a.ref);
  const backend = {
    array: (numbers, rows, columns) => np.array(Float32Array.from(numbers)).reshape([rows, columns]),
    product: (a, b, { left = false, right = false } = {}) => np.matmul(turned(a, left), turned(b, right)),
    add: kept(np.add),
    subtract: kept(np.subtract),
    times: kept(np.multiply),
    scaled: (a, by) => a.ref.mul(by),
    f: kept(activation === 'relu' ? nn.relu : nn.sigmoid),
    gate: (u, h) => (activation === 'relu' ? np.where(np.greater(u.ref, 0), 1, 0) : h.ref.mul(np.subtract(1, h.ref))),
    outputs: kept({ linear: (a) => a, sigmoid: nn.sigmoid, softmax: (a) => nn.softmax(a, 1) }[output]),
    columnSums: (a) => np.sum(a.ref, 0, { keepdims: true }),
    learner(step, start, X, Y, batch) {
      const update = jit((weights, x, y) => step(weights, x, y, batch));
      let weights = start;
      const rows = (all, numbers) => np.take(all.ref, np.array(numbers, { dtype: np.int32 }), 0);
      return {
        learn(numbers) {
          for (let first = 0; first < numbers.length; first += batch) {
            const part = Int32Array.from(numbers.subarray(first, first + batch));
            weights = update(weights, rows(X, part), rows(Y, part));
            // What waits to be computed takes the longer the more of it there is.
            Object.values(weights).at(-1).ref.dataSync();
          }
          for (const each of Object.values(weights)) each.ref.dataSync();
        },
        weights: () => Object.fromEntries(Object.entries(weights).map(([name, each]) => [name, each.ref.dataSync()])),
      };
    },
  };
  return backend;
}
