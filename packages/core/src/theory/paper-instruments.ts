import { weightName } from '../circuit/synapses.ts';
import { layersOf, usualArchitecture } from '../rules/architecture.ts';
import { predictsLabels } from '../rules/shape.ts';
import { constraintSpectrum } from './constraint.ts';
import { decouplingDistance } from './decoupling.ts';
import { type Instrument, isLinear, laidOutOf, named, type ProbedNetwork, ruleOf } from './instrument.ts';
import { objectives } from './objectives.ts';
import { createSaturation } from './saturation.ts';
import { createTeachingSignal } from './teaching-signal.ts';

/** The networks that the paper's theory is of: one hidden layer, linear outputs, squared error. */
export const isOfPaper = (network: ProbedNetwork) => {
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

/** What the paper's theory says of BMVR, measured. */
export const paperInstruments: readonly (readonly [string, Instrument])[] = [
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
];

/** Of interneurons whose synapses learn by themselves. */
export const decouplingInstrument: readonly (readonly [string, Instrument])[] = [
  [
    'decoupling',
    {
      for: 'networks with decoupled interneurons',
      fits: (network) => network.decoupled === true && has(network, 'Q', 'R'),
      readings: () => ['decoupling.distance'],
      create: async (network) => () => ({ 'decoupling.distance': decouplingDistance(network) }),
    },
  ],
];
