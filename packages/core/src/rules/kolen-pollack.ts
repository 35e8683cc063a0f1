import { layeredBehaviour } from './credit.ts';
import { feedbackStart } from './feedback-start.ts';
import { Layers } from './layers.ts';
import { defineRule } from './rule.ts';
import { anyLayers } from './shape.ts';

/**
 * Kolen–Pollack: feedback weights learn by the same products as the forward weights, `ΔB_l = η h_l δ_{l+1}ᵀ`, at the same rate and
 * with the same decay: B_l − W_{l+1}ᵀ shrinks by the decay, and stays as it was without one.
 */
export const kolenPollack = defineRule({
  name: 'kolen-pollack',
  title: 'Kolen–Pollack',
  year: 2019,
  source: 'Kolen and Pollack 1994; Akrout, Wilson, Humphreys, Lillicrap and Tweed 2019',
  shape: anyLayers,
  parameters: {},
  build(circuit, architecture) {
    const layers = new Layers(circuit, architecture);
    const B = architecture.hidden.map((_, i) => layers.feedback(i + 1, layers.at(i + 2), feedbackStart));
    return layeredBehaviour(
      layers,
      (l, above) => B[l - 1]!.drive(above), //  B_l δ_{l+1}
      (delta, { h }) => {
        for (const [i, own] of B.entries()) own.learn(h[i + 1]!, delta[i + 2]!); //  ΔB_l = η h_l δ_{l+1}ᵀ
      },
    );
  },
});
