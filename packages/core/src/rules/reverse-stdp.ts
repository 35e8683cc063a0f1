import { cellsInTime } from './in-time/shape.ts';
import { layUpper, pairBehaviour, pairParameters, pairTeacher, pairTimes } from './in-time/spike-pairs.ts';
import { defineRule } from './rule.ts';

/**
 * Reversed spike-timing-dependent plasticity of top-down synapses, after the idea of Burbank and Kreiman (2012): a presynaptic spike
 * *after* a postsynaptic one strengthens. A construction of this project, the least that the idea needs, and no reproduction of the paper:
 * its cells and numbers are not known here.
 *
 * Lower cells drive upper ones by Q, which never learn, and these drive the lower cells by W. Traces l and u of their spikes fall with τ,
 * and are read before the spikes of the step; all that is learned in a step is summed, then W is clipped to ±wMax.
 *
 *     reversed:   an upper spike  ΔW = η l,  a lower spike  ΔW = −η A u      rates:  y = Q x1,  x2 = W y,  ΔW = η (x1 − A x2) yᵀ
 *     classical:  a lower spike   ΔW = η u,  an upper spike  ΔW = −η A l     rates:  ΔW = η (x2 − A x1) yᵀ
 */
export const reverseStdp = defineRule({
  name: 'reverse-stdp',
  title: 'Reversed STDP',
  year: 2012,
  source: 'after Burbank and Kreiman 2012; a construction of this project, not theirs',
  shape: cellsInTime,
  time: { unit: 'ms', teacher: (own) => pairTeacher(own), timeConstants: (own) => pairTimes(own) },
  parameters: {
    ...pairParameters,
    window: {
      default: 'reversed',
      choices: ['reversed', 'classical'],
      says: 'whether presynaptic spikes strengthen after postsynaptic ones, or before',
    },
  },
  usualRates: { W: 0.002 },
  build(circuit, architecture, parameters) {
    const { A, wMax, window } = parameters;
    const { upper, W } = layUpper(circuit, architecture, wMax);
    const Q = circuit.fixed('Q', circuit.stimulus, upper, { normal: 1, fan: 'in' });
    const isReversed = window === 'reversed';

    return pairBehaviour(circuit, { Q, W }, upper, parameters, {
      rates(x1, y, x2) {
        if (isReversed)
          W.learn(x1.minus(x2.times(A, 'A')), y); //  ΔW = η (x1 − A x2) yᵀ
        else W.learn(x2.minus(x1.times(A, 'A')), y); //             ΔW = η (x2 − A x1) yᵀ
      },
      spikes({ x, y, l, u }) {
        const [grows, shrinks] = isReversed
          ? ([
              [l, y],
              [x, u],
            ] as const)
          : ([
              [x, u],
              [l, y],
            ] as const);
        W.learn(...grows); //                                          reversed: ΔW = η l yᵀ
        W.learn(shrinks[0].times(-A, '−A'), shrinks[1]); //                         − η A x uᵀ
      },
    });
  },
});
