import { traceEnergy } from '../network/meter.ts';
import { type Samples, scaleOf } from '../samples.ts';
import { constrainedOptimum } from './constrained-optimum.ts';
import { findSettling, settlingCurvature } from './curvature.ts';
import { type Instrument, isLinear, laidOutOf, named, type ProbedNetwork, ruleOf } from './instrument.ts';
import { isOfPaper } from './paper-instruments.ts';
import { energySteps, energyStepsOf, learningOf, settlesEarly, settlingSteps } from './settling.ts';

/** Of rules whose states settle: how far down their energy they are, and how. */
export const settlingInstruments: readonly (readonly [string, Instrument])[] = [
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
];

/** How far constrained predictive coding is from its optimum. */
export const constrainedOptimumInstrument: readonly (readonly [string, Instrument])[] = [
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
];

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
