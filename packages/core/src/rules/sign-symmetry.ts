import { layeredBehaviour } from './credit.ts';
import { feedbackStart } from './feedback-start.ts';
import { Layers } from './layers.ts';
import { defineRule } from './rule.ts';
import { anyLayers } from './shape.ts';

/**
 * Sign symmetry: feedback weights have the signs of the forward weights, and magnitudes of their own,
 * `δ_l = f′(u_l) ⊙ (M_l ⊙ sign(W_{l+1}ᵀ)) δ_{l+1}`. M_l is √(2 / (n_l + n_{l+1})) everywhere (`uniform`), drawn once (`fixed`), or
 * drawn anew for every update (`redrawn`). The signs are transported.
 */
export const signSymmetry = defineRule({
  name: 'sign-symmetry',
  title: 'Sign symmetry',
  year: 2016,
  source: 'Liao, Leibo and Poggio 2016',
  shape: anyLayers,
  parameters: {
    magnitudes: {
      default: 'uniform',
      choices: ['uniform', 'fixed', 'redrawn'],
      says: 'the magnitudes of the feedback weights: all alike, drawn once, or drawn anew for every update',
    },
  },
  build(circuit, architecture, { magnitudes }) {
    const layers = new Layers(circuit, architecture);
    const B = architecture.hidden.map((_, i) => {
      const start = magnitudes === 'uniform' ? { constant: scaleAt(layers, i + 1) } : feedbackStart;
      return layers.fixedFeedback(i + 1, layers.at(i + 2), start);
    });
    return layeredBehaviour(layers, (l, above) => {
      const own = B[l - 1]!;
      const drawn =
        magnitudes === 'redrawn'
          ? circuit.noise(`M${l}`, own.each, { normal: 1 / Math.sqrt(layers.at(l + 1).size) })
          : own.weights();
      const size = drawn.through('absolute');
      return own.with(size.times(own.signsOf(layers.W(l + 1)))).drive(above); // (|B_l| ⊙ sign(W_{l+1}ᵀ)) δ_{l+1}
    });
  },
});

/** s_l = √(2 / (n_l + n_{l+1})) */
function scaleAt(layers: Layers, l: number): number {
  return Math.sqrt(2 / (layers.at(l).size + layers.at(l + 1).size));
}
