import { Layers } from './layers.ts';
import { defineRule } from './rule.ts';
import { targetBehaviour, targetParameters, targetShape } from './target-learning.ts';

/**
 * Target propagation: what comes down are not errors but activities to aim at, through inverses of the layers that learn,
 * `ĥ_l = g_l(ĥ_{l+1})`. Where an inverse is not exact, a layer has a target that is not its activity even where nothing is wrong.
 */
export const targetPropagation = defineRule({
  name: 'target-propagation',
  title: 'Target propagation',
  year: 2014,
  source: 'Bengio 2014; Lee, Zhang, Fischer and Bengio 2015',
  shape: targetShape,
  parameters: targetParameters,
  build(circuit, architecture, parameters) {
    const layers = new Layers(circuit, architecture);
    return targetBehaviour(circuit, layers, architecture, parameters, (inverse, _own, _above, target) => {
      return inverse.of(target).output; // g_l(ĥ_{l+1})
    });
  },
});
