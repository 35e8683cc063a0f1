import { inverse, Matrix } from 'ml-matrix';
import type { Matrix as Weights } from '../matrix.ts';
import type { Network } from '../network/network.ts';
import { type Instrument, isLinear, named, type ProbedNetwork, ruleOf } from './instrument.ts';
import {
  canonicalObjectiveError,
  distanceFromIdentity,
  mappedSpectrum,
  orthonormality,
  reducedRankLoss,
  spectrumError,
  subspaceError,
  type ViewMaps,
  viewSpectrum,
} from './normative-measures.ts';
import { canonicalCorrelations, principalComponents, reducedRankOptimum } from './normative-optima.ts';
import { inputCovariance, secondMoments } from './second-moments.ts';

/** The variance of a principal component of variance λ in the output of cells that keep it; NaN where none is known. */
type Kept = (lambda: number, network: Network) => number;

/** Rules whose cells find principal components, and what they make of one. */
const principal: Readonly<Record<string, Kept>> = {
  'similarity-matching': (lambda) => lambda,
  'adaptive-soft': (lambda, { parameters }) => Math.max(0, lambda - Number(parameters.alpha)),
  'adaptive-hard': (lambda, { parameters }) => (lambda >= Number(parameters.alpha) ? lambda : 0),
  'adaptive-equalised': (lambda, { parameters }) => (lambda >= Number(parameters.alpha) ? Number(parameters.beta) : 0),
};

/** Rules whose cells find canonical correlations ρ, and the variance of the output along each. */
const canonical: Readonly<Record<string, Kept>> = {
  'bio-cca': (rho) => 1 + rho,
  'bio-cca-adaptive': (rho, { parameters }) => Number(1 + rho > Number(parameters.alpha)),
};

const isOf = (kinds: Readonly<Record<string, Kept>>) => (network: ProbedNetwork) =>
  Object.hasOwn(kinds, ruleOf(network).name);

/** The variances that the outputs strive for, descending: of as many components as there are cells, and interneurons where there are. */
function strivenFor(network: Network, kept: Kept, values: Float64Array): number[] {
  const { interneurons = Number.POSITIVE_INFINITY } = network.parameters;
  const most = Math.min(network.hidden, Number(interneurons));
  return Array.from(values.subarray(0, most), (value) => kept(value, network)).filter((variance) => variance > 0);
}

/** Of how many outputs the variances are told one by one. */
const toldOutputs = 16;

/** An output whose variance is above this part of the largest is not silent. */
const silent = 0.01;

/** What is read of the spectrum of the outputs, beside the variances that they strive for. */
function spectrumReadings(found: Float64Array, best: readonly number[], cells: number): Record<string, number> {
  const told = Array.from(found.subarray(0, Math.min(cells, toldOutputs)), (value, i) => [`variance${i + 1}`, value]);
  const error = spectrumError(found, best);
  const kept = found.filter((value) => value > silent * found[0]!).length;
  return {
    ...Object.fromEntries(told),
    error,
    whitening: error / cells,
    kept: Number.isFinite(error) ? kept : Number.NaN,
  };
}

const cellsOf = ({ hidden = 1, layers }: ProbedNetwork) =>
  (Array.isArray(layers) ? (layers as readonly number[]) : [hidden].flat()).at(-1)!;

/**
 * Probes of rules that descend from an objective, linear in their inputs; optima are those of the samples, in closed form (see
 * normative-optima.ts), measures those of normative-measures.ts. They do not centre: data are to be centred.
 */
