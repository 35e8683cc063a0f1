import { readdirSync, readFileSync } from 'node:fs';
import type {
  ActivationFunction,
  Loss,
  Matrix,
  NetworkOptions,
  Optimiser,
  OutputFunction,
  Rate,
} from '../src/index.ts';
import type { Blueprint } from '../src/network/options.ts';

/**
 * Trajectories of learning rules in float64, made by an independent program, with their first update's signals: a file a case, whose
 * `config` says everything. Every file in the folder is tested, by the name of its rule.
 */
export interface GoldenRule {
  readonly name: string;
  readonly rule: string;
  /** m, hidden units of each layer, n. */
  readonly sizes: readonly number[];
  readonly updates: number;
  readonly config: GoldenConfig;
  readonly X: readonly (readonly number[])[];
  readonly Y: readonly (readonly number[])[];
  readonly initial: Readonly<Record<string, Rows>>;
  readonly checkpoints: Readonly<Record<string, Readonly<Record<string, Rows>>>>;
  readonly signals: Readonly<Record<string, Rows>>;
  readonly noise?: Readonly<Record<string, unknown>>;
  readonly alignment?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

interface GoldenConfig {
  readonly activation: ActivationFunction;
  readonly output: OutputFunction;
  readonly loss: Loss;
  readonly batch: number;
  readonly rates: Readonly<Record<string, Rate>>;
  /** `mu` is momentum; `lambda` what weights are multiplied by at each update. Absent: plain steps. */
  readonly optimiser?: {
    readonly kind: string;
    readonly mu?: number;
    readonly lambda?: number;
    readonly momentum?: number;
    readonly averaging?: number;
    readonly stabiliser?: number;
  };
  readonly meanRate?: number;
  /** What the rule has of its own: see `parametersOf`. */
  readonly [own: string]: unknown;
}

/** The parameters of rules that have some, from what the files say of them. */
const parametersOf: Readonly<Record<string, (config: GoldenConfig) => unknown>> = {
  'dendritic-microcircuit': ({ conductances, passes, lowpass = 1, rates }) => {
    return { ...(conductances as object), passes, lowpass, silence: Object.hasOwn(rates, 'WPI1') };
  },
  burstprop: ({ p0, learnFeedback }) => ({ p0, learnFeedback }),
  'sign-symmetry': ({ form }) => ({ magnitudes: form }),
  'weight-mirror': ({ mirror }) => mirror,
  'target-propagation': targets,
  'difference-target-propagation': targets,
  'deep-bmvr': ({ gain, radius, labelEverywhere }) => ({ gain, radius, label: labelEverywhere ? 'everywhere' : 'top' }),
  'constrained-predictive-coding': constrained,
  'reduced-rank-regression': ({ s }) => ({ s }),
  'bio-cca-adaptive': ({ alpha }) => ({ alpha }),
  'adaptive-soft': ({ alpha }) => ({ alpha }),
  'adaptive-hard': ({ alpha, interneurons }) => ({ alpha, interneurons }),
  'adaptive-equalised': ({ alpha, beta, interneurons }) => ({ alpha, beta, interneurons }),
  'predictive-coding': ({ gamma, steps, prediction, weightsSee, activateInput }) => {
    return { gamma, steps, prediction, weightsSee, activateInput };
  },
};

/** ρ of the top layer is the last; of those below it, the first. */
function constrained({ rho, settle }: GoldenConfig) {
  const { kind, rate, steps } = settle as { readonly kind: string; readonly rate: number; readonly steps: number };
  const [first = 1] = rho as number[];
  const settling = kind === 'gradient' ? 'plain' : kind;
  return { radius: (rho as number[]).at(-1), radiusBelow: first, settling, gamma: rate, steps };
}

function targets({ targetRate, sigma, inverseActivation, epochUpdates }: GoldenConfig) {
  return { targetRate, sigma, inverseActivation, epochUpdates };
}

export type Rows = readonly (readonly number[])[];

const folder = new URL('./golden-rules/', import.meta.url);

/** Files of rules that descend from an objective, as the others are. */
const normative: Readonly<Record<string, (file: GoldenRule) => GoldenRule>> = {
  'reduced-rank': reducedRank,
  'bio-cca': twoViews,
  'bio-cca-adaptive': twoViews,
  'similarity-matching': similarityMatching,
  'adaptive-soft': adaptive,
  'adaptive-hard': adaptive,
  'adaptive-equalised': adaptive,
};

const files: readonly GoldenRule[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name: name.replace('.json', ''), ...JSON.parse(readFileSync(new URL(name, folder), 'utf8')) }))
  .map((file) => (file.rule === 'deep-bmvr' ? usualForm(file) : file))
  .map((file) => normative[file.rule]?.(file) ?? file);

