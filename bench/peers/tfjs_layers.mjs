// Networks of layers in TensorFlow.js, on its WebAssembly backend with SIMD and one thread.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

export async function createBackend({ activation, output }) {
  const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  setWasmPaths(`${join(folder, 'dist')}/`);
  setThreadsCount(1);
  await tf.setBackend('wasm');
  await tf.ready();
  return {
    array: (numbers, rows, columns) => tf.tensor2d(numbers, [rows, columns]),
    product,
    add: tf.add,
    subtract: tf.sub,
    times: tf.mul,
    scaled: (a, by) => tf.mul(a, by),
    f: (u) => (activation === 'relu' ? tf.relu(u) : tf.sigmoid(u)),
    gate: (u, h) => (activation === 'relu' ? tf.step(u) : tf.mul(h, tf.sub(1, h))),
    outputs: (u) => ({ linear: (a) => a, sigmoid: tf.sigmoid, softmax: tf.softmax })[output](u),
    columnSums: (a) => tf.sum(a, 0, true),
    learner(step, start, X, Y, batch) {
      let weights = start;
      return {
        learn(numbers) {
          for (let first = 0; first < numbers.length; first += batch) {
            const part = Int32Array.from(numbers.subarray(first, first + batch));
            const next = tf.tidy(() => step(weights, tf.gather(X, part), tf.gather(Y, part), batch));
            for (const [name, tensor] of Object.entries(weights)) if (next[name] !== tensor) tensor.dispose();
            weights = next;
          }
        },
        weights: () => Object.fromEntries(Object.entries(weights).map(([name, tensor]) => [name, tensor.dataSync()])),
      };
    },
  };
}

/** As quick as it can be had: of matrices that are transposed by matMul's own flags a slow kernel takes care. */
function product(a, b, { left = false, right = false } = {}) {
  if (left && a.shape[0] === 1) return tf.mul(tf.reshape(a, [a.shape[1], 1]), b);
  if (a.shape[0] === 1) return tf.matMul(a, b, left, right);
  return tf.matMul(left ? tf.transpose(a) : a, right ? tf.transpose(b) : b);
}
