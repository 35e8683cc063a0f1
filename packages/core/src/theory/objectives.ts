import { Matrix as DoubleMatrix } from 'ml-matrix';
import type { Network } from '../network/network.ts';
import type { Samples } from '../samples.ts';
import { hiddenMoments, trace, weight } from './hidden-activity.ts';

/** The objectives of Golkar et al. 2020 at a network's weights. */
export interface Objectives {
  /** (1), or (8) of a nonlinear network: `(1/T) Σ ‖y − W2 z‖²`, without the ridge, as `objective` gives it. */
  readonly regression: number;
  /** What the ridge adds to it: `λ ‖W2 W1‖²`; 0 without. Learning minimises the sum of the two. */
  readonly ridge: number;
  /** (3): `E ‖y − W2 z‖² + Tr QQᵀ(E z zᵀ − I)`; only of rules that have Q. */
  readonly constrained?: number;
  /** (4): `E [yᵀy − 2 yᵀ W2 z] + Tr W2 W2ᵀ + Tr QQᵀ(E z zᵀ − I)`; only of rules that have Q. */
  readonly bound?: number;
}

/**
 * The objectives over a whole data set. E is the mean over the samples and, in networks with a ridge, over the input noise of
 * variance λ under which they learn: Cxx + λI stands for Cxx in (3) and (4), so that they are what the network's rule
 * climbs and descends, and (3) contains the ridge.
 *
 * - (4) − (3) = Tr W2ᵀW2 (I − E z zᵀ): where the constraint E z zᵀ ⪯ I holds, (4) ≥ (3) at every Q.
 * - There, (3) is largest at Q = 0, where it is regression + ridge; elsewhere it grows without bound with Q.
 * - At the optimum regression + ridge = (3) = (4).
 *
 * Interneurons that are decoupled do not enter: the multiplier is QQᵀ, as with R = Qᵀ.
 *
 * @throws InputError for samples of another shape, and where there are none
 */
export function objectives(network: Network, samples: Samples): Objectives {
  const weights = network.weights();
  const { zz, zy, labelPower } = hiddenMoments(network, samples);
  const W2 = weight(weights, 'W2');
  const regression = network.totalLoss(samples) / samples.count;
  const ridge = network.ridge === 0 ? 0 : network.ridge * squaredNorm(W2.mmul(weight(weights, 'W1')));
  if (!weights.Q) return { regression, ridge };
  const Q = weight(weights, 'Q');
  const gain = trace(Q.mmul(Q.transpose()), DoubleMatrix.sub(zz, DoubleMatrix.eye(network.hidden)));
  return {
    regression,
    ridge,
    constrained: regression + ridge + gain,
    bound: labelPower - 2 * trace(W2, zy.transpose()) + squaredNorm(W2) + gain,
  };
}

function squaredNorm(matrix: DoubleMatrix): number {
  return trace(matrix, matrix);
}
