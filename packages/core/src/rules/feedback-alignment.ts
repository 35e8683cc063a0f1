import { layeredBehaviour } from './credit.ts';
import { feedbackStart } from './feedback-start.ts';
import { Layers } from './layers.ts';
import { defineRule } from './rule.ts';
import { anyLayers } from './shape.ts';

/**
 * Feedback alignment: the error goes back through fixed random weights, `δ_l = f′(u_l) ⊙ B_l δ_{l+1}`, and the forward weights come
 * to agree with them. No weight is transported.
 */
export const feedbackAlignment = defineRule({
  name: 'feedback-alignment',
  title: 'Feedback alignment',
  year: 2016,
  source: 'Lillicrap, Cownden, Tweed and Akerman 2016',
  shape: anyLayers,
  parameters: {},
  build(circuit, architecture) {
    const layers = new Layers(circuit, architecture);
    const B = architecture.hidden.map((_, i) => layers.fixedFeedback(i + 1, layers.at(i + 2), feedbackStart));
    return layeredBehaviour(layers, (l, above) => B[l - 1]!.drive(above)); // B_l δ_{l+1}
  },
});
