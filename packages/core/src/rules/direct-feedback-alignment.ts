import { layeredBehaviour } from './credit.ts';
import { feedbackStart } from './feedback-start.ts';
import { Layers } from './layers.ts';
import { defineRule } from './rule.ts';
import { anyLayers } from './shape.ts';

/**
 * Direct feedback alignment: the error of the output goes to every hidden layer at once, through fixed random weights,
 * `δ_l = f′(u_l) ⊙ B_l δ_{L+1}`.
 */
export const directFeedbackAlignment = defineRule({
  name: 'direct-feedback-alignment',
  title: 'Direct feedback alignment',
  year: 2016,
  source: 'Nøkland 2016',
  shape: anyLayers,
  parameters: {},
  build(circuit, architecture) {
    const layers = new Layers(circuit, architecture);
    const B = architecture.hidden.map((_, i) => layers.fixedFeedback(i + 1, circuit.label, feedbackStart));
    return layeredBehaviour(layers, (l, _, error) => B[l - 1]!.drive(error)); // B_l δ_{L+1}
  },
});
