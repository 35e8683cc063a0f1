import { Layers } from './layers.ts';
import { defineRule } from './rule.ts';
import { targetBehaviour, targetParameters, targetShape } from './target-learning.ts';

/**
 * Difference target propagation: target propagation in which what an inverse misses is taken away again,
 * `ĥ_l = h_l − g_l(h_{l+1}) + g_l(ĥ_{l+1})`. Where nothing is wrong above, nothing is to be learned below, however poor the inverse.
 */
export const differenceTargetPropagation = defineRule({
  name: 'difference-target-propagation',
  title: 'Difference target propagation',
  year: 2015,
  source: 'Lee, Zhang, Fischer and Bengio 2015',
  shape: targetShape,
  parameters: targetParameters,
  build(circuit, architecture, parameters) {
    const layers = new Layers(circuit, architecture);
    return targetBehaviour(circuit, layers, architecture, parameters, (inverse, own, above, target) => {
      return own.minus(inverse.of(above).output).plus(inverse.of(target).output); // h_l − g_l(h_{l+1}) + g_l(ĥ_{l+1})
    });
  },
});
