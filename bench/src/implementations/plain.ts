import { addOuter, addProduct, gram, gramOfColumns, multiply, multiplyTransposed, type Numbers } from './matrices.ts';

/** What a plain network is made of: arrays of one type, float32 or float64. */
export interface PlainOptions {
  readonly rates: { readonly W1: number; readonly W2: number; readonly Q: number };
  readonly ridge: number;
  /** ε of mean-subtracted ReLU; 0: linear units. */
  readonly meanRate: number;
  /** W1 is k × m, W2 n × k, Q (of BMVR) k × k; the running mean, where there is one, starts at zbar, k. */
  readonly weights: { readonly W1: Numbers; readonly W2: Numbers; readonly Q?: Numbers; readonly zbar?: Numbers };
}

/** One sample after the other, as the equations say; all right-hand sides are at the old weights. */
export interface PlainNetwork {
  learn(x: Numbers, y: Numbers): void;
  weights(): Record<string, Numbers>;
}

/** Golkar et al. 2020, Eqs. 5–7, 9 and 24, and the ridge's terms. */
export function plainBmvr(k: number, n: number, { rates, ridge, meanRate, weights }: PlainOptions): PlainNetwork {
  const { W1 } = weights;
  const Q = weights.Q!;
  const array = arraysLike(W1);
  const W2T = transposed(weights.W2, n, k);
  const hidden = hiddenUnits(weights, k, meanRate);
  const [interneurons, balance, plateau] = [array(k), array(k), array(k)];
  const [G, M, oldW1, oldQ] = [array(k * k), array(k * k), array(W1.length), array(k * k)];
  return {
    learn(x, y) {
      const z = hidden.activity(x);
      multiplyTransposed(Q, z, interneurons);
      multiply(Q, interneurons, balance);
      multiply(W2T, y, plateau);
      for (let i = 0; i < k; i++) plateau[i]! -= balance[i]!;
      hidden.gate(plateau);
      if (ridge > 0) {
        gram(W1, k, G);
        gram(Q, k, M);
        oldW1.set(W1);
        oldQ.set(Q);
        addProduct(W1, -rates.W1 * ridge, M, oldW1, k);
      }
      addOuter(W1, 1, rates.W1, plateau, x);
      addOuter(W2T, 1 - rates.W2, rates.W2, z, y);
      addOuter(Q, 1 - rates.Q, rates.Q, z, interneurons);
      if (ridge > 0) addProduct(Q, rates.Q * ridge, G, oldQ, k);
    },
    weights: () => ({ W1, W2: transposed(W2T, k, n), Q }),
  };
}

/** Golkar et al. 2020, Eq. 2, and the ridge's terms. */
export function plainBackprop(k: number, n: number, { rates, ridge, meanRate, weights }: PlainOptions): PlainNetwork {
  const { W1, W2 } = weights;
  const array = arraysLike(W1);
  const hidden = hiddenUnits(weights, k, meanRate);
  const [error, delta] = [array(n), array(k)];
  const [G, M, oldW1, oldW2] = [array(k * k), array(k * k), array(W1.length), array(W2.length)];
  return {
    learn(x, y) {
      const z = hidden.activity(x);
      multiply(W2, z, error);
      for (let i = 0; i < n; i++) error[i] = y[i]! - error[i]!;
      multiplyTransposed(W2, error, delta);
      hidden.gate(delta);
      if (ridge > 0) {
        gram(W1, k, G);
        gramOfColumns(W2, n, M);
        oldW1.set(W1);
        oldW2.set(W2);
        addProduct(W1, -rates.W1 * ridge, M, oldW1, k);
        addProduct(W2, -rates.W2 * ridge, oldW2, G, k);
      }
      addOuter(W1, 1, rates.W1, delta, x);
      addOuter(W2, 1, rates.W2, error, z);
    },
    weights: () => ({ W1, W2 }),
  };
}

/** The hidden units: linear, or ReLU minus its running mean, which moves first. */
function hiddenUnits({ W1, zbar }: PlainOptions['weights'], k: number, meanRate: number) {
  const array = arraysLike(W1);
  const [u, z, mean] = [array(k), array(k), zbar ?? array(k)];
  const linear = meanRate === 0;
  return {
    activity(x: Numbers): Numbers {
      multiply(W1, x, u);
      if (linear) return u;
      for (let i = 0; i < k; i++) {
        const rectified = Math.max(u[i]!, 0);
        mean[i]! += meanRate * (rectified - mean[i]!);
        z[i] = rectified - mean[i]!;
      }
      return z;
    },
    /** Leaves out the changes of units that are not active. */
    gate(changes: Numbers): void {
      if (linear) return;
      for (let i = 0; i < k; i++) if (!(u[i]! > 0)) changes[i] = 0;
    },
  };
}

function arraysLike(numbers: Numbers): (length: number) => Numbers {
  return numbers instanceof Float32Array ? (length) => new Float32Array(length) : (length) => new Float64Array(length);
}

function transposed(matrix: Numbers, rows: number, columns: number): Numbers {
  const result = arraysLike(matrix)(matrix.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result[j * rows + i] = matrix[i * columns + j]!;
  }
  return result;
}
