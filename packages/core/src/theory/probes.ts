import { createAlignment } from '../alignment/alignment.ts';
import { findPairs, type Pairs, readingNames } from '../alignment/pairs.ts';
import { checkLabelled } from '../check-samples.ts';
import { weightName } from '../circuit/synapses.ts';
import { InputError } from '../errors.ts';
import { differentiate } from '../gradient/differentiate.ts';
import { traceEnergy } from '../network/meter.ts';
import type { Network } from '../network/network.ts';
import { layersOf, usualArchitecture } from '../rules/architecture.ts';
import { type LaidOut, layOut } from '../rules/lay-out.ts';
import { predictsLabels } from '../rules/shape.ts';
import { type Samples, scaleOf } from '../samples.ts';
import { constrainedOptimum } from './constrained-optimum.ts';
import { constraintSpectrum } from './constraint.ts';
import { findSettling, settlingCurvature } from './curvature.ts';
import { decouplingDistance } from './decoupling.ts';
import { type Instrument, isLinear, named, type Probe, type ProbedNetwork, ruleOf } from './instrument.ts';
import { normativeInstruments } from './normative-instruments.ts';
import { objectives } from './objectives.ts';
import { createProbedSignals, probedNames } from './probed-signals.ts';
import { createResiduals, residualNames } from './residuals.ts';
import { createSaturation } from './saturation.ts';
import { energySteps, energyStepsOf, learningOf, settlesEarly, settlingSteps } from './settling.ts';
import { createTeachingSignal } from './teaching-signal.ts';

/** The networks that the paper's theory is of: one hidden layer, linear outputs, squared error. */
const isOfPaper = (network: ProbedNetwork) => {
  const { hidden = 1, layers = layersOf(hidden) } = network;
  const { output, loss } = usualArchitecture(ruleOf(network), network);
  return predictsLabels(ruleOf(network).shape) && layers.length === 1 && output === 'linear' && loss === 'squared';
};

/** Whether it has synapses of the names that the paper has. */
const has = (network: ProbedNetwork, ...names: readonly string[]): boolean => {
  const { circuit } = laidOutOf(network);
  const weights = circuit.allSynapses.map(({ name }) => weightName(name));
  return names.every((name) => weights.includes(name));
};

const hasInterneurons = (network: ProbedNetwork): boolean => has(network, 'W2', 'Q');

