import type { Signal } from '../circuit/signal.ts';
import { defineRule } from './rule.ts';

/**
 * Similarity matching of Pehlevan, Sengupta and Chklovskii (2018): Hebbian synapses W and anti-Hebbian lateral synapses M find the
 * principal subspace of the inputs. It needs no label. `transform` gives y = M⁻¹ W x.
 */
export const similarityMatching = defineRule({
  name: 'similarity-matching',
  title: 'Similarity matching',
  year: 2018,
  source: 'Pehlevan, Sengupta and Chklovskii 2018; rates as Giovannucci et al. 2018',
  shape: { depth: 'one', outputs: ['linear'], biases: false, activations: ['linear'], labels: 'none' },
  parameters: {},
  usualRates: { W: 0.01, M: 0.01 },
  finds: { components: 'principal', variance: (lambda) => lambda },
  build(circuit, { hidden: [k = 1] }) {
    const cells = circuit.population('principal', k);

    const W = circuit.synapses('W', circuit.stimulus, cells, { orthogonal: 0.01 });
    const M = circuit.synapses('M', cells, cells, { identity: 0.01 }, { average: true });

    /** Where lateral inhibition comes to rest. */
    const settle = (x: Signal<'stimulus'>) => {
      const current = W.drive(x);
      return circuit.equilibrium(cells, (y) => current.minus(M.drive(y)));
    };
    return {
      transform: settle,
      objective(x) {
        const y = settle(x);
        return [
          [-2, W.outer(y, x)], // ‖XᵀX − YᵀY‖² / T², but for ‖XᵀX‖²: −2 ‖⟨y xᵀ⟩‖²
          [1, M.outer(y, y)], //  + ‖⟨y yᵀ⟩‖²
        ];
      },
      learn(x) {
        const y = settle(x).as('y'); // y = M⁻¹ W x

        W.learn(y, x, { decay: 1 }); //   ΔW = ηw (y xᵀ − W)
        M.learn(y, y, { decay: 1 }); //   ΔM = ηm (y yᵀ − M)
      },
    };
  },
});
