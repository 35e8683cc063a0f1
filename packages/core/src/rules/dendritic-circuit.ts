import { activations } from '../circuit/activation.ts';
import type { Circuit } from '../circuit/circuit.ts';
import type { Signal } from '../circuit/signal.ts';
import { Synapses } from '../circuit/synapses.ts';
import type { Architecture } from './architecture.ts';
import type { Parameters, ParameterValues } from './parameters.ts';
import type { Shape } from './shape.ts';

export const dendriticShape: Shape = {
  depth: 'any',
  outputs: ['linear'],
  biases: true,
  activations: ['sigmoid', 'tanh', 'softplus', 'relu', 'linear'],
  runningMean: false,
};

export const conductances = {
  gL: { default: 0.1, above: 0, says: 'the conductance of the leak' },
  gB: { default: 1, above: 0, says: 'that from basal dendrites to the soma' },
  gA: { default: 0.28, min: 0, says: 'that from apical dendrites to the soma' },
  gD: { default: 1, above: 0, says: 'that from the dendrites of interneurons to their soma' },
  gSom: {
    default: 0.34,
    min: 0,
    says: 'that of what teaches a soma: the label, and of interneurons the layer above',
  },
} as const satisfies Parameters;

export const labelPotentials = {
  low: { default: 0, says: 'the potential that a label of 0 asks for' },
  high: { default: 1, says: 'the potential that a label of 1 asks for' },
} as const satisfies Parameters;

export const silence = {
  default: false,
  says: 'whether synapses from interneurons to apical dendrites learn, to silence these',
} as const;

type Settings = ParameterValues<typeof conductances & typeof labelPotentials & { readonly silence: typeof silence }>;

/** What cells have: of layer l at place l, the input at 0. */
export interface Potentials {
  /** Rates of pyramidal cells, r = φ(u); the input at 0. */
  readonly r: readonly Signal<string>[];
  /** Rates of interneurons, φ(uI). */
  readonly rI: readonly Signal<string>[];
  /** Potentials of basal dendrites, of those of interneurons, and of apical ones. */
  readonly vB: readonly Signal<string>[];
  readonly vI: readonly Signal<string>[];
  readonly vA: readonly Signal<string>[];
}

/**
 * The circuit of dendritic microcircuits: pyramidal cells of layer l have a soma of potential u_l, basal dendrites vB_l and apical
 * dendrites vA_l; beside them are interneurons, one for each cell of the layer above, which teaches them.
 */
export class DendriticCircuit {
  /** What the potential of a soma at rest is of that of its basal dendrites, at the top, and of an interneuron's dendrites. */
  readonly alpha: number;
  readonly alphaTop: number;
  readonly alphaI: number;
  /** What it is of that of its apical dendrites, and of what teaches it: the label at the top, the layer above an interneuron. */
  readonly lambda: number;
  readonly lambdaTop: number;
  readonly lambdaI: number;
  readonly depth: number;
  /** The layer of the output. */
  readonly top: number;
  readonly #circuit: Circuit;
  readonly #activation: Architecture['activation'];
  readonly #bias;
  readonly #settings: Settings;
  readonly forward;
  readonly layers;

  constructor(circuit: Circuit, { hidden, activation, biases }: Architecture, settings: Settings) {
    const { gL, gB, gA, gD, gSom } = settings;
    [this.alpha, this.alphaTop, this.alphaI] = [gB / (gL + gB + gA), gB / (gL + gB), gD / (gL + gD)];
    [this.lambda, this.lambdaTop, this.lambdaI] = [
      gA / (gL + gB + gA),
      gSom / (gL + gB + gSom),
      gSom / (gL + gD + gSom),
    ];
    this.depth = hidden.length;
    this.top = this.depth + 1;
    this.#circuit = circuit;
    this.#activation = activation;
    this.#settings = settings;
    const called = (name: string, l: number) => (this.depth === 1 ? name : `${name} ${l}`);

    const pyramidal = hidden.map((k, i) => circuit.population(called('pyramidal', i + 1), k, ['basal', 'apical']));
    const bias = biases ? circuit.population('bias', 1) : undefined;
    this.#bias = bias;
    this.forward = [...pyramidal, circuit.label].map((cells, i) => {
      const [l, below] = [i + 1, pyramidal[i - 1] ?? circuit.stimulus];
      const place = pyramidal[i] ? pyramidal[i].at('basal') : cells;
      const W = circuit.synapses(`W${l}`, below, place, { uniform: 0.1 });
      const b = bias && circuit.synapses(`b${l}`, bias, place, { constant: 0 }, { rateOf: `W${l}`, bias: true });
      return { l, cells, W, b };
    });
    this.layers = pyramidal.map((cells, i) => {
      const [l, above] = [i + 1, pyramidal[i + 1] ?? circuit.label];
      const interneuron = circuit.population(called('interneuron', l), above.size);
      // At first interneurons foresee the layer above, and silence what comes from it.
      const foreseen = (l === this.depth ? this.alphaTop : this.alpha) / this.alphaI;
      // Each is taught by the cell above that it stands for.
      const T = circuit.fixed(`T${l}`, above, interneuron, { identity: 1 });
      const B = circuit.fixed(`B${l}`, above, cells.at('apical'), { uniform: 1 });
      const WIP = circuit.synapses(`WIP${l}`, cells, interneuron, { times: foreseen, of: `W${l + 1}` });
      const bIP =
        bias &&
        circuit.synapses(
          `bIP${l}`,
          bias,
          interneuron,
          { times: foreseen, of: `b${l + 1}` },
          { rateOf: `WIP${l}`, bias: true },
        );
      const lay = settings.silence ? circuit.synapses.bind(circuit) : circuit.fixed.bind(circuit);
      const WPI = lay(`WPI${l}`, interneuron, cells.at('apical'), { times: -1, of: `B${l}` });
      return { l, cells, interneuron, B, T, WIP, bIP, WPI };
    });
  }