/** Reduced-rank regression's files as the others are. A factor of what synapses gain is one of their rate. */
function reducedRank(file: GoldenRule): GoldenRule {
  const { rates, factor = {}, ...others } = file.config as GoldenConfig & { factor?: Record<string, number> };
  const scaled = Object.entries(rates).map(([name, { eta0, ...rate }]) => {
    return [name, { eta0: eta0 * (factor[name] ?? 1), ...rate }] as const;
  });
  return usual({ ...file, rule: 'reduced-rank-regression', config: { ...others, rates: Object.fromEntries(scaled) } });
}

/** Those from the views learn at 2 η, lateral ones at η / τ. */
function twoViews(file: GoldenRule): GoldenRule {
  const { rate, tau, ...others } = file.config as GoldenConfig & { rate: Rate; tau: number };
  const view = { ...rate, eta0: 2 * rate.eta0 };
  const lateral = { ...rate, eta0: rate.eta0 / tau };
  return usual({ ...file, config: { ...others, rates: { Wx: view, Wy: view, M: lateral, P: lateral } } });
}

/** η = 1 / (γ t + offset); W learns at 2 η, M at η / τ. */
function similarityMatching(file: GoldenRule): GoldenRule {
  const { gamma, offset, tau, ...others } = file.config as GoldenConfig & Record<'gamma' | 'offset' | 'tau', number>;
  const rate = (factor: number) => ({ eta0: factor / offset, t0: offset / gamma });
  return usual({
    ...file,
    sizes: [...file.sizes, 0],
    Y: file.X.map(() => []),
    config: { ...others, rates: { W: rate(2), M: rate(1 / tau) } },
  });
}

/** The reciprocals of the rates, D, are a column; where all cells have the same, the files have it once. */
function adaptive(file: GoldenRule): GoldenRule {
  const [inputs = 0, k = 0, interneurons] = file.sizes;
  const cells = { D: k, Dy: k, Dn: interneurons ?? 0 };
  type Listed = Readonly<Record<string, Rows | readonly number[] | number>>;
  const columns = (weights: Listed) =>
    Object.fromEntries(
      Object.entries(weights).map(([name, each]): [string, Rows] => {
        if (!Object.hasOwn(cells, name)) return [name, each as Rows];
        const column =
          typeof each === 'number' ? new Array<number>(cells[name as keyof typeof cells]).fill(each) : each;
        return [name, column.map((value) => [value as number])];
      }),
    );
  const { config, checkpoints } = file;
  return usual({
    ...file,
    sizes: [inputs, k, 0],
    Y: file.X.map(() => []),
    initial: columns(file.initial as Listed),
    config: { ...config, interneurons, rates: { W: { eta0: 1 }, U: { eta0: 1 }, V: { eta0: 1 }, M: { eta0: 1 } } },
    checkpoints: Object.fromEntries(
      Object.entries(checkpoints).map(([update, each]) => [update, columns(each as Listed)]),
    ),
  });
}

