import type { Signal } from '../circuit/signal.ts';
import { defineRule } from './rule.ts';
import { ratesOf } from './running-sum.ts';

/**
 * Adaptive dimensionality reduction with equalised outputs (Pehlevan and Chklovskii 2015): principal components of variance above α
 * are kept, with variance β each, and all else falls silent. It needs no label. `transform` gives y = (I + U V)⁻¹ W x.
 */
export const adaptiveEqualised = defineRule({
  name: 'adaptive-equalised',
  title: 'Adaptive dimensionality reduction, equalised',
  year: 2015,
  source: 'Pehlevan and Chklovskii 2015',
  shape: { depth: 'one', outputs: ['linear'], biases: false, activations: ['linear'], labels: 'none' },
  parameters: {
    alpha: { default: 1, above: 0, says: 'α, above which the variance of a component has to be' },
    beta: { default: 1, above: 0, says: 'β, the variance that those that are kept have' },
    interneurons: { default: 4, min: 1, whole: true, says: 'l, as many as components are kept at most' },
    start: { default: 10, above: 0, says: 'D(0), with which the running sums of the cells start: their rate is 1/D' },
  },
  usualRates: { W: 1, U: 1, V: 1 },
  finds: { components: 'principal', variance: (lambda, { alpha, beta }) => (lambda >= alpha ? beta : 0) },
  build(circuit, { hidden: [k = 1] }, { alpha, beta, interneurons, start }) {
    const principal = circuit.population('principal', k);
    const interneuron = circuit.population('interneuron', interneurons);

    const W = circuit.synapses('W', circuit.stimulus, principal, { normal: 1, fan: 'in' });
    const U = circuit.synapses('U', interneuron, principal, { normal: 0.1, fan: 'out' });
    const V = circuit.synapses('V', principal, interneuron, { normal: 0.1, fan: 'in' });

    /** Where principal cells come to rest with their interneurons: y = W x − U V y. */
    const settle = (x: Signal<'stimulus'>) => {
      const current = W.drive(x);
      return circuit.equilibrium(principal, (y) => current.minus(U.drive(V.drive(y))).minus(y));
    };
    return {
      transform: settle,
      objective(x) {
        const y = settle(x);
        const n = V.drive(y);
        return [
          [-1, W.outer(y, x)], // tr(−XᵀX YᵀY + YᵀY NᵀN + αT YᵀY − βT NᵀN) / T²: −‖⟨y xᵀ⟩‖²
          [1, V.outer(n, y)], //  + ‖⟨n yᵀ⟩‖²
          [alpha, y.times(y)], // + α ⟨‖y‖²⟩
          [-beta, n.times(n)], // − β ⟨‖n‖²⟩
        ];
      },
      learn(x) {
        const y = settle(x).as('y'); // output
        const n = V.drive(y).as('n'); // output of the interneurons

        const ry = ratesOf(
          circuit,
          { name: 'Dy', symbol: 'ry', start },
          principal,
          circuit.constant(principal, alpha).as('α'),
        );
        const rn = ratesOf(
          circuit,
          { name: 'Dn', symbol: 'rn', start },
          interneuron,
          circuit.constant(interneuron, beta).as('β'),
        );

        W.learn(y.times(ry), x, { decay: ry.times(alpha, 'α') }); // ΔW_ij = ηw (y_i x_j − α W_ij) / Dy_i
        U.learn(y.times(ry), n, { decay: ry.times(alpha, 'α') }); // ΔU_ij = ηu (y_i n_j − α U_ij) / Dy_i
        V.learn(n.times(rn), y, { decay: rn.times(beta, 'β') }); //  ΔV_ij = ηv (n_i y_j − β V_ij) / Dn_i
      },
    };
  },
});
