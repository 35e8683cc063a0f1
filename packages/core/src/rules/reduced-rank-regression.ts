import type { Signal } from '../circuit/signal.ts';
import { defineRule } from './rule.ts';

/**
 * Bio-RRR, the biologically plausible reduced-rank regression of Golkar, Lipshutz, Bahroun, Sengupta and Chklovskii (2020): at s = 0
 * least squares, which is BMVR, at s = 1 canonical correlation of x and y. It makes the error of ŷ = W2 z small, measured by
 * `Σs = (s Cyy + (1 − s) I)⁻¹`: `⟨(y − ŷ)ᵀ Σs (y − ŷ)⟩`, where W2 = Σs⁻¹ Wyᵀ. Cells that
 * are not linear are as in BMVR. No weight is transported and no error computed.
 */
export const reducedRankRegression = defineRule({
  name: 'reduced-rank-regression',
  title: 'Reduced-rank regression',
  year: 2020,
  source: 'Golkar et al. 2020 (Bio-RRR); the general s is derived from its objective',
  shape: { depth: 'one', outputs: ['linear'], biases: false },
  parameters: {
    s: { default: 0, min: 0, max: 1, says: 'from 0, least squares, to 1, canonical correlation' },
  },
  regresses: ({ s }) => s,
  usualRates: { Wx: 0.003, Wy: 0.003, Q: 0.001 },
  build(circuit, { hidden: [k = 1], activation }, { s }) {
    const pyramidal = circuit.population('pyramidal', k, ['proximal', 'apical']);
    const interneuron = circuit.population('interneuron', k);

    const descends = { descends: true };
    const Wx = circuit.synapses('Wx', circuit.stimulus, pyramidal.at('proximal'), { normal: 0.01 }, descends);
    const Wy = circuit.synapses('Wy', circuit.label, pyramidal.at('apical'), { normal: 0.1 }, descends);
    const Q = circuit.synapses('Q', interneuron, pyramidal.at('apical'), { identity: 1 / 3 });
    // Cyy = ⟨y yᵀ⟩, within the label: only predictions need it. It is a running average, whatever the optimiser of others.
    const average = { rateOf: 'Wy', plain: true };
    const C = s > 0 ? circuit.synapses('C', circuit.label, circuit.label, { identity: 1 }, average) : undefined;

    const activityOf = (x: Signal<'stimulus'>) => circuit.activity(Wx.drive(x), activation);
    return {
      transform: (x) => activityOf(x).output,
      predict(x) {
        const current = Wy.transposed().drive(activityOf(x).output); // at s = 0, W2 = Wyᵀ
        return C ? current.times(1 - s, '(1 − s)').plus(C.drive(current).times(s, 's')) : current; // W2 z
      },
      learn(x, y) {
        const { output, gate } = activityOf(x);
        const z = output.as('z'); // output of the pyramidal cells
        const n = Q.mirrored().drive(z).as('n'); // output of the interneurons, Qᵀ z
        const a = Wy.drive(y).as('a'); // distal current
        const plateau = a.minus(Q.drive(n)); // calcium plateau potential
        const rest = s > 0 ? z.minus(a.times(s, 's')) : z;

        Wx.learn(gate(plateau), x); //         ΔWx = ηx [f′ ⊙ (a − Q n)] xᵀ
        Wy.learn(rest, y, { decay: 1 - s, symbol: s > 0 ? '(1 − s)' : undefined }); // ΔWy = ηy ((z − s a) yᵀ − (1 − s) Wy)
        Q.learn(z, n, { decay: 1 }); //        ΔQ = ηq (z nᵀ − Q)
        C?.learn(y, y, { decay: 1 }); //       ΔC = ηy (y yᵀ − C)
      },
    };
  },
});