/** With what is the same in all of them. */
function usual(file: GoldenRule): GoldenRule {
  const { z, ...signals } = file.signals;
  const { rates, ...config } = file.config;
  const shared = { activation: 'linear', output: 'linear', loss: 'squared', batch: 1 } as const;
  const named = Object.entries(rates).filter(([name]) => Object.hasOwn(file.initial, name));
  return {
    ...file,
    updates: file.X.length,
    config: { ...config, ...shared, rates: Object.fromEntries(named) },
    signals: { ...signals, ...(z && { h1: z }) },
  };
}

/** Deep BMVR's files as the others are: columns are matrices, and what all of them have in common is said. */
function usualForm({ config, initial, checkpoints, ...file }: DeepBmvrFile): GoldenRule {
  const { rates, ...others } = config;
  const listed = (weights: Weights) =>
    Object.fromEntries(
      Object.entries(weights).map(([name, rows]) => [name, rows.map((row) => (typeof row === 'number' ? [row] : row))]),
    );
  return {
    ...file,
    updates: file.X.length / config.batch,
    config: {
      ...others,
      output: 'linear',
      loss: 'squared',
      rates: Object.fromEntries(Object.entries(rates).map(([name, eta0]) => [name, { eta0 }])),
      optimiser: { kind: 'sgd' },
    },
    initial: listed(initial),
    checkpoints: Object.fromEntries(Object.entries(checkpoints).map(([update, each]) => [update, listed(each)])),
  };
}

/** Columns are lists of numbers. */
type Weights = Readonly<Record<string, Rows | readonly number[]>>;

interface DeepBmvrFile extends Omit<GoldenRule, 'updates' | 'config' | 'initial' | 'checkpoints'> {
  readonly config: Pick<GoldenConfig, 'activation' | 'batch'> & { readonly rates: Readonly<Record<string, number>> };
  readonly initial: Weights;
  readonly checkpoints: Readonly<Record<string, Weights>>;
}

/** Those that go on in time, in which a sample is shown for many updates. */
export const goldenDynamics = files.filter(({ config }) => config.stepsPerPattern !== undefined);

/** Those in which phases take turns, each with several batches, and then the next with the same batches. */
export const goldenTurns = files.filter(({ config: { epochUpdates = 1 } }) => epochUpdates !== 1);

/** Those of a program that clips every weight after every update, to ±`clip`. */
export const goldenClipped = files.filter(({ config: { clip } }) => clip !== undefined);

const others = [...goldenDynamics, ...goldenTurns, ...goldenClipped];

/** Those in which all phases of a rule are done with a batch before the next batch comes. */
export const goldenRules = files.filter((each) => !others.includes(each));

export function matrixOf(rows: Rows): Matrix {
  return { rows: rows.length, cols: rows[0]!.length, data: Float32Array.from(rows.flat()) };
}

/** The options of the network that the file is of. */
export function goldenOptions({ rule, sizes, config, initial }: GoldenRule): NetworkOptions {
  const { activation, output, loss, batch, rates, meanRate, lambda } = config;
  return {
    rule,
    inputs: sizes[0]!,
    hidden: sizes.slice(1, -1),
    labels: sizes.at(-1)!,
    ...{ activation, output, loss, batch },
    ...(meanRate !== undefined && { meanRate }),
    ...(lambda !== undefined && { ridge: lambda as number }),
    biases: Object.hasOwn(initial, 'b1'),
    // What the forward weights' rates say is said in the files of every matrix that learns.
    rates,
    optimiser: optimiserOf(config),
    parameters: (parametersOf[rule]?.(config) ?? {}) as NonNullable<NetworkOptions['parameters']>,
    weights: {
      ...Object.fromEntries(
        Object.entries(initial).flatMap(([name, rows]) => (name === 'Minv' ? [] : [[name, matrixOf(rows)]])),
      ),
    },
  };
}

