import type { Signal } from '../circuit/signal.ts';
import { defineRule } from './rule.ts';

/**
 * Deep BMVR: every hidden layer is a circuit as in BMVR (Golkar et al. 2020), taught by the label and by the plateau of the layer
 * above, `p_l = f′(u_l) ⊙ (V_l y + g A_l p_{l+1} − Q_l n_l)` with `n_l = Q_lᵀ h_l`. The apical weights A_l learn by the product that
 * W_{l+1} learns by, or mirror it by noise of the cells' own. The prediction is V_Lᵀ h_L of the top layer. No weight is transported
 * and no error computed. With one hidden layer it is BMVR.
 */
export const deepBmvr = defineRule({
  name: 'deep-bmvr',
  title: 'Deep BMVR',
  year: 2026,
  source: 'apical; each layer as in Golkar et al. 2020, Eqs. 5–7, 9, 21, 22 and 24',
  shape: { depth: 'any', outputs: ['linear'], biases: true },
  parameters: {
    gain: { default: 1, min: 0, says: 'g, how strongly the plateau of the layer above teaches; at 0 labels alone do' },
    radius: { default: 1, above: 0, says: 'ρ, to which interneurons confine the power of a layer in every direction' },
    label: {
      default: 'everywhere',
      choices: ['everywhere', 'top'],
      says: 'the layers that the label reaches, by V_l; the others have no interneurons',
    },
    normalised: {
      default: false,
      says: 'whether W_l and A_{l−1} learn from ĥ_{l−1} = h_{l−1} / (1 + ‖h_{l−1}‖²), b_l from 1 / (1 + k_{l−1})',
    },
    decoupled: { default: false, says: 'whether interneurons have weights R_l of their own, in place of Q_lᵀ' },
    mirror: { default: 0, min: 0, says: 'how fast A_l mirrors W_{l+1} by noise, as a multiple of its learning rate' },
    noise: { default: 0.1, above: 0, says: 'σ, the standard deviation of that noise, where A_l mirrors' },
  },
  usualRates: { W1: 0.005, W: 0.03, V: 0.0002, Q: 0.001 },
  build(circuit, { hidden, activation, biases }, { gain, radius, label, normalised, decoupled, mirror, noise }) {
    const depth = hidden.length;
    const called = (name: string, l: number) => (depth === 1 ? name : `${name} ${l}`);
    const pyramidal = hidden.map((k, i) => circuit.population(called('pyramidal', i + 1), k, ['proximal', 'apical']));
    const bias = biases ? circuit.population('bias', 1) : undefined;

    const layers = pyramidal.map((cells, i) => {
      const [l, below, above] = [i + 1, pyramidal[i - 1] ?? circuit.stimulus, pyramidal[i + 1]];
      const [proximal, apical] = [cells.at('proximal'), cells.at('apical')];
      const isTaught = label === 'everywhere' || l === depth;
      const interneurons = isTaught ? circuit.population(called('interneuron', l), cells.size) : undefined;
      const W = circuit.synapses(`W${l}`, below, proximal, { normal: l === 1 ? 0.4 : 1, fan: 'in' });
      const b = bias && circuit.synapses(`b${l}`, bias, proximal, { constant: 0 }, { rateOf: `W${l}`, bias: true });
      const V = isTaught ? circuit.synapses(`V${l}`, circuit.label, apical, { normal: 1 / 3, fan: 'out' }) : undefined;
      const Q = interneurons && circuit.synapses(`Q${l}`, interneurons, apical, { identity: 1 / 3 });
      const R =
        interneurons && decoupled
          ? circuit.synapses(`R${l}`, cells, interneurons, { identity: 1 / 3 }, { rateOf: `Q${l}` })
          : undefined;
      const A = above && circuit.synapses(`A${l}`, above, apical, { normal: 0.05, fan: 'in' }, { rateOf: `W${l + 1}` });
      const xi = () => circuit.noise(`noise ${l}`, cells, { normal: noise }).as(`ξ${l}`);
      return { W, b, V, Q, R, A, xi, toInterneurons: R ?? Q?.mirrored() };
    });
    const one = () => circuit.constant(bias!, 1).as('1');

    /** What W_l and b_l learn from: h_{l−1} and 1; or ĥ_{l−1} = h_{l−1} / (1 + ‖h_{l−1}‖²), and 1 / (1 + its cells). */
    const learnedFrom = ({ below }: { readonly below: Signal<string> }, i: number) => {
      if (!normalised) return { from: below, one: bias && one() };
      const power = below.times(below).pooled().plus(1);
      const share = 1 / (1 + below.population.size);
      return { from: below.times(power.through('reciprocal')).as(`ĥ${i}`), one: bias && one().times(share) };
    };

    /** The way up; to learn, cells that mirror add noise to their output. */
    const forward = (x: Signal<'stimulus'>, learning: boolean) => {
      let below: Signal<string> = x;
      return layers.map(({ W, b, A, xi }, i) => {
        const current = W.drive(below);
        const u = b ? current.plus(b.drive(one())) : current; // u_l = W_l h_{l−1} + b_l
        const { output, gate } = circuit.activity(u, activation, `zbar${i + 1}`);
        const ξ = learning && A && mirror > 0 ? xi() : undefined;
        const activity = { below, u, h: ξ ? output.plus(ξ) : output, gate, ξ }; // h_l = f(u_l) − z̄_l (+ ξ_l)
        below = activity.h;
        return activity;
      });
    };
    const top = (x: Signal<'stimulus'>) => forward(x, false)[depth - 1]!.h;

    return {
      transform: top,
      predict: (x) => layers[depth - 1]!.V!.transposed().drive(top(x)), // V_Lᵀ h_L
      learn(x, y) {
        const up = forward(x, true);
        const n = layers.map(({ toInterneurons }, i) => toInterneurons?.drive(up[i]!.h)); // Q_lᵀ h_l or R_l h_l
        for (const [i, { h }] of up.entries()) {
          h.as(`h${i + 1}`);
          n[i]?.as(`n${i + 1}`);
        }
        const p: Signal<string>[] = []; // calcium plateau potentials
        for (const [i, { V, Q, A }] of [...layers.entries()].reverse()) {
          const distal = [V?.drive(y), A?.drive(p[i + 1]!).times(gain, 'g')].filter((each) => each !== undefined);
          const current = distal.reduce((label, above) => label.plus(above)); // V_l y + g A_l p_{l+1}
          p[i] = up[i]!.gate(Q ? current.minus(Q.drive(n[i]!)) : current).as(`p${i + 1}`);
        }
        const learned = up.map(learnedFrom);
        for (const [i, { W, b, V, Q, R, A }] of layers.entries()) {
          const { h, ξ } = up[i]!;
          const { from, one } = learned[i]!;
          W.learn(p[i]!, from); //                     ΔW_l = η_l p_l h_{l−1}ᵀ
          if (one) b?.learn(p[i]!, one); //            Δb_l = η_l p_l
          V?.learn(h, y, { decay: radius }); //        ΔV_l = η_V (h_l yᵀ − ρ V_l)
          Q?.learn(h, n[i]!, { decay: radius }); //    ΔQ_l = η_Q (h_l n_lᵀ − ρ Q_l)
          R?.learn(n[i]!, h, { decay: radius }); //    ΔR_l = η_Q (n_l h_lᵀ − ρ R_l)
          A?.learn(learned[i + 1]!.from, p[i + 1]!); //  ΔA_l = η_{l+1} h_l p_{l+1}ᵀ, and for noise besides
          if (ξ) A?.learn(ξ.times(mirror / noise ** 2, 'm/σ²'), up[i + 1]!.u.as(`u${i + 2}`), { decay: mirror });
          //                                           η_{l+1} m (ξ_l u_{l+1}ᵀ / σ² − A_l)
        }
      },
    };
  },
});
