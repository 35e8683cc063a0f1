import { layeredBehaviour } from './credit.ts';
import { Layers } from './layers.ts';
import { defineRule } from './rule.ts';
import { anyLayers } from './shape.ts';

/**
 * Gradient descent on the loss by backpropagation of errors, `δ_l = f′(u_l) ⊙ W_{l+1}ᵀ δ_{l+1}`, `ΔW_l = η δ_l h_{l−1}ᵀ`. With one
 * hidden layer, linear outputs and squared error it is Golkar et al. 2020, Eq. 2. It needs the error, and every W a second time
 * on the way back.
 */
export const backprop = defineRule({
  name: 'backprop',
  title: 'Backprop',
  year: 1986,
  source: 'Rumelhart, Hinton and Williams 1986; Golkar et al. 2020, Eq. 2',
  shape: anyLayers,
  parameters: {},
  build(circuit, architecture) {
    const layers = new Layers(circuit, architecture);
    return layeredBehaviour(layers, (l, above) =>
      layers
        .W(l + 1)
        .transposed()
        .drive(above),
    ); // W_{l+1}ᵀ δ_{l+1}
  },
});
