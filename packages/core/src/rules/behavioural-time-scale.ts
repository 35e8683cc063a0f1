import { decayOf, teacherChannels } from './in-time/numerics.ts';
import { cellsInTime } from './in-time/shape.ts';
import { defineRule } from './rule.ts';

/**
 * Behavioural time scale plasticity as it was fitted in 2017 (Bittner, Milstein, Grienberger, Romani and Magee): synapses that were
 * active seconds before or after a plateau potential grow. Each keeps a local signal L of its input, the cell a global signal G of its
 * plateau, and where both are there, the smaller of them tells by how much.
 *
 *     L_j = gain · ∫ k_L(t − s) x_j(s) ds      G = ∫ k_G(t − s) p(s) ds      k(t) ∝ exp(−t/decay) − exp(−t/rise), of unit area
 *     dw_j/dt = η min(L_j, G)                  ramp = Σ_j w_j x_j
 *
 * The order of a step: both signals take in what comes in it; then synapses learn. An input is the rate of each, as a share of its
 * largest; a label says of each cell whether it has a plateau potential. η is in 1/s.
 */
export const behaviouralTimeScale = defineRule({
  name: 'behavioural-time-scale',
  title: 'Behavioural time scale plasticity',
  year: 2017,
  source: 'Bittner et al. 2017; numbers and kernels as in the program of the authors (neurosutras/CA1Sim)',
  shape: cellsInTime,
  time: {
    unit: 'ms',
    teacher: () => ['plateau'],
    limits: { plateau: [0, 1] },
    units: { L: '1', G: '1', p: '1' },
    timeConstants: ({ localRise, localDecay, globalRise, globalDecay }) => ({
      localRise,
      localDecay,
      globalRise,
      globalDecay,
    }),
    distinct: ({ localRise, localDecay, globalRise, globalDecay }) => ({
      'localRise and localDecay': [localRise, localDecay],
      'globalRise and globalDecay': [globalRise, globalDecay],
    }),
  },
  parameters: {
    dt: { default: 10, above: 0, says: 'a step of time, in ms' },
    localRise: { default: 212.9, above: 0, says: 'the rise of the local signal, in ms' },
    localDecay: { default: 1196, above: 0, says: 'its decay, in ms' },
    globalRise: { default: 101.5, above: 0, says: 'the rise of the global signal, in ms' },
    globalDecay: { default: 454.8, above: 0, says: 'its decay, in ms' },
    gain: { default: 1, above: 0, says: 'what local signals are multiplied by, to be as large as global ones' },
  },
  usualRates: { W: 2.535 },
  build(circuit, { hidden: [k = 1] }, { dt, localRise, localDecay, globalRise, globalDecay, gain }) {
    const inputs = circuit.stimulus;
    const cells = circuit.population('pyramidal', k, ['proximal', 'apical']);

    const W = circuit.synapses('W', inputs, cells.at('proximal'), { constant: 1 });
    const [plateau] = teacherChannels(circuit, cells, ['plateau'], 'apical');

    return {
      transform: (x) => W.drive(x),
      learn(x, y) {
        W.drive(x).as('ramp');
        const p = plateau!.drive(y).as('p');

        const [localSlow, localFast] = [
          circuit.state('LSlow', inputs, 0, 'ever'),
          circuit.state('LFast', inputs, 0, 'ever'),
        ];
        const [globalSlow, globalFast] = [
          circuit.state('GSlow', cells, 0, 'ever'),
          circuit.state('GFast', cells, 0, 'ever'),
        ];

        //  slow ← exp(−dt/decay) slow + x,  fast ← exp(−dt/rise) fast + x
        const nextLocalSlow = localSlow.times(decayOf(dt, localDecay)).plus(x);
        const nextLocalFast = localFast.times(decayOf(dt, localRise)).plus(x);
        const nextGlobalSlow = globalSlow.times(decayOf(dt, globalDecay)).plus(p);
        const nextGlobalFast = globalFast.times(decayOf(dt, globalRise)).plus(p);
        localSlow.becomes(nextLocalSlow);
        localFast.becomes(nextLocalFast);
        globalSlow.becomes(nextGlobalSlow);
        globalFast.becomes(nextGlobalFast);

        const L = nextLocalSlow
          .minus(nextLocalFast)
          .times(gain / sumOf(dt, localRise, localDecay))
          .as('L');
        const G = nextGlobalSlow
          .minus(nextGlobalFast)
          .times(1 / sumOf(dt, globalRise, globalDecay))
          .as('G');

        W.grow(
          W.before(L)
            .minimum(W.after(G))
            .times(dt / 1000, 'dt'),
        ); //  ΔW_ij = η min(L_j, G_i) dt
      },
    };
  },
});

/** Σ over all steps of exp(−t/decay) − exp(−t/rise). */
function sumOf(dt: number, rise: number, decay: number): number {
  return 1 / (1 - decayOf(dt, decay)) - 1 / (1 - decayOf(dt, rise));
}
