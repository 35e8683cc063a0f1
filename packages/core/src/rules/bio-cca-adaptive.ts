import type { Signal } from '../circuit/signal.ts';
import { defineRule } from './rule.ts';

/**
 * Bio-CCA with an output whitened, and of a rank that adapts (Lipshutz, Bahroun, Golkar, Sengupta and Chklovskii 2020): canonical
 * components with 1 + ρ > α are kept, with variance 1, and other cells fall silent. The label is the second view, and is not
 * predicted. `transform` gives the first view's part, (P Pᵀ + α I)⁻¹ Wx x, `transformSecond` the second's, and `transformBoth` z, which is
 * their sum.
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
  finds: { components: 'canonical', variance: (rho, { alpha }) => Number(1 + rho > alpha) },
  build(circuit, { hidden: [k = 1] }, { alpha }) {
    const cells = circuit.population('pyramidal', k, ['proximal', 'apical']);
    const interneuron = circuit.population('interneuron', k);

    const Wx = circuit.synapses('Wx', circuit.stimulus, cells.at('proximal'), { normal: 1, fan: 'in' });
    const Wy = circuit.synapses('Wy', circuit.label, cells.at('apical'), { normal: 1, fan: 'in' });
    const P = circuit.synapses('P', interneuron, cells, { identity: 1 }, { average: true });

    const interneurons = (z: Signal<'pyramidal'>) => P.mirrored().drive(z);
    /** Where cells come to rest with their interneurons: (P Pᵀ + α I)⁻¹ times what drives them. */
    const settle = (current: Signal<'pyramidal'>) =>
      circuit.equilibrium(cells, (z) => current.minus(P.drive(interneurons(z))).minus(z.times(alpha, 'α')));
    return {
      transform: (x) => settle(Wx.drive(x)),
      transformSecond: (y) => settle(Wy.drive(y)),
      transformBoth: (x, y) => settle(Wx.drive(x).plus(Wy.drive(y))),
      objective(x, y) {
        const [a, b] = [Wx.drive(x), Wy.drive(y)];
        const z = settle(a.plus(b));
        return [
          [-2, z.times(a.plus(b))], // ⟨−4 z·(a + b) + 2 ‖Pᵀz‖² + 2α ‖z‖², where (P Pᵀ + α I) z = a + b,
          [2, a.times(a)], //          + 2 ‖a‖² + 2 ‖b‖²⟩
          [2, b.times(b)],
          [-2, P.weights()], //        − 2 ‖P‖², which W make small, and P large
        ];
      },
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
