import { Matrix as DoubleMatrix } from 'ml-matrix';
import type { Network } from '../network/network.ts';
import type { Samples } from '../samples.ts';
import { blocks, trace, weight } from './hidden-activity.ts';
import { leastSquaresResiduals } from './least-squares.ts';

/** How one set of vectors, stacked into one, compares with another; NaN where it is not determined, for zero vectors. */
export interface Alignment {
  /** Of the angle between the two. */
  readonly cosine: number;
  /** β of the first ≈ β · the second, by least squares and without an intercept. */
  readonly slope: number;
}

/** What the teaching signal is compared with. */
export interface TeachingSignal {
  /** With W2ᵀ(y − ỹ); only of linear networks. */
  readonly leastSquares?: Alignment;
  /** With W2ᵀ(y − ŷ). */
  readonly backprop: Alignment;
}

/**
 * Compares BMVR's teaching signal, the calcium plateau potential `a − Q n` with a = W2ᵀ y and n = Qᵀ z (n = R z where
 * interneurons are decoupled), with errors carried back through W2ᵀ, over all samples:
 *
 * - with `W2ᵀ(y − ỹ)`, where `ỹ = Cyx (Cxx + λI)⁻¹ x` is the prediction of least squares. At the optimum the two are equal
 *   (Golkar et al. 2020, 20), with the ridge as without: there `Q n = W2ᵀ ỹ`. That is so of linear networks, and only for
 *   them it is computed.
 * - with what backprop would send to the hidden units, `W2ᵀ(y − ŷ)`, where `ŷ = W2 z` is the network's own prediction. At the
 *   optimum of a linear network this is the same, for there QQᵀ = W2ᵀW2.
 *
 * In nonlinear networks both sides reach W1 through the slope f′ of the hidden units; they are compared before.
 *
 * @returns a function that reads the network at the time when it is called
 * @throws InputError where Cxx + λI is singular
 */
export async function createTeachingSignal(network: Network, samples: Samples): Promise<() => TeachingSignal> {
  const residuals = network.activation === 'linear' ? await leastSquaresResiduals(samples, network.ridge) : undefined;
  return () => {
    const weights = network.weights();
    const W2 = weight(weights, 'W2');
    const W2T = W2.transpose();
    const Q = weight(weights, 'Q');
    const QR = Q.mmul(weights.R ? weight(weights, 'R') : Q.transpose());
    const leastSquares = new Products();
    const backprop = new Products();
    for (const { first, z, y } of blocks(network, samples)) {
      const plateau = y.mmul(W2).sub(z.mmul(QR.transpose()));
      backprop.add(plateau, DoubleMatrix.sub(y, z.mmul(W2T)).mmul(W2));
      if (!residuals) continue;
      const numbers = residuals.subarray(first * y.columns, (first + y.rows) * y.columns);
      leastSquares.add(plateau, DoubleMatrix.from1DArray(y.rows, y.columns, numbers).mmul(W2));
    }
    return { ...(residuals && { leastSquares: leastSquares.alignment() }), backprop: backprop.alignment() };
  };
}

/** The sums of products from which the alignment of two sets of vectors follows. */
class Products {
  #first = 0;
  #both = 0;
  #second = 0;

  add(first: DoubleMatrix, second: DoubleMatrix): void {
    this.#first += trace(first, first);
    this.#both += trace(first, second);
    this.#second += trace(second, second);
  }

  alignment(): Alignment {
    return { cosine: this.#both / Math.sqrt(this.#first * this.#second), slope: this.#both / this.#second };
  }
}
