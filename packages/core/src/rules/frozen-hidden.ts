import { Layers } from './layers.ts';
import { defineRule } from './rule.ts';
import { anyLayers } from './shape.ts';

/**
 * The control for all rules that align: hidden layers stay as they start, and only the output layer learns,
 * `ΔW_{L+1} = η δ_{L+1} h_Lᵀ`. What a rule does no better than this, it does by the random features of its start.
 */
export const frozenHidden = defineRule({
  name: 'frozen-hidden',
  title: 'Frozen hidden layers',
  year: 1962,
  source: 'Rosenblatt 1962, a perceptron on random features; a control',
  shape: anyLayers,
  parameters: {},
  build(circuit, architecture) {
    const layers = new Layers(circuit, architecture, { learns: false });
    const { depth } = layers;
    return {
      transform: (x) => layers.forward(x).h[depth]!,
      predict: (x) => layers.forward(x).p,
      learn(x, y) {
        const forward = layers.forward(x);
        const { h } = forward;
        for (let l = 1; l <= depth; l++) h[l]!.as(layers.symbol(l));
        layers.learn(depth + 1, layers.outputError(forward, y), h[depth]!); // ΔW_{L+1} = η δ_{L+1} h_Lᵀ
      },
    };
  },
});
