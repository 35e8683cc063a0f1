import type { Signal } from '../circuit/signal.ts';
import { defineRule } from './rule.ts';

/**
 * Bio-CCA of Lipshutz, Bahroun, Golkar, Sengupta and Chklovskii (2020): canonical correlation analysis of two views by cells with a
 * dendrite for each. The label is the second view, and is not predicted. `transform` gives the first view's part, Vx x with
 * Vx = M⁻¹ Wx, `transformSecond` the second's, Vy y, and `transformBoth` z, which is their sum.
 */
export const bioCca = defineRule({
  name: 'bio-cca',
  title: 'Bio-CCA',
  year: 2020,
  source: 'Lipshutz et al. 2020',
  shape: { depth: 'one', outputs: ['linear'], biases: false, activations: ['linear'], labels: 'second view' },
  parameters: {},
  usualRates: { Wx: 0.002, Wy: 0.002, M: 0.01 },
  finds: { components: 'canonical', variance: (rho) => 1 + rho },
  build(circuit, { hidden: [k = 1] }) {
    const cells = circuit.population('pyramidal', k, ['proximal', 'apical']);

    const Wx = circuit.synapses('Wx', circuit.stimulus, cells.at('proximal'), { normal: 1, fan: 'in' });
    const Wy = circuit.synapses('Wy', circuit.label, cells.at('apical'), { normal: 1, fan: 'in' });
    const M = circuit.synapses('M', cells, cells, { identity: 1 }, { average: true });

    /** Where lateral inhibition comes to rest: M⁻¹ times what drives the cells. */
    const settle = (current: Signal<'pyramidal'>) => circuit.equilibrium(cells, (z) => current.minus(M.drive(z)));
    return {
      transform: (x) => settle(Wx.drive(x)),
      transformSecond: (y) => settle(Wy.drive(y)),
      transformBoth: (x, y) => settle(Wx.drive(x).plus(Wy.drive(y))),
      objective(x, y) {
        const [a, b] = [Wx.drive(x), Wy.drive(y)];
        const z = settle(a.plus(b));
        return [
          [-2, z.times(a.plus(b))], // ⟨−4 z·(a + b) + 2 z·Mz, where Mz = a + b,
          [2, a.times(a)], //          + 2 ‖a‖² + 2 ‖b‖²⟩
          [2, b.times(b)],
          [-1, M.weights()], //        − ‖M‖², which W make small, and M large
        ];
      },
      learn(x, y) {
        const a = Wx.drive(x).as('a'); // current of one dendrite
        const b = Wy.drive(y).as('b'); // current of the other
        const z = settle(a.plus(b)).as('z'); // output

        Wx.learn(z.minus(a), x); //       ΔWx = ηx (z − a) xᵀ
        Wy.learn(z.minus(b), y); //       ΔWy = ηy (z − b) yᵀ
        M.learn(z, z, { decay: 1 }); //   ΔM = ηm (z zᵀ − M)
      },
    };
  },
});
