import type { Signal } from '../circuit/signal.ts';
import { defineRule } from './rule.ts';

/**
 * Bio-CCA with an output whitened, and of a rank that adapts (Lipshutz, Bahroun, Golkar, Sengupta and Chklovskii 2020): canonical
 * components with 1 + ρ > α are kept, with variance 1, and other cells fall silent. The label is the second view, and is not
 * predicted. `transform` gives the first view's part, (P Pᵀ + α I)⁻¹ Wx x.
 */
export const bioCcaAdaptive = defineRule({
  name: 'bio-cca-adaptive',
  title: 'Adaptive Bio-CCA',
  year: 2020,
  source: 'Lipshutz et al. 2020, with output whitening',
  shape: { depth: 'one', outputs: ['linear'], biases: false, activations: ['linear'], labels: 'second view' },
  parameters: {
    alpha: { default: 1.5, above: 0, says: 'α, the leak: components with 1 + ρ > α are kept' },
  },
  usualRates: { Wx: 0.002, Wy: 0.002, P: 0.01 },
  build(circuit, { hidden: [k = 1] }, { alpha }) {
    const cells = circuit.population('pyramidal', k, ['proximal', 'apical']);
    const interneuron = circuit.population('interneuron', k);

    const Wx = circuit.synapses('Wx', circuit.stimulus, cells.at('proximal'), { normal: 1, fan: 'in' });
    const Wy = circuit.synapses('Wy', circuit.label, cells.at('apical'), { normal: 1, fan: 'in' });
    const P = circuit.synapses('P', interneuron, cells, { identity: 1 });

    const interneurons = (z: Signal<'pyramidal'>) => P.mirrored().drive(z);
    /** Where cells come to rest with their interneurons: (P Pᵀ + α I)⁻¹ times what drives them. */
    const settle = (current: Signal<'pyramidal'>) =>
      circuit.equilibrium(cells, (z) => current.minus(P.drive(interneurons(z))).minus(z.times(alpha, 'α')));
    return {
      transform: (x) => settle(Wx.drive(x)),
      learn(x, y) {
        const a = Wx.drive(x).as('a'); // current of one dendrite
        const b = Wy.drive(y).as('b'); // current of the other
        const z = settle(a.plus(b)).as('z'); // output
        const n = interneurons(z).as('n'); // output of the interneurons, Pᵀ z

        Wx.learn(z.minus(a), x); //       ΔWx = ηx (z − a) xᵀ
        Wy.learn(z.minus(b), y); //       ΔWy = ηy (z − b) yᵀ
        P.learn(z, n, { decay: 1 }); //   ΔP = ηp (z nᵀ − P)
      },
    };
  },
});