function optimiserOf({ optimiser, rates }: GoldenConfig): Optimiser {
  const { kind, mu = 0, lambda = 1, ...others } = optimiser ?? { kind: 'sgd' };
  switch (kind) {
    case 'sgd':
      return { kind: 'plain' };
    case 'shrink': {
      // W ← λ W + η g is a weight decay of (1 − λ) / η.
      return { kind: 'plain', weightDecay: (1 - lambda) / Object.values(rates)[0]!.eta0 };
    }
    case 'momentum':
      return { kind, momentum: mu, ...others };
    case 'momentum-free-decay':
      return { kind: 'momentum', momentum: mu, decoupled: true, ...others };
    case 'rmsprop-centred': {
      const { momentum, averaging: rho, stabiliser: epsilon } = optimiser!;
      return { kind: 'rmsprop', rho, epsilon, momentum, centred: true, epsilonInside: true } as Optimiser;
    }
    case 'rmsprop':
    case 'adam':
      return { kind, ...others };
    default:
      throw new TypeError(`no optimiser is called ${kind}`);
  }
}

/** The noise that the file has: in the order in which it was drawn. */
export function goldenNoise({ noise = {} }: GoldenRule): NonNullable<NetworkOptions['noise']> {
  const drawn = new Map<string, number>();
  return (name, _, length) => {
    const [kind, l] = [name.replace(/ ?\d+$/, ''), name.match(/\d+$/)?.[0]];
    const of = (key: string) => ((noise[`${key}${l}`] as unknown[] | undefined) ?? []).flat(9) as number[];
    const all = kind === 'mirror' ? [...of('mirrorBefore'), ...of('mirror')] : of(kind);
    const from = drawn.get(name) ?? 0;
    drawn.set(name, from + length);
    return all.slice(from, from + length);
  };
}

/** Values of signals by the names that the files have for those with a symbol: `h1`, `delta2`, `mirrorIn1`. */
export function namedSignals(
  { circuit, behaviour, architecture, parameters }: Blueprint,
  values: readonly (readonly Float64Array[])[],
): ReadonlyMap<string, readonly Float64Array[]> {
  const { signals } = circuit.trace((x, y) => {
    behaviour.learn(x, y);
    return undefined;
  });
  const last = architecture.hidden.length + 1;
  // Weights of predictive coding learn from the state before its last step, or after it.
  const { steps, weightsSee } = parameters;
  const seen = Number(steps) - Number(weightsSee === 'before');
  const names: readonly (readonly [RegExp, string])[] = [
    [/^ĥ(\d+)$/, 'target$1'],
    [/^h̃(\d+)$/, 'code$1'],
    [/^r(\d+)$/, 'decoded$1'],
    [/^d(\d+)$/, 'd$1'],
    [/^(u|uI|vA)(\d+)$/, `$1$2@${parameters.passes}`],
    [/^v([BI])(\d+)$/, 'v$1$2'],
    [/^z$/, 'h1'],
    [/^ε$/, `delta${last}`],
    [/^δ(\d+)$/, 'delta$1'],
    [/^ξ(\d+)$/, 'mirrorIn$1'],
    [/^([nabyu])$/, '$1'],
    [/^([hnp])(\d+)$/, '$1$2'],
    [/^h(\d+)$/, 'h$1'],
    [/^([erap])(\d+)$/, '$1$2'],
    [/^â(\d+)$/, 'aTeach$1'],
    [/^p̂(\d+)$/, 'pTeach$1'],
    [/^β(\d+)$/, 'burst$1'],
    [/^β̂(\d+)$/, 'burstTeach$1'],
    [/^v(\d+)$/, `v$1@${seen}`],
    [/^z(\d+)$/, `z$1@${seen}`],
    [/^b(\d+)$/, 'b$1'],
    [/^ε(\d+)$/, `epsilon$1@${seen}`],
  ];
  return new Map(
    signals.flatMap(({ id, symbol = '' }) => {
      const found = names.find(([pattern]) => pattern.test(symbol));
      return found ? [[symbol.replace(...found), values[id]!] as const] : [];
    }),
  );
}
