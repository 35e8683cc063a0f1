import type { Signal } from '../circuit/signal.ts';
import { Synapses } from '../circuit/synapses.ts';
import { feedbackStart } from './feedback-start.ts';
import { Layers } from './layers.ts';
import { defineRule } from './rule.ts';

/**
 * Burstprop in rates: cells fire events at a rate e_l = σ(W_l e_{l−1} + b_l), and a share p of their events are bursts. Event rates go
 * up, burst rates β = p ⊙ e down, where they move the burst probabilities of the cells below: first without the teacher, then, with hats,
 * with it. Synapses learn from how it moves the burst rate of their cell, `ΔW_l = η (β̂_l − β_l) e_{l−1}ᵀ`. No weight is transported.
 */
export const burstprop = defineRule({
  name: 'burstprop',
  title: 'Burstprop',
  year: 2021,
  source: 'Payeur, Guerguiev, Zenke, Richards and Naud 2021, in rates',
  shape: {
    depth: 'any',
    outputs: ['sigmoid'],
    biases: true,
    activations: ['sigmoid'],
    losses: ['squared'],
    runningMean: false,
  },
  parameters: {
    p0: { default: 0.2, above: 0, max: 0.5, says: 'the burst probability of output cells that nothing teaches' },
    learnFeedback: {
      default: false,
      says: 'whether feedback weights learn, by the products by which the forward weights do',
    },
  },
  usualRates: { W: 1, R: 0.003 },
  build(circuit, architecture, { p0, learnFeedback }) {
    const layers = new Layers(circuit, architecture);
    const { depth } = layers;
    const oneMinus = <Name extends string>(e: Signal<Name>) => circuit.constant(e.population, 1).minus(e);
    const hidden = architecture.hidden.map((_, i) => {
      const l = i + 1;
      const B = learnFeedback
        ? layers.feedback(l, layers.at(l + 1), feedbackStart)
        : layers.fixedFeedback(l, layers.at(l + 1), feedbackStart);
      const R = circuit.synapses(`R${l}`, layers.at(l), layers.at(l), { normal: 0.01 }, { plain: true });
      return { l, B, R };
    });
    return {
      transform: (x) => layers.forward(x).h[depth]!,
      predict: (x) => layers.forward(x).p,
      learn(x, y) {
        const { h, p: output } = layers.forward(x);
        const e = [...h, output as Signal<string>];
        for (let l = 1; l <= depth + 1; l++) e[l]!.as(`e${l}`);
        const taught: Signal<string>[] = []; // β̂_l − β_l

        const top = depth + 1;
        const p = circuit.constant(circuit.label, p0).as(`p${top}`).probed(`p${top}`);
        const error = y.minus(output).times(oneMinus(output));
        const pTaught = error.plus(1).times(p0, 'p0').as(`p̂${top}`).probed(`p${top}.taught`); //  p̂ = p0 [(y − e) ⊙ (1 − e) + 1]
        let burst: Signal<string> = p.times(output).as(`β${top}`); //     β = p ⊙ e
        let burstTaught: Signal<string> = pTaught.times(output).as(`β̂${top}`);
        taught[top] = burstTaught.minus(burst).as(`δ${top}`);

        for (const { l, B, R } of hidden.toReversed()) {
          const own = e[l]!;
          const s = B.drive(burst).as(`s${l}`); //                    s = B_l β_{l+1}
          const sTaught = B.drive(burstTaught).as(`ŝ${l}`); //        ŝ = B_l β̂_{l+1}
          const r = s.through('sigmoid').times(own).as(`r${l}`); //   r = σ(s) ⊙ e
          const balance = R.drive(r);
          const a = s.times(oneMinus(own)).minus(balance).as(`a${l}`); //  a = s ⊙ (1 − e) − R_l r
          const aTaught = sTaught.times(oneMinus(own)).minus(balance).as(`â${l}`);
          burst = a.through('sigmoid').as(`p${l}`).probed(`p${l}`).times(own).as(`β${l}`); //  p = σ(a), β = p ⊙ e
          burstTaught = aTaught.through('sigmoid').as(`p̂${l}`).probed(`p${l}.taught`).times(own).as(`β̂${l}`);
          taught[l] = burstTaught.minus(burst).as(`δ${l}`);
          R.learn(a, r); //  ΔR_l = η a rᵀ
        }

        for (let l = 1; l <= top; l++) layers.learn(l, taught[l]!, e[l - 1]!); //  ΔW_l = η (β̂_l − β_l) e_{l−1}ᵀ
        for (const { l, B } of hidden) if (B instanceof Synapses) B.learn(e[l]!, taught[l + 1]!); //  ΔB_l = η e_l (β̂_{l+1} − β_{l+1})ᵀ
      },
    };
  },
});