const instruments: ReadonlyMap<string, Instrument> = new Map<string, Instrument>([
  [
    'objectives',
    {
      for: 'networks of one hidden layer with linear outputs, W1 and W2',
      fits: (network) => isOfPaper(network) && has(network, 'W1', 'W2'),
      readings: (network) => {
        const ofAll = ['objectives.regression', 'objectives.ridge'];
        return hasInterneurons(network) ? [...ofAll, 'objectives.constrained', 'objectives.bound'] : ofAll;
      },
      create: async (network, samples) => () => named('objectives', { ...objectives(network, samples) }),
    },
  ],
  [
    'constraint',
    {
      for: 'networks of one hidden layer with linear outputs',
      fits: isOfPaper,
      readings: () => ['constraint.largest', 'constraint.smallest'],
      create: async (network, samples) => () => {
        const spectrum = constraintSpectrum(network, samples);
        return named('constraint', { largest: spectrum[0]!, smallest: spectrum.at(-1)! });
      },
    },
  ],
  [
    'saturation',
    {
      for: 'linear networks with BMVR’s interneurons',
      fits: (network) => isLinear(network) && isOfPaper(network) && hasInterneurons(network),
      readings: () => ['saturation.constraint', 'saturation.multiplier', 'saturation.eigenvalues'],
      create: async (network, samples) => {
        const saturation = await createSaturation(network, samples);
        return () => named('saturation', { ...saturation() });
      },
    },
  ],
  [
    'teaching-signal',
    {
      for: 'networks with BMVR’s interneurons',
      fits: (network) => isOfPaper(network) && hasInterneurons(network),
      readings: (network) => {
        const errors = isLinear(network) ? ['least-squares', 'backprop'] : ['backprop'];
        return errors.flatMap((error) => [`teaching-signal.${error}.cosine`, `teaching-signal.${error}.slope`]);
      },
      create: async (network, samples) => {
        const teachingSignal = await createTeachingSignal(network, samples);
        return () => {
          const { leastSquares, backprop } = teachingSignal();
          return {
            ...named('teaching-signal.least-squares', { ...leastSquares }),
            ...named('teaching-signal.backprop', { ...backprop }),
          };
        };
      },
    },
  ],
  [
    'alignment',
    {
      for: 'networks whose loss has a known derivative',
      fits: isDifferentiable,
      whyNot: derivativeMissing,
      readings: (network) => readingNames(alignmentPairs(network)).map((name) => `alignment.${name}`),
      create: async (network, samples) => {
        const alignment = createAlignment(network, samples);
        return () => named('alignment', alignment());
      },
    },
  ],
  [
    'energy',
    {
      for: 'rules that settle down an energy',
      fits: (network) => energyLayers(network) > 0,
      readings: (network) => [
        'energy.total',
        ...Array.from({ length: energyLayers(network) }, (_, i) => `energy.layer${i + 1}`),
      ],
      create: async (network, samples) => () => {
        const energies = network.energies(samples);
        const total = energies.reduce((sum, each) => sum + each, 0);
        return named('energy', { total, ...Object.fromEntries(energies.map((each, i) => [`layer${i + 1}`, each])) });
      },
    },
  ],
  [
    'energy-steps',
    {
      for: 'rules that settle down an energy step by step',
      fits: (network) => energyStepNames(network).length > 0,
      readings: (network) => energyStepNames(network).map((name) => `energy-steps.${name}`),
      create: async (network, samples) => () => {
        const values = energySteps(network, samples).flatMap((layers) => [
          layers.reduce((sum, each) => sum + each, 0),
          ...layers,
        ]);
        const names = energyStepNames(network);
        return named('energy-steps', Object.fromEntries(values.map((value, i) => [names[i]!, value])));
      },
    },
  ],
  [
    'settling-steps',
    {
      for: 'networks whose samples settle until they are at rest: with a tolerance',
      fits: (network) => settlesEarly(learningOf(laidOutOf(network))),
      readings: () => ['mean', 'smallest', 'largest'].map((name) => `settling-steps.${name}`),
      create: async (network, samples) => () => {
        const steps = settlingSteps(network, samples);
        const sum = steps.reduce((total, each) => total + each, 0);
        const [smallest, largest] = [
          steps.reduce((least, each) => Math.min(least, each)),
          steps.reduce((most, each) => Math.max(most, each)),
        ];
        return named('settling-steps', { mean: sum / steps.length, smallest, largest });
      },
    },
  ],
  [
    'curvature',
    {
      for: 'rules that say what drives the states that settle',
      fits: (network) => findSettling(learningOf(laidOutOf(network))) !== undefined,
      readings: (network) => {
        const { stableBelow } = findSettling(learningOf(laidOutOf(network)))?.rest ?? {};
        return ['largest', ...(stableBelow === undefined ? [] : ['ratio'])].map((name) => `curvature.${name}`);
      },
      create: async (network, samples) => () => {
        const { largest = Number.NaN, stableBelow } = settlingCurvature(network, samples) ?? {};
        return named('curvature', { largest, ...(stableBelow !== undefined && { ratio: largest / stableBelow }) });
      },
    },
  ],
  [
    'residuals',
    {
      for: 'networks that learn to make something zero besides the loss',
      fits: (network) => isDifferentiable(network) && residualNames(learningOf(laidOutOf(network))).length > 0,
      readings: (network) => residualNames(learningOf(laidOutOf(network))).map((name) => `residuals.${name}`),
      create: async (network, samples) => {
        const residuals = createResiduals(network, samples);
        return () => named('residuals', residuals());
      },
    },
  ],
  [
    'signals',
    {
      for: 'rules that say which of their signals are probed',
      fits: (network) => isDifferentiable(network) && probedNames(learningOf(laidOutOf(network))).length > 0,
      readings: (network) => probedNames(learningOf(laidOutOf(network))).map((name) => `signals.${name}`),
      create: async (network, samples) => {
        const signals = createProbedSignals(network, samples);
        return () => named('signals', signals());
      },
    },
  ],
  [
    'constrained-optimum',
    {
      for: 'linear networks of one hidden layer that learn by constrained predictive coding',
      fits: (network) =>
        ruleOf(network).name === 'constrained-predictive-coding' && isLinear(network) && isOfPaper(network),
      readings: () => ['constrained-optimum.energy', 'constrained-optimum.excess'],
      create: async (network, samples) => {
        const radius = Number(network.parameters.radius);
        const energy = await constrainedOptimum(samples, {
          hidden: network.hidden,
          radius,
          ridge: slightRidge(samples),
        });
        return () => {
          const found = network.energies(samples).reduce((sum, each) => sum + each, 0);
          return named('constrained-optimum', { energy, excess: found / energy - 1 });
        };
      },
    },
  ],
  [
    'decoupling',
    {
      for: 'networks with decoupled interneurons',
      fits: (network) => network.decoupled === true && has(network, 'Q', 'R'),
      readings: () => ['decoupling.distance'],
      create: async (network) => () => ({ 'decoupling.distance': decouplingDistance(network) }),
    },
  ],
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

/** Whether what the network predicts has a known derivative. */
function isDifferentiable(network: ProbedNetwork): boolean {
  return derivativeMissing(network) === undefined;
}

/** What has no known derivative in what the network predicts, as an error says it; undefined where all has one. */
function derivativeMissing(network: ProbedNetwork): string | undefined {
  try {
    alignmentPairs(network);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

/** The circuit of the network: of one hidden unit where that is not said. */
function laidOutOf(network: ProbedNetwork): LaidOut {
  return layOut(ruleOf(network), { hidden: 1, ...settingsOf(network) });
}

/** @throws InputError for what has no known derivative */
function alignmentPairs(network: ProbedNetwork): Pairs {
  const laidOut = laidOutOf(network);
  const { circuit, behaviour, architecture } = laidOut;
  const learn = learningOf(laidOut);
  if (!behaviour.predict) throw new InputError('it predicts no labels');
  const gradient = differentiate(circuit.trace(behaviour.predict), architecture.loss);
  return findPairs(laidOut, learn, gradient);
}

/** A millionth of the inputs' mean power: what lets their covariance be inverted where some are always the same. */
function slightRidge(samples: Samples): number {
  const { count, inputs, raw, offset } = samples;
  let power = 0;
  for (let t = 0; t < count; t++) {
    const scale = scaleOf(samples, t);
    for (let at = t * inputs; at < (t + 1) * inputs; at++) power += (scale * raw[at]! + offset) ** 2;
  }
  return (1e-6 * power) / (count * inputs);
}

/** Of how many layers the rule has an energy. */
function energyLayers(network: ProbedNetwork): number {
  return traceEnergy(laidOutOf(network))?.signals.length ?? 0;
}

/** Of the energy after each step of settling: of all layers together, and of each. */
function energyStepNames(network: ProbedNetwork): string[] {
  const { signals, steps } = energyStepsOf(laidOutOf(network)) ?? { signals: [], steps: -1 };
  const parts = ['total', ...signals.map((_, i) => `layer${i + 1}`)];
  return Array.from({ length: steps + 1 }, (_, step) => parts.map((part) => `${part}.step${step}`)).flat();
}

/** What the network's circuit depends on. */
function settingsOf({ hidden, layers, activation, output, loss, biases, parameters, decoupled }: ProbedNetwork) {
  const given = { hidden: layers ?? hidden, activation, output, loss, biases, parameters, decoupled };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
