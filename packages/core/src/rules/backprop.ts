import type { Rule } from './rule.ts';

/**
 * Stochastic gradient descent on the squared error by backpropagation: Golkar et al. 2020, Eq. 2. It needs the error, and
 * W2 a second time on the way back.
 */
export const backprop: Rule = {
  name: 'backprop',
  source: 'Rumelhart, Hinton and Williams 1986; Golkar et al. 2020, Eq. 2',
  synapses: ['W1', 'W2'],
  build(circuit, hidden) {
    const units = circuit.population('hidden', hidden);

    const W1 = circuit.synapses('W1', circuit.stimulus, units, { normal: 0.01 });
    const W2 = circuit.synapses('W2', units, circuit.label, { normal: 0.1 });

    return {
      transform: (x) => W1.drive(x),
      predict: (x) => W2.drive(W1.drive(x)),
      learn(x, y) {
        const z = W1.drive(x);
        const error = y.minus(W2.drive(z)); // ε = y − ŷ

        W1.learn(W2.transposed().drive(error), x); // (2)  ΔW1 = η1 (W2ᵀ ε) xᵀ
        W2.learn(error, z); //                        (2)  ΔW2 = η2 ε zᵀ
      },
    };
  },
};
