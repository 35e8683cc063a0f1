import { activations } from '../circuit/activation.ts';
import type { Circuit } from '../circuit/circuit.ts';
import type { Signal } from '../circuit/signal.ts';
import { Synapses } from '../circuit/synapses.ts';
import { defineRule } from './rule.ts';

/**
 * Dendritic microcircuits, as they have come to rest after some passes up and down: pyramidal cells of layer l have a soma of potential
 * u_l, basal dendrites vB_l and apical dendrites vA_l; interneurons, one for each cell of the layer above, which teaches them, take from
 * the apical dendrites what they can foresee of it. What is left there is an error, which no cell computes. Forward weights learn as the
 * soma comes to differ from what the basal dendrites foresee, `ΔW_l = η [φ(u_l) − φ(α vB_l)] φ(u_{l−1})ᵀ`.
 */
export const dendriticMicrocircuit = defineRule({
  name: 'dendritic-microcircuit',
  title: 'Dendritic microcircuit',
  year: 2018,
  source: 'Sacramento, Ponte Costa, Bengio and Senn 2018',
  shape: {
    depth: 'any',
    outputs: ['linear'],
    biases: true,
    activations: ['sigmoid', 'tanh', 'softplus', 'relu', 'linear'],
    runningMean: false,
  },
  parameters: {
    passes: { default: 2, min: 1, whole: true, says: 'how many times potentials are computed up and down' },
    gL: { default: 0.1, above: 0, says: 'the conductance of the leak' },
    gB: { default: 1, above: 0, says: 'that from basal dendrites to the soma' },
    gA: { default: 0.28, min: 0, says: 'that from apical dendrites to the soma' },
    gD: { default: 1, above: 0, says: 'that from the dendrites of interneurons to their soma' },
    gSom: {
      default: 0.34,
      min: 0,
      says: 'that of what teaches a soma: the label, and of interneurons the layer above',
    },
    low: { default: 0, says: 'the potential that a label of 0 asks for' },
    high: { default: 1, says: 'the potential that a label of 1 asks for' },
    lowpass: {
      default: 1,
      above: 0,
      max: 1,
      says: 'a: synapses learn by Δ ← (1 − a) Δ + a g, kept from sample to sample',
    },
    silence: { default: false, says: 'whether synapses from interneurons to apical dendrites learn, to silence these' },
  },
  usualRates: { W: 0.1, WIP: 0.1, WPI: 0.1 },
  build(circuit, { hidden, activation, biases }, parameters) {
    const { passes, gL, gB, gA, gD, gSom, low, high, lowpass, silence } = parameters;
    const [alpha, alphaTop, alphaI] = [gB / (gL + gB + gA), gB / (gL + gB), gD / (gL + gD)];
    const [lambda, lambdaTop, lambdaI] = [gA / (gL + gB + gA), gSom / (gL + gB + gSom), gSom / (gL + gD + gSom)];
    const depth = hidden.length;
    const top = depth + 1;
    const f = activations[activation.function];
    /** The rate at which cells of this potential fire. */
    const phi = (u: Signal<string>, symbol: string) => (f === 'identity' ? u : u.through(f).as(symbol));
    const called = (name: string, l: number) => (depth === 1 ? name : `${name} ${l}`);

    const pyramidal = hidden.map((k, i) => circuit.population(called('pyramidal', i + 1), k, ['basal', 'apical']));
    const bias = biases ? circuit.population('bias', 1) : undefined;
    const one = () => circuit.constant(bias!, 1).as('1');
    const forward = [...pyramidal, circuit.label].map((cells, i) => {
      const [l, below] = [i + 1, pyramidal[i - 1] ?? circuit.stimulus];
      const place = pyramidal[i] ? pyramidal[i].at('basal') : cells;
      const W = circuit.synapses(`W${l}`, below, place, { uniform: 0.1 });
      return { W, b: bias && circuit.synapses(`b${l}`, bias, place, { constant: 0 }, { rateOf: `W${l}`, bias: true }) };
    });
    const layers = pyramidal.map((cells, i) => {
      const [l, above] = [i + 1, pyramidal[i + 1] ?? circuit.label];
      const interneuron = circuit.population(called('interneuron', l), above.size);
      // At first interneurons foresee the layer above, and silence what comes from it.
      const foreseen = (l === depth ? alphaTop : alpha) / alphaI;
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
      const lay = silence ? circuit.synapses.bind(circuit) : circuit.fixed.bind(circuit);
      const WPI = lay(`WPI${l}`, interneuron, cells.at('apical'), { times: -1, of: `B${l}` });
      return { l, cells, B, T, WIP, bIP, WPI };
    });

    const isPlain = low === 0 && high === 1;

    /** After all passes, with a target or without: potentials u, and rates r = φ(u), of layer l at place l, the input at 0. */
    function settled(x: Signal<'stimulus'>, target?: Signal<string>) {
      const before = layers.map(({ l, cells }) => circuit.state(`vA${l}′`, cells, 0));
      const pass = () => {
        const vB: Signal<string>[] = [];
        const vI: Signal<string>[] = [];
        const vA: Signal<string>[] = [];
        const u: Signal<string>[] = [];
        const uI: Signal<string>[] = [];
        const r: Signal<string>[] = [x];
        const rI: Signal<string>[] = [];
        for (const [i, { W, b }] of forward.entries()) {
          const l = i + 1;
          const drive = W.drive(r[i]!);
          vB[l] = (b ? drive.plus(b.drive(one())) : drive).as(`vB${l}`); //  vB = W φ(u below) + b
          if (l === top) continue;
          u[l] = vB[l]!.times(alpha, 'α').plus(before[i]!.times(lambda, 'λ')).as(`û${l}`);
          r[l] = phi(u[l]!, `r̂${l}`);
        }
        const foretold = vB[top]!.times(alphaTop, 'αO');
        const nudged = target && foretold.times(1 - lambdaTop, '(1 − λO)').plus(target.times(lambdaTop, 'λO'));
        u[top] = (nudged ?? foretold).as(`u${top}`);
        r[top] = phi(u[top]!, `r${top}`);
        for (const { l, B, T, WIP, bIP, WPI } of layers.toReversed()) {
          const drive = WIP.drive(r[l]!);
          vI[l] = (bIP ? drive.plus(bIP.drive(one())) : drive).as(`vI${l}`); //  vI = WIP φ(u) + bIP
          const foreseen = vI[l]!.times(alphaI, 'αI').times(1 - lambdaI, '(1 − λI)');
          uI[l] = foreseen.plus(T.drive(u[l + 1]!).times(lambdaI, 'λI')).as(`uI${l}`);
          rI[l] = phi(uI[l]!, `rI${l}`);
          vA[l] = B.drive(r[l + 1]!)
            .plus(WPI.drive(rI[l]!))
            .as(`vA${l}`); //  vA = B φ(u above) + WPI φ(uI)
          u[l] = vB[l]!.times(alpha, 'α').plus(vA[l]!.times(lambda, 'λ')).as(`u${l}`);
          r[l] = phi(u[l]!, `r${l}`);
        }
        return { u, r, rI, vB, vI, vA };
      };
      circuit.repeat(passes - 1, () => {
        const { vA } = pass();
        for (const [i, state] of before.entries()) state.becomes(vA[i + 1]!);
      });
      return pass();
    }

    return {
      transform: (x) => settled(x).r[depth]!,
      predict(x) {
        const u = settled(x).u[top]! as Signal<'label'>;
        return isPlain ? u : u.minus(low).times(1 / (high - low)); // the label that asks for this potential
      },
      learn(x, y) {
        const scaled = () => y.times(high - low).plus(low);
        const { r, rI, vB, vI, vA } = settled(x, isPlain ? y : scaled().as('t'));
        const learn = lowpassed(circuit, lowpass);
        for (const [i, { W, b }] of forward.entries()) {
          const l = i + 1;
          const foretold = l === top ? vB[l]!.times(alphaTop, 'αO') : vB[l]!.times(alpha, 'α');
          const surprise = r[l]!.minus(phi(foretold, `rB${l}`)).as(`δ${l}`);
          learn(W, surprise, r[i]!); //  g = [φ(u) − φ(α vB)] φ(u below)ᵀ
          if (b) learn(b, surprise, one());
        }
        for (const { l, WIP, bIP, WPI } of layers) {
          const surprise = rI[l]!.minus(phi(vI[l]!.times(alphaI, 'αI'), `rD${l}`)).as(`δI${l}`);
          learn(WIP, surprise, r[l]!); //  g = [φ(uI) − φ(αI vI)] φ(u)ᵀ
          if (bIP) learn(bIP, surprise, one());
          if (WPI instanceof Synapses) learn(WPI, vA[l]!.times(-1), rI[l]!); //  g = −vA φ(uI)ᵀ
        }
      },
    };
  },
});

/** Learning by Δ ← (1 − a) Δ + a g, W += η Δ, with g = post preᵀ. */
function lowpassed(circuit: Circuit, a: number) {
  return (synapses: Synapses<string, string>, post: Signal<string>, pre: Signal<string>): void => {
    if (a === 1) {
      synapses.learn(post, pre);
      return;
    }
    const kept = circuit.state(`low_${synapses.name}`, synapses.each, 0, 'ever');
    const next = kept.times(1 - a, '(1 − a)').plus(synapses.outer(post, pre).times(a, 'a'));
    kept.becomes(next);
    synapses.grow(next);
  };
}
