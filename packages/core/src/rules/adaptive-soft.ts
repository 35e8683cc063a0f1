import type { Signal } from '../circuit/signal.ts';
import { defineRule } from './rule.ts';
import { ratesOf } from './running-sum.ts';

/**
 * Adaptive dimensionality reduction by soft thresholding (Pehlevan and Chklovskii 2015): principal components of variance λ above α
 * are kept, with variance λ − α, and all else falls silent. It needs no label. `transform` gives y = (I + M)⁻¹ W x.
 */
export const adaptiveSoft = defineRule({
  name: 'adaptive-soft',
  title: 'Adaptive dimensionality reduction, soft thresholding',
  year: 2015,
  source: 'Pehlevan and Chklovskii 2015',
  shape: { depth: 'one', outputs: ['linear'], biases: false, activations: ['linear'], labels: 'none' },
  parameters: {
    alpha: {
      default: 1,
      above: 0,
      says: 'α, above which the variance of a component has to be, and what is taken from it',
    },
    start: { default: 10, above: 0, says: 'D(0), with which the running sums of the cells start: their rate is 1/D' },
  },
  usualRates: { W: 1, M: 1 },
  finds: { components: 'principal', variance: (lambda, { alpha }) => Math.max(0, lambda - alpha) },
  build(circuit, { hidden: [k = 1] }, { alpha, start }) {
    const principal = circuit.population('principal', k);

    const W = circuit.synapses('W', circuit.stimulus, principal, { normal: 1, fan: 'in' });
    const M = circuit.synapses('M', principal, principal, { constant: 0 }, { autapses: false });

    /** Where lateral inhibition comes to rest: y = W x − M y. */
    const settle = (x: Signal<'stimulus'>) => {
      const u = W.drive(x).as('u');
      return circuit.equilibrium(principal, (y) => u.minus(M.drive(y)).minus(y));
    };
    return {
      transform: settle,
      objective(x) {
        const y = settle(x);
        return [
          [-2, W.outer(y, x)], //     ‖XᵀX − YᵀY − αT I‖² / T², but for what is of X alone: −2 ‖⟨y xᵀ⟩‖²
          [1, y, y], //               + ‖⟨y yᵀ⟩‖²
          [2 * alpha, y.times(y)], // + 2α ⟨‖y‖²⟩
        ];
      },
      learn(x) {
        const y = settle(x).as('y'); // output
        const d = y.times(y).plus(circuit.constant(principal, alpha).as('α')).as('d'); // what a cell forgets, α + y²
        const r = ratesOf(circuit, { name: 'D', symbol: 'r', start }, principal, d);

        W.learn(y.times(r), x, { decay: d.times(r) }); // ΔW_ij = ηw (y_i x_j − d_i W_ij) / D_i
        M.learn(y.times(r), y, { decay: d.times(r) }); // ΔM_ij = ηm (y_i y_j − d_i M_ij) / D_i, i ≠ j
      },
    };
  },
});