  /** The rate at which cells of this potential fire. */
  phi<Name extends string>(u: Signal<Name>, symbol: string): Signal<Name> {
    const f = activations[this.#activation.function];
    return f === 'identity' ? u : u.through(f).as(symbol);
  }

  /** vB_l = W_l φ(u_{l−1}) + b_l */
  basal(l: number, below: Signal<string>): Signal<string> {
    const { W, b } = this.forward[l - 1]!;
    return this.#withBias(W.drive(below), b).as(`vB${l}`);
  }

  /** vI_l = WIP_l φ(u_l) + bIP_l */
  dendrite(l: number, r: Signal<string>): Signal<string> {
    const { WIP, bIP } = this.layers[l - 1]!;
    return this.#withBias(WIP.drive(r), bIP).as(`vI${l}`);
  }

  /** vA_l = B_l φ(u_{l+1}) + WPI_l φ(uI_l) */
  apical(l: number, above: Signal<string>, rI: Signal<string>): Signal<string> {
    const { B, WPI } = this.layers[l - 1]!;
    return B.drive(above).plus(WPI.drive(rI)).as(`vA${l}`);
  }

  /** The potential that a label asks for. */
  target(y: Signal<'label'>): Signal<'label'> {
    const { low, high } = this.#settings;
    return this.#isPlain
      ? y
      : y
          .times(high - low)
          .plus(low)
          .as('t');
  }

  /** The label that asks for this potential. */
  labelOf(u: Signal<'label'>): Signal<'label'> {
    const { low, high } = this.#settings;
    return this.#isPlain ? u : u.minus(low).times(1 / (high - low));
  }

  /** What synapses learn by, g = post preᵀ of each. */
  learn(
    { r, rI, vB, vI, vA }: Potentials,
    learn: (synapses: Synapses<string, string>, post: Signal<string>, pre: Signal<string>) => void,
  ): void {
    for (const { l, W, b } of this.forward) {
      const foretold = l === this.top ? vB[l]!.times(this.alphaTop, 'αO') : vB[l]!.times(this.alpha, 'α');
      const surprise = r[l]!.minus(this.phi(foretold, `rB${l}`)).as(`δ${l}`);
      learn(W, surprise, r[l - 1]!); //  g = [φ(u) − φ(α vB)] φ(u below)ᵀ
      if (b) learn(b, surprise, this.#one());
    }
    for (const { l, WIP, bIP, WPI } of this.layers) {
      const surprise = rI[l]!.minus(this.phi(vI[l]!.times(this.alphaI, 'αI'), `rD${l}`)).as(`δI${l}`);
      learn(WIP, surprise, r[l]!); //  g = [φ(uI) − φ(αI vI)] φ(u)ᵀ
      if (bIP) learn(bIP, surprise, this.#one());
      if (WPI instanceof Synapses) learn(WPI, vA[l]!.times(-1), rI[l]!); //  g = −vA φ(uI)ᵀ
    }
  }

  get #isPlain(): boolean {
    return this.#settings.low === 0 && this.#settings.high === 1;
  }

  #withBias(drive: Signal<string>, b: Synapses<'bias', string> | undefined): Signal<string> {
    return b ? drive.plus(b.drive(this.#one())) : drive;
  }

  #one(): Signal<'bias'> {
    return this.#circuit.constant(this.#bias!, 1).as('1');
  }
}