export const normativeInstruments: readonly (readonly [string, Instrument])[] = [
  [
    'principal-subspace',
    {
      for: 'rules whose cells find principal components',
      fits: isOf(principal),
      readings: () => ['principal-subspace.error', 'principal-subspace.relative', 'principal-subspace.components'],
      create: async (network, samples) => {
        const { variances, directions } = principalComponents(await inputCovariance(samples));
        const rank = strivenFor(network, principal[network.rule]!, variances).length;
        const best =
          rank === 0 ? Matrix.zeros(0, network.inputs) : directions.subMatrix(0, rank - 1, 0, network.inputs - 1);
        return () => {
          const error = subspaceError(inputMap(network), best, rank);
          const relative = rank === 0 ? 0 : Math.sqrt(Math.max(0, error) / rank);
          return named('principal-subspace', { error, relative, components: rank });
        };
      },
    },
  ],
  [
    'output-spectrum',
    {
      for: 'rules whose cells find principal components or canonical correlations',
      fits: (network) => isOf(principal)(network) || isOf(canonical)(network),
      readings: (network) => {
        const told = Array.from({ length: Math.min(cellsOf(network), toldOutputs) }, (_, i) => `variance${i + 1}`);
        return [...told, 'error', 'whitening', 'kept'].map((name) => `output-spectrum.${name}`);
      },
      create: async (network, samples) => {
        const { rule, hidden } = network;
        const read = (found: Float64Array, best: readonly number[]) =>
          named('output-spectrum', spectrumReadings(found, best, hidden));
        if (Object.hasOwn(canonical, rule)) {
          const moments = await secondMoments(samples);
          const best = strivenFor(network, canonical[rule]!, canonicalCorrelations(moments).correlations);
          return () => read(viewSpectrum(viewMaps(network), moments), best);
        }
        const covariance = await inputCovariance(samples);
        const best = strivenFor(network, principal[rule]!, principalComponents(covariance).variances);
        return () => read(mappedSpectrum(inputMap(network), covariance), best);
      },
    },
  ],
  [
    'canonical-correlations',
    {
      for: 'rules whose cells find canonical correlations',
      fits: isOf(canonical),
      readings: () =>
        ['objective', 'x', 'y', 'orthonormality', 'components'].map((name) => `canonical-correlations.${name}`),
      create: async (network, samples) => {
        const moments = await secondMoments(samples);
        const { correlations, x, y } = canonicalCorrelations(moments);
        const rank = strivenFor(network, canonical[network.rule]!, correlations).length;
        const first = (directions: Matrix) =>
          rank === 0
            ? Matrix.zeros(0, directions.columns)
            : directions.subMatrix(0, rank - 1, 0, directions.columns - 1);
        return () => {
          const maps = viewMaps(network);
          return named('canonical-correlations', {
            objective: canonicalObjectiveError(maps, moments, correlations),
            x: subspaceError(maps.x, first(x), rank),
            y: subspaceError(maps.y, first(y), rank),
            orthonormality: orthonormality(maps, moments),
            components: rank,
          });
        };
      },
    },
  ],
  [
    'reduced-rank',
    {
      for: 'linear networks of reduced-rank regression',
      fits: (network) => ruleOf(network).name === 'reduced-rank-regression' && isLinear(network),
      readings: () => ['objective', 'optimum', 'excess', 'constraint'].map((name) => `reduced-rank.${name}`),
      create: async (network, samples) => {
        const moments = await secondMoments(samples, network.ridge);
        const s = Number(network.parameters.s);
        const { value: optimum, power } = reducedRankOptimum(moments, { hidden: network.hidden, s });
        return () => {
          const weights = network.weights();
          const [Wx, Wy] = [doubles(weights.Wx!), doubles(weights.Wy!)];
          const objective = reducedRankLoss({ Wx, Wy }, moments, { s, power });
          const excess = (objective - optimum) / (power - optimum);
          const constraint = distanceFromIdentity(Wx.mmul(moments.Cxx).mmul(Wx.transpose()));
          return named('reduced-rank', { objective, optimum, excess, constraint });
        };
      },
    },
  ],
];

/** F of z = F x: what the network makes of each unit vector. */
function inputMap(network: Network): Matrix {
  const units = Matrix.eye(network.inputs).to1DArray();
  return Matrix.from1DArray(network.inputs, network.hidden, network.transform(units)).transpose();
}

/** Vx and Vy: the inverse of M, or of P Pᵀ + α I, times Wx and Wy. */
function viewMaps(network: Network): ViewMaps {
  const { Wx, Wy, M, P } = Object.fromEntries(
    Object.entries(network.weights()).map(([name, each]) => [name, doubles(each)]),
  ) as Readonly<Record<string, Matrix>>;
  const lateral = M ?? P!.mmul(P!.transpose()).add(Matrix.eye(network.hidden).mul(Number(network.parameters.alpha)));
  if (!lateral.to1DArray().every(Number.isFinite)) return { x: Wx!, y: Wy! };
  const settled = inverse(lateral);
  return { x: settled.mmul(Wx!), y: settled.mmul(Wy!) };
}

function doubles({ rows, cols, data }: Weights): Matrix {
  return Matrix.from1DArray(rows, cols, data);
}
