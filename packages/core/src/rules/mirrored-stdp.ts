import { cellsInTime } from './in-time/shape.ts';
import { layUpper, pairBehaviour, pairParameters, pairTeacher, pairTimes } from './in-time/spike-pairs.ts';
import { defineRule } from './rule.ts';

/**
 * Mirrored spike-timing-dependent plasticity, after the idea of Burbank (2015): top-down synapses W learn by a reversed window, bottom-up
 * synapses Q by a classical one, both by the same amounts, so that W − Qᵀ stays what it is, and the two layers become an autoencoder. A
 * construction of this project, the least that the idea needs, and no reproduction of the paper: its cells and numbers are not known here.
 *
 * Lower cells drive upper ones by Q, and these the lower cells by W. Traces l and u of their spikes fall with τ, and are read before the
 * spikes of the step; all that is learned in a step is summed, then weights are clipped to ±wMax.
 *
 *     an upper spike  ΔW = η l, ΔQ = η lᵀ;  a lower spike  ΔW = −η A u, ΔQ = −η A uᵀ
 *     rates:  y = Q x1,  x2 = W y,  ΔW = η (x1 − A x2) yᵀ,  ΔQ = η y (x1 − A x2)ᵀ
 */
export const mirroredStdp = defineRule({
  name: 'mirrored-stdp',
  title: 'Mirrored STDP',
  year: 2015,
  source: 'after Burbank 2015; a construction of this project, not hers',
  shape: cellsInTime,
  time: {
    unit: 'ms',
    teacher: (own) => pairTeacher(own),
    // What came back, A x2, and what was there: of rates, an autoencoder's loss.
    compared: ({ form }) => (form === 'rates' ? { reconstruction: ['x', 'A x2'] } : {}),
    timeConstants: (own) => pairTimes(own),
  },
  parameters: { ...pairParameters, A: { default: 1, min: 0, says: pairParameters.A.says } },
  usualRates: { W: 0.002 },
  build(circuit, architecture, parameters) {
    const { A, wMax } = parameters;
    const { upper, W, bounds } = layUpper(circuit, architecture, wMax);
    const Q = circuit.synapses('Q', circuit.stimulus, upper, { normal: 1, fan: 'in' }, { bounds, rateOf: 'W' });

    return pairBehaviour(circuit, { Q, W }, upper, parameters, {
      rates(x1, y, x2) {
        const error = x1.minus(x2.times(A, 'A').as('A x2')).as('ε');
        W.learn(error, y); //  ΔW = η (x1 − A x2) yᵀ
        Q.learn(y, error); //  ΔQ = η y (x1 − A x2)ᵀ
      },
      spikes({ x, y, l, u }) {
        W.learn(l, y); //                      ΔW = η l yᵀ
        W.learn(x.times(-A, '−A'), u); //         − η A x uᵀ
        Q.learn(y, l); //                      ΔQ = η y lᵀ
        Q.learn(u, x.times(-A, '−A')); //         − η A u xᵀ
      },
    });
  },
});
