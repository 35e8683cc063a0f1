import { createAlignment } from '../alignment/alignment.ts';
import { findPairs, type Pairs, readingNames } from '../alignment/pairs.ts';
import { InputError } from '../errors.ts';
import { differentiate } from '../gradient/differentiate.ts';
import { type Instrument, laidOutOf, named, type ProbedNetwork } from './instrument.ts';
import { createProbedSignals, probedNames } from './probed-signals.ts';
import { createResiduals, residualNames } from './residuals.ts';
import { learningOf } from './settling.ts';

/** What a rule does beside gradient descent. */
export const alignmentInstrument: readonly (readonly [string, Instrument])[] = [
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
];

/** What a rule says of its own signals: which are to become zero, and which are of interest. */
export const signalInstruments: readonly (readonly [string, Instrument])[] = [
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
];

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

/** @throws InputError for what has no known derivative */
function alignmentPairs(network: ProbedNetwork): Pairs {
  const laidOut = laidOutOf(network);
  const { circuit, behaviour, architecture } = laidOut;
  const learn = learningOf(laidOut);
  if (!behaviour.predict) throw new InputError('it predicts no labels');
  const gradient = differentiate(circuit.trace(behaviour.predict), architecture.loss);
  return findPairs(laidOut, learn, gradient);
}
