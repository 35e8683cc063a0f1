import { layeredBehaviour } from './credit.ts';
import { feedbackStart } from './feedback-start.ts';
import { Layers } from './layers.ts';
import { defineRule } from './rule.ts';
import { anyLayers } from './shape.ts';

/**
 * Weight mirrors: between updates, each hidden layer by itself is driven by noise ξ_l, uniform from −a/2 to a/2, and the feedback
 * weights learn how the layer above answers, `ΔB_l = η (ξ_l q_{l+1}ᵀ − d B_l)` with `q = f(W_{l+1} ξ_l + b_{l+1})`: on average a
 * multiple of W_{l+1}ᵀ. What is learned from labels goes by `δ_l = f′(u_l) ⊙ B_l δ_{l+1}`.
 */
export const weightMirror = defineRule({
  name: 'weight-mirror',
  title: 'Weight mirror',
  year: 2019,
  source: 'Akrout, Wilson, Humphreys, Lillicrap and Tweed 2019',
  shape: anyLayers,
  parameters: {
    amplitude: { default: 0.1, min: 0, says: 'a: the noise is uniform from −a/2 to a/2' },
    decay: { default: 0, min: 0, says: 'd, by which feedback weights decay while they mirror' },
    before: { default: 0, min: 0, whole: true, says: 'steps of mirroring, of a batch each, before the first sample' },
  },
  build(circuit, architecture, { amplitude, decay, before }) {
    const layers = new Layers(circuit, architecture);
    const B = architecture.hidden.map((_, i) =>
      circuit.synapses(`B${i + 1}`, layers.at(i + 2), layers.at(i + 1), feedbackStart, { plain: true }),
    );
    const learned = layeredBehaviour(layers, (l, above) => B[l - 1]!.drive(above)); // B_l δ_{l+1}
    const mirror = () => {
      for (const [i, own] of B.entries()) {
        const l = i + 1;
        const xi = circuit.noise(`mirror ${l}`, layers.at(l), { uniform: amplitude / 2 }).as(`ξ${l}`);
        own.learn(xi, layers.answer(l + 1, xi).as(`q${l + 1}`), { decay }); // ΔB_l = η (ξ_l q_{l+1}ᵀ − d B_l)
      }
    };
    return {
      ...learned,
      learn(x, y) {
        circuit.phase('learning', () => learned.learn(x, y));
        circuit.phase('mirroring', mirror);
      },
      ...(before > 0 && { before: { times: before, run: mirror } }),
    };
  },
});
