import { checkLabelled } from '../check-samples.ts';
import { InputError } from '../errors.ts';
import type { Network } from '../network/network.ts';
import { usualArchitecture } from '../rules/architecture.ts';
import type { Samples } from '../samples.ts';
import { type Instrument, type Probe, type ProbedNetwork, ruleOf } from './instrument.ts';
import { normativeInstruments } from './normative-instruments.ts';
import { decouplingInstrument, paperInstruments } from './paper-instruments.ts';
import { constrainedOptimumInstrument, settlingInstruments } from './settling-instruments.ts';
import { alignmentInstrument, signalInstruments } from './signal-instruments.ts';

const instruments: ReadonlyMap<string, Instrument> = new Map([
  ...paperInstruments,
  ...alignmentInstrument,
  ...settlingInstruments,
  ...signalInstruments,
  ...constrainedOptimumInstrument,
  ...decouplingInstrument,
  ...normativeInstruments,
]);

/** The names of all probes. */
export const probeNames: readonly string[] = [...instruments.keys()];

/** The names of the probes that fit a network. @throws InputError for a rule that there is not */
export function fittingProbes(network: ProbedNetwork): string[] {
  return probeNames.filter((name) => instruments.get(name)?.fits(network));
}

/**
 * The names of the numbers that a probe reads off a network, such as `constraint.largest`.
 *
 * @throws InputError as `checkProbe`
 */
export function probeReadings(name: string, network: ProbedNetwork): readonly string[] {
  return instrumentFor(name, network).readings(network);
}

/**
 * Refuses a probe that does not fit a network, with the probes that do.
 *
 * @throws InputError for that, for a probe that there is not, and for a rule that there is not
 */
export function checkProbe(name: string, network: ProbedNetwork): void {
  instrumentFor(name, network);
}

/**
 * Makes a probe of a network, over a whole data set. Making it can take seconds, as what does not depend on the weights is
 * computed then: `saturation` and `teaching-signal` factorise the covariance of the inputs. Reading it takes about as long as
 * evaluating the network.
 *
 * - `objectives`: `regression` (1), `ridge`, and with interneurons `constrained` (3) and `bound` (4): see `objectives`
 * - `constraint`: the `largest` and the `smallest` eigenvalue of E z zᵀ: see `constraintSpectrum`
 * - `saturation` (18), for linear networks with interneurons; norms are Frobenius norms, Λ the k largest eigenvalues of
 *   M = Cλ^(−1/2) Cxy Cyx Cλ^(−1/2), and Cλ = Cxx + λI: `constraint`, ‖W1 Cλ W1ᵀ − I‖ / √k; `multiplier`,
 *   ‖QQᵀ − (W1 Cxy)(W1 Cxy)ᵀ‖ / ‖Λ‖; `eigenvalues`, ‖eigenvalues of QQᵀ − Λ‖ / ‖Λ‖. All three are zero at the optimum only,
 *   and no rotation of the hidden units changes them: see saturation.ts
 * - `teaching-signal` (20), for networks with interneurons: the `cosine` between a − Q n and errors carried back, over all
 *   samples, and the `slope` of its regression on them, without an intercept: `least-squares.…` with W2ᵀ(y − ỹ) where
 *   ỹ = Cyx Cλ⁻¹ x, of linear networks only, and `backprop.…` with W2ᵀ(y − W2 z). All are 1 at the optimum; NaN for zero vectors
 * - `alignment`: angles of what the rule does with gradient descent, and ratios of norms: see `createAlignment`
 * - `energy`, for rules that settle down an energy: `total`, and that of each layer as it has settled: see `Network.energies`
 * - `energy-steps`, of those that do so step by step: the same after each step from 0, the start, on: see `energySteps`
 * - `settling-steps`, for networks whose samples settle until they are at rest: how many steps they take, the `mean`, the `smallest` and
 *   the `largest` number of them
 * - `curvature`, for rules that say what drives the states that settle: the `largest` where settling begins, and its `ratio` to what it
 *   must be below, where that is known: see `settlingCurvature`
 * - `residuals`, for networks that learn to make something zero besides the loss: the mean of its squared norm, see
 *   `createResiduals`
 * - `signals`, for rules that say which of their signals are probed: how these are distributed, see `createProbedSignals`
 * - `constrained-optimum`, for linear constrained predictive coding of one hidden layer: `energy`, the least that the total energy can be
 *   with the radius (see `constrainedOptimum`; with a ridge of a millionth of the inputs' mean power), and `excess`, by what part of it
 *   the energy is above it
 * - `decoupling`, for networks with decoupled interneurons: `distance`, ‖Qᵀ − R‖
 * - `principal-subspace`, `output-spectrum`, `canonical-correlations` and `reduced-rank`, for rules that descend from an objective: how far
 *   they are from principal components, canonical correlations, and the optimum of reduced-rank regression: see normative-instruments.ts
 *
 * @throws InputError for an unknown name, a probe that does not fit the network, samples of another shape, without
 *   labels or none, and where the covariance that a probe needs has no inverse
 */
export async function createProbe(name: string, network: Network, samples: Samples): Promise<Probe> {
  const instrument = instrumentFor(name, network);
  if (samples.count === 0) throw new InputError('the data set has no samples');
  if (ruleOf(network).shape.labels !== 'none') checkLabelled(samples, `the probe ${name}`);
  // Refuses samples of another shape before anything that takes long.
  network.transformSamples(samples, 0, 1);
  return instrument.create(network, samples);
}

function instrumentFor(name: string, network: ProbedNetwork): Instrument {
  const instrument = instruments.get(name);
  if (!instrument) throw new InputError(`there is no probe "${name}"; the probes are ${probeNames.join(', ')}`);
  if (instrument.fits(network)) return instrument;
  const { decoupled = false } = network;
  const rule = ruleOf(network);
  const { activation } = usualArchitecture(rule, network);
  const why = instrument.whyNot?.(network);
  const fitting = fittingProbes(network);
  throw new InputError(
    `the probe ${name} is for ${instrument.for}, and this ${decoupled ? 'decoupled ' : ''}${activation} ${rule.name} network is none${why === undefined ? '' : `: ${why}`}; ${fitting.length > 0 ? `probes that fit it are ${fitting.join(', ')}` : 'no probe fits it'}`,
  );
}
