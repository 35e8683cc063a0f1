import type { Rule } from './rule.ts';

/**
 * Stochastic gradient descent on the squared error by backpropagation: Golkar et al. 2020, Eq. 2. It needs the error, and
 * W2 a second time on the way back.
 */
export const backprop: Rule = {
  name: 'backprop',
  source: 'Rumelhart, Hinton and Williams 1986; Golkar et al. 2020, Eq. 2',
  rates: ['W1', 'W2'],
  interneurons: false,
  build(circuit, { hidden, activation }) {
    const units = circuit.population('hidden', hidden);

    const W1 = circuit.synapses('W1', circuit.stimulus, units, { normal: 0.01 });
    const W2 = circuit.synapses('W2', units, circuit.label, { normal: 0.1 });

    return {
      transform: (x) => circuit.activity(W1.drive(x), activation).output,
      predict: (x) => W2.drive(circuit.activity(W1.drive(x), activation).output),
      learn(x, y) {
        const { output, gate } = circuit.activity(W1.drive(x), activation);
        const z = output.as('z');
        const error = y.minus(W2.drive(z)).as('ε'); // y − ŷ

        W1.learn(gate(W2.transposed().drive(error)), x); // (2)  ΔW1 = η1 [f′ ⊙ (W2ᵀ ε)] xᵀ
        W2.learn(error, z); //                              (2)  ΔW2 = η2 ε zᵀ
      },
    };
  },
};
