import { defineRule } from './rule.ts';

/**
 * BMVR, the biologically plausible reduced-rank regression of Golkar, Lipshutz, Bahroun, Sengupta and Chklovskii (2020):
 * pyramidal cells that learn by the calcium plateau potential in their apical tuft, which interneurons balance. No weight is
 * transported and no error computed. Equation numbers are the paper's.
 */
export const bmvr = defineRule({
  name: 'bmvr',
  title: 'BMVR',
  year: 2020,
  source: 'Golkar et al. 2020, Eqs. 5–7; nonlinear 9; decoupled interneurons 21–22',
  shape: { depth: 'one', outputs: ['linear'], biases: false },
  parameters: {
    decoupled: { default: false, says: 'whether interneurons have weights R of their own, in place of Qᵀ' },
  },
  build(circuit, { hidden: [k = 1], activation }, { decoupled }) {
    const pyramidal = circuit.population('pyramidal', k, ['proximal', 'apical']);
    const interneuron = circuit.population('interneuron', k);

    const W1 = circuit.synapses('W1', circuit.stimulus, pyramidal.at('proximal'), { normal: 0.01 });
    const W2T = circuit.synapses('W2ᵀ', circuit.label, pyramidal.at('apical'), { normal: 0.1 });
    const Q = circuit.synapses('Q', interneuron, pyramidal.at('apical'), { identity: 1 / 3 });
    const R = decoupled
      ? circuit.synapses('R', pyramidal, interneuron, { identity: 1 / 3 }, { rateOf: 'Q' })
      : undefined;
    const toInterneurons = R ?? Q.mirrored();

    return {
      transform: (x) => circuit.activity(W1.drive(x), activation).output,
      predict: (x) => W2T.transposed().drive(circuit.activity(W1.drive(x), activation).output),
      learn(x, y) {
        const { output, gate } = circuit.activity(W1.drive(x), activation);
        const z = output.as('z'); // output of the pyramidal cells
        const n = toInterneurons.drive(z).as('n'); // output of the interneurons, Qᵀ z or R z
        const a = W2T.drive(y).as('a'); // distal current
        const plateau = a.minus(Q.drive(n)); // calcium plateau potential

        W1.learn(gate(plateau), x); //         (5, 9)  ΔW1 = η1 [f′ ⊙ (a − Q n)] xᵀ
        W2T.learn(z, y, { decay: 1 }); //      (6)     ΔW2ᵀ = η2 (z yᵀ − W2ᵀ)
        Q.learn(z, n, { decay: 1 }); //        (7, 21) ΔQ = ηq (z nᵀ − Q)
        R?.learn(n, z, { decay: 1 }); //       (22)    ΔR = ηq (n zᵀ − R)
      },
    };
  },
});
