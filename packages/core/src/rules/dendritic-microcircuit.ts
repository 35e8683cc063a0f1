import type { Circuit } from '../circuit/circuit.ts';
import type { Signal } from '../circuit/signal.ts';
import type { Synapses } from '../circuit/synapses.ts';
import { conductances, DendriticCircuit, dendriticShape, labelPotentials, silence } from './dendritic-circuit.ts';
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
  shape: dendriticShape,
  parameters: {
    passes: { default: 2, min: 1, whole: true, says: 'how many times potentials are computed up and down' },
    ...conductances,
    ...labelPotentials,
    lowpass: {
      default: 1,
      above: 0,
      max: 1,
      says: 'a: synapses learn by Δ ← (1 − a) Δ + a g, kept from sample to sample',
    },
    silence,
  },
  usualRates: { W: 0.1, WIP: 0.1, WPI: 0.1 },
  build(circuit, architecture, parameters) {
    const { passes, lowpass } = parameters;
    const cells = new DendriticCircuit(circuit, architecture, parameters);
    const { layers, depth, top, alpha, alphaTop, alphaI, lambda, lambdaTop, lambdaI } = cells;

    /** After all passes, with a target or without: potentials u, and rates r = φ(u), of layer l at place l, the input at 0. */
    function settled(x: Signal<'stimulus'>, target?: Signal<string>) {
      const before = layers.map((layer) => circuit.state(`vA${layer.l}′`, layer.cells, 0));
      const pass = () => {
        const vB: Signal<string>[] = [];
        const vI: Signal<string>[] = [];
        const vA: Signal<string>[] = [];
        const u: Signal<string>[] = [];
        const uI: Signal<string>[] = [];
        const r: Signal<string>[] = [x];
        const rI: Signal<string>[] = [];
        for (let l = 1; l <= top; l++) {
          vB[l] = cells.basal(l, r[l - 1]!);
          if (l === top) continue;
          u[l] = vB[l]!.times(alpha, 'α')
            .plus(before[l - 1]!.times(lambda, 'λ'))
            .as(`û${l}`);
          r[l] = cells.phi(u[l]!, `r̂${l}`);
        }
        const foretold = vB[top]!.times(alphaTop, 'αO');
        const nudged = target && foretold.times(1 - lambdaTop, '(1 − λO)').plus(target.times(lambdaTop, 'λO'));
        u[top] = (nudged ?? foretold).as(`u${top}`);
        r[top] = cells.phi(u[top]!, `r${top}`);
        for (const { l, T } of layers.toReversed()) {
          vI[l] = cells.dendrite(l, r[l]!);
          const foreseen = vI[l]!.times(alphaI, 'αI').times(1 - lambdaI, '(1 − λI)');
          uI[l] = foreseen.plus(T.drive(u[l + 1]!).times(lambdaI, 'λI')).as(`uI${l}`);
          rI[l] = cells.phi(uI[l]!, `rI${l}`);
          vA[l] = cells.apical(l, r[l + 1]!, rI[l]!);
          u[l] = vB[l]!.times(alpha, 'α').plus(vA[l]!.times(lambda, 'λ')).as(`u${l}`);
          r[l] = cells.phi(u[l]!, `r${l}`);
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
      predict: (x) => cells.labelOf(settled(x).u[top]! as Signal<'label'>),
      learn: (x, y) => cells.learn(settled(x, cells.target(y)), lowpassed(circuit, lowpass)),
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
