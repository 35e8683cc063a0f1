import type { Activity } from '../circuit/activation.ts';
import type { Population } from '../circuit/population.ts';
import type { Signal } from '../circuit/signal.ts';
import { defineRule } from './rule.ts';
import { restOf, settlingState, settlings, tolerance } from './settling.ts';

/**
 * Constrained predictive coding (Golkar, Tesileanu, Bahroun, Sengupta and Chklovskii 2022): pyramidal cells z_l settle between what drives
 * them from below, b_l = Wb_l f(z_{l−1}), and their apical current, a_l = Wa_lᵀ z_{l+1} − Q_lᵀ n_l, which interneurons
 * n_l = Q_l f(z_l) balance: dz_l/dt = gb b_l + ga f′(z_l) ⊙ a_l − gb z_l, with the input and the label clamped. Interneurons keep
 * ⟨f(z) f(z)ᵀ⟩ ⪯ ρ I. No weight is transported and no error computed. Conductances as published: ga and gb are ½ between hidden
 * layers, and 1 at the input and the label. What is predicted is a way up through Wb, and Wa at the top.
 */
export const constrainedPredictiveCoding = defineRule({
  name: 'constrained-predictive-coding',
  title: 'Constrained predictive coding',
  year: 2022,
  source: 'Golkar, Tesileanu, Bahroun, Sengupta and Chklovskii 2022',
  shape: { depth: 'any', outputs: ['linear'], biases: false, runningMean: false },
  parameters: {
    radius: { default: 1, above: 0, says: 'ρ of the top hidden layer: what interneurons let its power be' },
    radiusBelow: { default: 1, above: 0, says: 'ρ of the hidden layers below it' },
    settling: {
      default: 'plain',
      choices: [...settlings, 'exact'],
      says: 'how cells settle: by steps, or by solving for where they rest, at once where units are linear',
    },
    gamma: { default: 0.1, above: 0, says: 'γ, the size of a step of settling' },
    steps: { default: 20, min: 0, whole: true, says: 'N, the steps of settling for each sample' },
    momentum: { default: 0.9, min: 0, max: 1, says: 'what of a step of settling goes on in the next, with momentum' },
    tolerance,
  },
  usualRates: { Wb: 0.001, Wa: 0.001, Q: 0.005 },
  build(circuit, { hidden, activation }, { radius, radiusBelow, settling, gamma, steps, momentum, tolerance }) {
    const D = hidden.length;
    const called = (name: string, l: number) => (D === 1 ? name : `${name} ${l}`);
    const pyramidal = hidden.map((k, i) => circuit.population(called('pyramidal', i + 1), k, ['proximal', 'apical']));
    const layers = pyramidal.map((cells, i) => {
      const [l, below, above] = [i + 1, pyramidal[i - 1] ?? circuit.stimulus, pyramidal[i + 1] ?? circuit.label];
      const interneurons = circuit.population(called('interneuron', l), cells.size);
      return {
        cells,
        Wb: circuit.synapses(`Wb${l}`, below, cells.at('proximal'), { uniform: 1, fan: 'in' }),
        WaT: circuit.synapses(`Wa${l}ᵀ`, above, cells.at('apical'), { uniform: 1, fan: 'out' }),
        QT: circuit.synapses(`Q${l}ᵀ`, interneurons, cells.at('apical'), { uniform: 1, fan: 'out' }),
        gb: l === 1 ? 1 : 1 / 2,
        ga: l === D ? 1 : 1 / 2,
        rho: l === D ? radius : radiusBelow,
      };
    });
    const active = (s: Signal<string>) => circuit.activity(s, activation);
    const scaled = (factor: number, s: Signal<string>) => (factor === 1 ? s : s.times(factor));
    const isLinear = activation.function === 'linear';

    /** The way up: u_l = Wb_l h_{l−1}, where settling begins, and h_l = f(u_l). */
    function forward(x: Signal<'stimulus'>) {
      const h = [active(x).output];
      const u = layers.map(({ Wb }, i) => {
        const current = Wb.drive(h[i]!).as(`u${i + 1}`);
        const { output } = active(current);
        h.push(isLinear ? output : output.as(`h${i + 1}`));
        return current;
      });
      return { u, top: h[D]! };
    }

    /** The circuit at activities z_1 … z_D: f(z_{l−1}), f(z_l) and f′(z_l), and the currents. */
    function now(x: Signal<'stimulus'>, y: Signal<'label'>, z: readonly Signal<string>[]): readonly Layer[] {
      const f = z.map(active);
      const input = active(x).output;
      return layers.map(({ Wb, WaT, QT }, i) => {
        const below = i === 0 ? input : f[i - 1]!.output;
        const n = QT.mirrored()
          .drive(f[i]!.output)
          .as(`n${i + 1}`); //  n = Q f(z)
        const a = WaT.drive(z[i + 1] ?? y)
          .minus(QT.drive(n))
          .as(`a${i + 1}`); //  a = Waᵀ z_{l+1} − Qᵀ n
        return { below, ...f[i]!, n, a, b: Wb.drive(below).as(`b${i + 1}`) }; //  b = Wb f(z_{l−1})
      });
    }

    /**
     * Where cells come to rest, from layer i on, above f(z_{i−1}): for every z_i the layers above it are at rest. What f makes of z is
     * linear in it: f(v) + f′(v) ⊙ (z − v) at activities v.
     */
    function atRest(
      i: number,
      below: Signal<string>,
      y: Signal<'label'>,
      v: readonly Signal<string>[],
    ): Signal<string>[] {
      const { cells, Wb, WaT, QT, gb, ga } = layers[i]!;
      const { output, gate } = active(v[i]!);
      const f = (z: Signal<string>) => (isLinear ? z : output.plus(gate(z.minus(v[i]!))).as(`f(z${i + 1})`));
      let above: Signal<string>[] = [];
      const rest = circuit.equilibrium(cells as Population<string>, (z) => {
        const h = f(z);
        if (i + 1 < D) above = atRest(i + 1, h, y, v);
        const a = WaT.drive(above[0] ?? y).minus(
          QT.drive(
            QT.mirrored()
              .drive(h)
              .as(`n${i + 1}`),
          ),
        );
        return scaled(gb, Wb.drive(below))
          .plus(scaled(ga, gate(a)))
          .minus(scaled(gb, z)); //  0 = dz/dt
      });
      return [rest.as(`z${i + 1}`), ...above];
    }

    /** Where the cells come to. */
    function settled(x: Signal<'stimulus'>, y: Signal<'label'>): readonly Signal<string>[] {
      const start = forward(x).u;
      const input = active(x).output;
      if (settling === 'exact' && isLinear) return atRest(0, input, y, start);
      if (settling === 'exact') {
        const z = start.map((each, i) =>
          circuit.state(`z${i + 1}`, pyramidal[i] as Population<string>, each).as(`z${i + 1}`),
        );
        circuit.repeat(steps, () => {
          for (const [i, next] of atRest(0, input, y, z).entries()) z[i]!.becomes(next);
        });
        return z;
      }
      const step = { by: settling, rate: gamma, momentum, tolerance };
      const cells = start.map((each, i) => settlingState(circuit, `z${i + 1}`, layers[i]!.cells, each, step));
      const z = cells.map(({ state }) => state);
      const settle = () =>
        now(x, y, z).map(({ b, a, gate }, i) => {
          const { gb, ga } = layers[i]!;
          return cells[i]!.follow(
            scaled(gb, b)
              .plus(scaled(ga, gate(a)))
              .minus(scaled(gb, z[i]!)),
          ); //  dz/dt
        });
      circuit.repeat(steps, settle, restOf(step));
      return z;
    }
    return {
      transform: (x) => forward(x).top,
      predict: (x) => layers[D - 1]!.WaT.transposed().drive(forward(x).top) as Signal<'label'>,
      learn(x, y) {
        const z = settled(x, y);
        for (const [i, { below, output, gate, n, a }] of now(x, y, z).entries()) {
          const { Wb, WaT, QT, ga, rho } = layers[i]!;
          const h = scaled(ga, output);
          Wb.learn(scaled(ga, gate(a)), below); //               ΔWb = η ga [f′(z) ⊙ a] f(z_{l−1})ᵀ
          WaT.learn(h, z[i + 1] ?? y, { decay: ga * rho }); //   ΔWa = η ga (z_{l+1} f(z)ᵀ − ρ Wa)
          QT.learn(h, n, { decay: ga * rho }); //                ΔQ = η ga (n f(z)ᵀ − ρ Q)
        }
      },
      // The loss of predictive coding: ½ gb ‖z_l − Wb f(z_{l−1})‖² and ½ ga ‖z_{l+1} − Wa f(z_l)‖², each where z is.
      energy(x, y) {
        const z = settled(x, y);
        const half = (g: number, s: Signal<string>) => s.times(s).times(g / 2);
        const found = now(x, y, z);
        const above = found.map(({ output }, i) => {
          const { WaT, ga } = layers[i]!;
          return half(ga, (z[i + 1] ?? (y as Signal<string>)).minus(WaT.transposed().drive(output)));
        });
        const below = found.map(({ b }, i) => half(layers[i]!.gb, z[i]!.minus(b)));
        return [...below.map((each, i) => (i === 0 ? each : each.plus(above[i - 1]!))), above[D - 1]!];
      },
    };
  },
});

interface Layer extends Activity<string> {
  readonly below: Signal<string>;
  readonly n: Signal<string>;
  readonly a: Signal<string>;
  readonly b: Signal<string>;
}
