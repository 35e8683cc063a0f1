import type { Signal } from '../circuit/signal.ts';
import { defineRule } from './rule.ts';
import { ratesOf } from './running-sum.ts';

/**
 * Adaptive dimensionality reduction by hard thresholding (Pehlevan and Chklovskii 2015): principal components of variance above α are
 * kept as they are, and all else falls silent. It needs no label. `transform` gives y = (I + U (I + M)⁻¹ V)⁻¹ W x.
 */
export const adaptiveHard = defineRule({
  name: 'adaptive-hard',
  title: 'Adaptive dimensionality reduction, hard thresholding',
  year: 2015,
  source: 'Pehlevan and Chklovskii 2015',
  shape: { depth: 'one', outputs: ['linear'], biases: false, activations: ['linear'], labels: 'none' },
  parameters: {
    alpha: { default: 1, above: 0, says: 'α, above which the variance of a component has to be' },
    interneurons: { default: 4, min: 1, whole: true, says: 'l, as many as components are kept at most' },
    start: { default: 10, above: 0, says: 'D(0), with which the running sums of the cells start: their rate is 1/D' },
  },
  usualRates: { W: 1, U: 1, V: 1, M: 1 },
  finds: { components: 'principal', variance: (lambda, { alpha }) => (lambda >= alpha ? lambda : 0) },
  build(circuit, { hidden: [k = 1] }, { alpha, interneurons, start }) {
    const principal = circuit.population('principal', k);
    const interneuron = circuit.population('interneuron', interneurons);

    const W = circuit.synapses('W', circuit.stimulus, principal, { normal: 1, fan: 'in' });
    const U = circuit.synapses('U', interneuron, principal, { normal: 0.1, fan: 'out' });
    const V = circuit.synapses('V', principal, interneuron, { normal: 0.1, fan: 'in' });
    const M = circuit.synapses('M', interneuron, interneuron, { constant: 0 }, { autapses: false });

    /** Where interneurons come to rest with each other: n = V y − M n. */
    const inhibit = (y: Signal<'principal'>) => {
      const current = V.drive(y);
      return circuit.equilibrium(interneuron, (n) => current.minus(M.drive(n)).minus(n));
    };
    /** Where principal cells come to rest with them: y = W x − U n. */
    const settle = (x: Signal<'stimulus'>) => {
      const u = W.drive(x).as('u');
      let n!: Signal<'interneuron'>;
      const y = circuit.equilibrium(principal, (rest) => {
        n = inhibit(rest);
        return u.minus(U.drive(n)).minus(rest);
      });
      return { y: y.as('y'), n: n.as('n') };
    };
    return {
      transform: (x) => settle(x).y,
      objective(x) {
        const { y, n } = settle(x);
        return [
          [-2, W.outer(y, x)], //     (‖XᵀX − YᵀY‖² − ‖YᵀY − NᵀN − αT I‖²) / T², but for what is of X alone: −2 ‖⟨y xᵀ⟩‖²
          [2, V.outer(n, y)], //      + 2 ‖⟨n yᵀ⟩‖²
          [-1, n, n], //              − ‖⟨n nᵀ⟩‖²
          [2 * alpha, y.times(y)], // + 2α ⟨‖y‖²⟩
          [-2 * alpha, n.times(n)], // − 2α ⟨‖n‖²⟩
        ];
      },
      learn(x) {
        const { y, n } = settle(x); // output of both
        const d = n.times(n).plus(circuit.constant(interneuron, alpha).as('α')).as('d'); // what an interneuron forgets, α + n²
        const ry = ratesOf(
          circuit,
          { name: 'Dy', symbol: 'ry', start },
          principal,
          circuit.constant(principal, alpha).as('α'),
        );
        const rn = ratesOf(circuit, { name: 'Dn', symbol: 'rn', start }, interneuron, d);

        W.learn(y.times(ry), x, { decay: ry.times(alpha, 'α') }); // ΔW_ij = ηw (y_i x_j − α W_ij) / Dy_i
        U.learn(y.times(ry), n, { decay: ry.times(alpha, 'α') }); // ΔU_ij = ηu (y_i n_j − α U_ij) / Dy_i
        V.learn(n.times(rn), y, { decay: d.times(rn) }); //          ΔV_ij = ηv (n_i y_j − d_i V_ij) / Dn_i
        M.learn(n.times(rn), n, { decay: d.times(rn) }); //          ΔM_ij = ηm (n_i n_j − d_i M_ij) / Dn_i, i ≠ j
      },
    };
  },
});
