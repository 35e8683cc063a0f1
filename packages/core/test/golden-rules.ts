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
  /**
   * `mu` is momentum; `lambda` what weights are multiplied by at each update; `momentum`, `averaging` and `stabiliser` are those of
   * centred RMSprop, with ε inside the root.
   */
  readonly optimiser: { readonly kind: string } & Readonly<
    Partial<Record<'mu' | 'lambda' | 'momentum' | 'averaging' | 'stabiliser', number>>
  >;
  /** What the rule has of its own: see `parametersOf`. */
  readonly [own: string]: unknown;
}

/** The parameters of rules that have some, from what the files say of them. */
const parametersOf: Readonly<Record<string, (config: GoldenConfig) => unknown>> = {
  'sign-symmetry': ({ form }) => ({ magnitudes: form }),
  'weight-mirror': ({ mirror }) => mirror,
  'target-propagation': targets,
  'difference-target-propagation': targets,
};

function targets({ targetRate, sigma, inverseActivation }: GoldenConfig) {
  return { targetRate, sigma, inverseActivation };
}

export type Rows = readonly (readonly number[])[];

const folder = new URL('./golden-rules/', import.meta.url);

const files: readonly GoldenRule[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name: name.replace('.json', ''), ...JSON.parse(readFileSync(new URL(name, folder), 'utf8')) }));

/** Those in which all phases of a rule are done with a batch before the next batch comes. */
export const goldenRules = files.filter(({ config: { epochUpdates = 1 } }) => epochUpdates === 1);

/** Those in which a phase is done with several batches, and then the next phase with the same batches. */
export const goldenPasses = files.filter((each) => !goldenRules.includes(each));

export function matrixOf(rows: Rows): Matrix {
  return { rows: rows.length, cols: rows[0]!.length, data: Float32Array.from(rows.flat()) };
}

/** The options of the network that the file is of. */
export function goldenOptions({ rule, sizes, config, initial }: GoldenRule): NetworkOptions {
  const { activation, output, loss, batch, rates } = config;
  return {
    rule,
    inputs: sizes[0]!,
    hidden: sizes.slice(1, -1),
    labels: sizes.at(-1)!,
    ...{ activation, output, loss, batch },
    biases: Object.hasOwn(initial, 'b1'),
    // What the forward weights' rates say is said in the files of every matrix that learns.
    rates,
    optimiser: optimiserOf(config),
    parameters: (parametersOf[rule]?.(config) ?? {}) as NonNullable<NetworkOptions['parameters']>,
    weights: {
      ...Object.fromEntries(Object.entries(initial).map(([name, rows]) => [name, matrixOf(rows)])),
    },
  };
}

function optimiserOf({ optimiser, rates }: GoldenConfig): Optimiser {
  const { kind, mu = 0, lambda = 1, ...others } = optimiser;
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
      const { momentum = 0, averaging: rho = 0, stabiliser: epsilon = 0 } = optimiser;
      return { kind: 'rmsprop', rho, epsilon, momentum, centred: true, epsilonInside: true };
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
  { circuit, behaviour, architecture }: Blueprint,
  values: readonly (readonly Float64Array[])[],
): ReadonlyMap<string, readonly Float64Array[]> {
  const { signals } = circuit.trace((x, y) => {
    behaviour.learn(x, y);
    return undefined;
  });
  const last = architecture.hidden.length + 1;
  const names: readonly (readonly [RegExp, string])[] = [
    [/^ĥ(\d+)$/, 'target$1'],
    [/^h̃(\d+)$/, 'code$1'],
    [/^r(\d+)$/, 'decoded$1'],
    [/^d(\d+)$/, 'd$1'],
    [/^z$/, 'h1'],
    [/^ε$/, `delta${last}`],
    [/^δ(\d+)$/, 'delta$1'],
    [/^ξ(\d+)$/, 'mirrorIn$1'],
    [/^h(\d+)$/, 'h$1'],
  ];
  return new Map(
    signals.flatMap(({ id, symbol = '' }) => {
      const found = names.find(([pattern]) => pattern.test(symbol));
      return found ? [[symbol.replace(...found), values[id]!] as const] : [];
    }),
  );
}
