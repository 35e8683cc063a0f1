import { inverse, Matrix } from 'ml-matrix';
import type { Matrix as Weights } from '../matrix.ts';
import type { Network } from '../network/network.ts';
import type { ParameterValues } from '../rules/parameters.ts';
import type { Components } from '../rules/rule.ts';
import type { Samples } from '../samples.ts';
import { symmetricPower } from './eigen.ts';
import { type Instrument, isLinear, named, type ProbedNetwork, ruleOf } from './instrument.ts';
import {
  canonicalObjectiveError,
  distanceFromIdentity,
  heardCorrelations,
  mappedSpectrum,
  orthonormality,
  reducedRankLoss,
  spectrumError,
  subspaceError,
  type ViewMaps,
  viewSpectrum,
} from './normative-measures.ts';
import {
  canonicalCorrelations,
  type PrincipalComponents,
  principalComponents,
  reducedRankOptimum,
} from './normative-optima.ts';
import { inputCovariance, secondMoments } from './second-moments.ts';

/** The s of a linear network that regresses at reduced rank; undefined for others. At s = 1 its cells hear canonical directions, too. */
function regressionOf(network: ProbedNetwork): number | undefined {
  const { regresses } = ruleOf(network);
  return regresses && isLinear(network) ? regresses((network.parameters ?? {}) as ParameterValues) : undefined;
}

/** Whether the cells of a network find components, and of these. */
const finds = (components: Components['components']) => (network: ProbedNetwork) =>
  ruleOf(network).finds?.components === components;
const [findsPrincipal, findsCanonical] = [finds('principal'), finds('canonical')];

/** The variances that the outputs strive for, descending: of as many components as there are cells, and interneurons where there are. */
function strivenFor(network: Network, values: Float64Array): number[] {
  const { finds } = network.blueprint.rule;
  const kept = (value: number) => (finds ? finds.variance(value, network.parameters) : value);
  const { interneurons = Number.POSITIVE_INFINITY } = network.parameters;
  const most = Math.min(network.hidden, Number(interneurons));
  return Array.from(values.subarray(0, most), kept).filter((variance) => variance > 0);
}

/** How many values of a spectrum are told one by one. */
const mostTold = 16;

const numbers = (cells: number) => Array.from({ length: Math.min(cells, mostTold) }, (_, i) => i + 1);

/** `variance1`, `optimum1`, `variance2`, `optimum2`, … */
const toldNames = (what: string, cells: number) => numbers(cells).flatMap((i) => [`${what}${i}`, `optimum${i}`]);

/** The values of a spectrum one by one, and those that it has at the optimum, where what goes beyond them is 0. */
function told(what: string, found: ArrayLike<number>, best: ArrayLike<number>, cells: number): Record<string, number> {
  return Object.fromEntries(
    numbers(cells).flatMap((i) => [
      [`${what}${i}`, found[i - 1] ?? 0],
      [`optimum${i}`, best[i - 1] ?? 0],
    ]),
  );
}

/** An output whose variance is above this part of the largest that one strives for is not silent. */
const silent = 0.01;

/**
 * What is read of the spectrum of the outputs, beside the variances that they strive for.
 * @param largest the largest of these; where all are to be silent, of what they hear
 */
function spectrumReadings(
  found: Float64Array,
  { best, largest, cells }: { readonly best: readonly number[]; readonly largest: number; readonly cells: number },
): Record<string, number> {
  const error = spectrumError(found, best);
  const kept = found.filter((value) => value > silent * (best[0] ?? largest)).length;
  return {
    ...told('variance', found, best, cells),
    error,
    whitening: error / cells,
    kept: Number.isFinite(error) ? kept : Number.NaN,
  };
}

const cellsOf = ({ hidden = 1, layers }: ProbedNetwork) =>
  (Array.isArray(layers) ? (layers as readonly number[]) : [hidden].flat()).at(-1)!;

/**
 * Probes of rules that descend from an objective, linear in their inputs; optima are those of the samples, in closed form (see
 * normative-optima.ts), measures those of normative-measures.ts. They do not centre: data are to be centred. A network's ridge is on the
 * diagonals of the covariances.
 */
export const normativeInstruments: readonly (readonly [string, Instrument])[] = [
  [
    'principal-subspace',
    {
      for: 'rules whose cells find principal components',
      fits: findsPrincipal,
      readings: () => ['principal-subspace.error', 'principal-subspace.relative', 'principal-subspace.components'],
      create: async (network, samples) => {
        const { variances, directions } = await componentsOf(samples, network.ridge);
        const rank = strivenFor(network, variances).length;
        const best =
          rank === 0 ? Matrix.zeros(0, network.inputs) : directions.subMatrix(0, rank - 1, 0, network.inputs - 1);
        return () => {
          const error = subspaceError(inputMap(network), best, rank);
          const relative = Math.sqrt(Math.max(0, error) / rank);
          return named('principal-subspace', { error, relative, components: rank });
        };
      },
    },
  ],
  [
    'output-spectrum',
    {
      for: 'rules whose cells find principal components or canonical correlations',
      fits: (network) => findsPrincipal(network) || findsCanonical(network),
      readings: (network) =>
        [...toldNames('variance', cellsOf(network)), 'error', 'whitening', 'kept'].map(
          (name) => `output-spectrum.${name}`,
        ),
      create: async (network, samples) => {
        const { hidden: cells } = network;
        if (findsCanonical(network)) {
          const moments = await secondMoments(samples, network.ridge);
          const { correlations } = canonicalCorrelations(moments);
          const best = strivenFor(network, correlations);
          const against = { best, largest: 1 + correlations[0]!, cells };
          return () => named('output-spectrum', spectrumReadings(viewSpectrum(viewMaps(network), moments), against));
        }
        const { covariance, variances } = await componentsOf(samples, network.ridge);
        const against = { best: strivenFor(network, variances), largest: variances[0]!, cells };
        return () => named('output-spectrum', spectrumReadings(mappedSpectrum(inputMap(network), covariance), against));
      },
    },
  ],
  [
    'canonical-correlations',
    {
      for: 'rules whose cells find canonical correlations, and reduced-rank regression at s = 1',
      fits: (network) => findsCanonical(network) || regressionOf(network) === 1,
      readings: (network) => {
        const ofBoth = ['x', 'y', 'components', ...toldNames('correlation', cellsOf(network))];
        const names = findsCanonical(network) ? ['objective', 'orthonormality', ...ofBoth] : ofBoth;
        return names.map((name) => `canonical-correlations.${name}`);
      },
      create: async (network, samples) => {
        const moments = await secondMoments(samples, network.ridge);
        const { correlations, x, y } = canonicalCorrelations(moments);
        const isSymmetric = findsCanonical(network);
        // Weights of what does not vary tell nothing, and stay as they are.
        const [rangeX, rangeY] = [symmetricPower(moments.Cxx, 0), symmetricPower(moments.Cyy, 0)];
        const rank = strivenFor(network, correlations).length;
        const first = (directions: Matrix) =>
          rank === 0
            ? Matrix.zeros(0, directions.columns)
            : directions.subMatrix(0, rank - 1, 0, directions.columns - 1);
        return () => {
          const maps = isSymmetric ? viewMaps(network) : regressionMaps(network);
          const heard = heardCorrelations(maps, moments);
          return named('canonical-correlations', {
            ...(isSymmetric && {
              objective: canonicalObjectiveError(maps, moments, correlations),
              orthonormality: orthonormality(maps, moments),
            }),
            x: subspaceError(maps.x.mmul(rangeX), first(x), rank),
            y: subspaceError(maps.y.mmul(rangeY), first(y), rank),
            components: rank,
            ...told('correlation', heard, correlations.subarray(0, rank), network.hidden),
          });
        };
      },
    },
  ],
  [
    'reduced-rank',
    {
      for: 'linear networks of reduced-rank regression',
      fits: (network) => ruleOf(network).regresses !== undefined && isLinear(network),
      readings: () => ['objective', 'optimum', 'excess', 'constraint'].map((name) => `reduced-rank.${name}`),
      create: async (network, samples) => {
        const moments = await secondMoments(samples, network.ridge);
        const s = regressionOf(network)!;
        const { value: optimum, power } = reducedRankOptimum(moments, { hidden: network.hidden, s });
        return () => {
          const { x: Wx, y: Wy } = regressionMaps(network);
          const objective = reducedRankLoss({ Wx, Wy }, moments, { s, power });
          const excess = (objective - optimum) / (power - optimum);
          const constraint = distanceFromIdentity(Wx.mmul(moments.Cxx).mmul(Wx.transpose()));
          return named('reduced-rank', { objective, optimum, excess, constraint });
        };
      },
    },
  ],
];

/** The covariance of inputs and its principal components, computed once for all probes of the same samples. */
const known = new WeakMap<Samples, Promise<PrincipalComponents & { readonly covariance: Matrix }>>();

/** These, with a ridge on the diagonal. */
async function componentsOf(samples: Samples, ridge: number) {
  const found = known.get(samples) ?? decompose(samples);
  known.set(samples, found);
  const { covariance, variances, directions } = await found;
  return {
    covariance: Matrix.eye(covariance.rows).mul(ridge).add(covariance),
    variances: variances.map((variance) => variance + ridge),
    directions,
  };
}

async function decompose(samples: Samples) {
  const covariance = await inputCovariance(samples);
  return { covariance, ...principalComponents(covariance) };
}

/** Wx and Wy of reduced-rank regression. */
function regressionMaps(network: Network): ViewMaps {
  const { Wx, Wy } = network.weights();
  return { x: doubles(Wx!), y: doubles(Wy!) };
}

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
