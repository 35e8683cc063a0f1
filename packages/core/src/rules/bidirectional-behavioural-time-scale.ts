import type { Signal, State } from '../circuit/signal.ts';
import { exponential } from '../exact/exponential.ts';
import { decayOf, teacherChannels } from './in-time/numerics.ts';
import { cellsInTime } from './in-time/shape.ts';
import { defineRule } from './rule.ts';

/**
 * Bidirectional behavioural time scale plasticity (Milstein, Li, Bittner, Grienberger, Soltesz, Magee and Romani 2021): from one plateau
 * potential to the next, the overlap of an eligibility trace of each synapse with the instructive signal of the cell moves its weight
 * towards a value between 0 and the most that it can be.
 *
 *     τET dET_j/dt = x_j − ET_j      τIS dIS/dt = p − IS      (both divided by their largest, where that is said; IS at most 1)
 *     I±_j = ∫ q±(ET_j IS) dt from the onset of a plateau on      q(x) = (s(x) − s(0))/(s(1) − s(0)),  s(x) = σ(2 (x − θ)/h)
 *     at the onset of the next:  w_j ← w_j + η [k₊ (wmax − w_j) I₊_j − k₋ w_j I₋_j],  kept from 0 to wmax = 1 + ΔWmax
 *     ramp = scale Σ_j (w_j − 1) x_j, in mV
 *
 * The order of a step: at the onset of a plateau, what was gathered until the step before is learned, and gathering starts anew; traces
 * take in what comes in the step; its overlap is gathered. So what came of the last plateau is learned when another begins. An input is
 * the rate of each, as a share of its largest; a label says of each cell whether it has a plateau potential. A silent cell has w = 1.
 */
export const bidirectionalBehaviouralTimeScale = defineRule({
  name: 'bidirectional-behavioural-time-scale',
  title: 'Bidirectional behavioural time scale plasticity',
  year: 2021,
  source:
    'Milstein et al. 2021, the weight-dependent model; numbers as in the program of the authors (neurosutras/BTSP)',
  shape: cellsInTime,
  time: {
    unit: 'ms',
    teacher: () => ['plateau'],
    limits: { plateau: [0, 1] },
    units: { ramp: 'mV', ET: '1', IS: '1', p: '1' },
    timeConstants: ({ tauET, tauIS }) => ({ tauET, tauIS }),
  },
  parameters: {
    dt: { default: 10, above: 0, says: 'a step of time, in ms' },
    tauET: { default: 1447.838, above: 0, says: 'the time constant of eligibility traces, in ms' },
    tauIS: { default: 597.3286, above: 0, says: 'that of the instructive signal, in ms' },
    kPlus: { default: 1.573373, min: 0, says: 'k₊, how fast weights grow, in 1/s' },
    kMinus: { default: 0.2896611, min: 0, says: 'k₋, how fast they shrink, in 1/s' },
    thresholdPlus: { default: 0.03871166, min: 0, max: 1, says: 'θ₊, at which overlap q₊ is halfway' },
    widthPlus: { default: 0.296752, above: 0, says: 'h₊, half the width over which q₊ rises' },
    thresholdMinus: { default: 0.001026429, min: 0, max: 1, says: 'θ₋ of q₋' },
    widthMinus: { default: 0.01166108, above: 0, says: 'h₋ of q₋' },
    deltaWMax: { default: 3.620245, above: 0, says: 'by how much weights can exceed those of a silent cell, 1' },
    largestET: {
      default: 1,
      above: 0,
      says: 'what eligibility traces are divided by; 1 with thresholds that were fitted without',
    },
    largestIS: { default: 1, above: 0, says: 'what the instructive signal is divided by' },
    scale: {
      default: 0.150933476,
      above: 0,
      says: 'the depolarisation of an input at its largest rate, for a weight more by 1, in mV',
    },
  },
  usualRates: { W: 1 },
  build(circuit, { hidden: [k = 1] }, parameters) {
    const { dt, tauET, tauIS, kPlus, kMinus, deltaWMax, largestET, largestIS, scale } = parameters;
    const wMax = 1 + deltaWMax;
    const seconds = dt / 1000;
    const inputs = circuit.stimulus;
    const cells = circuit.population('pyramidal', k, ['proximal', 'apical']);

    const bounds = { min: 0, max: wMax };
    const W = circuit.synapses('W', inputs, cells.at('proximal'), { constant: 1 }, { bounds });
    const [plateau] = teacherChannels(circuit, cells, ['plateau'], 'apical');

    /** s(x) = σ(2 (x − θ)/h), from 0 at 0 to 1 at 1 */
    function q(x: Signal<string>, threshold: number, width: number): Signal<string> {
      const s = (at: number) => 1 / (1 + exponential((-2 * (at - threshold)) / width));
      const sigmoid = x
        .minus(threshold)
        .times(2 / width)
        .through('sigmoid');
      return sigmoid.minus(s(0)).times(1 / (s(1) - s(0)));
    }

    /** What was gathered before an onset, and then what comes from it on. */
    function gather(sum: State<string>, overlap: Signal<string>, onset: Signal<string>): void {
      sum.becomes(sum.minus(onset.times(sum)).plus(overlap.times(seconds, 'dt')));
    }

    /** scale Σ_j (w_j − 1) x_j */
    const ramp = (x: Signal<'stimulus'>) => W.with(W.weights().minus(1)).drive(x).times(scale, 'scale').as('ramp');

    return {
      transform: ramp,
      learn(x, y) {
        ramp(x);
        const p = plateau!.drive(y).as('p');
        const before = circuit.state('p before', cells, 0, 'ever').as('p⁻');
        const [trace, signal] = [circuit.state('ET', inputs, 0, 'ever'), circuit.state('IS', cells, 0, 'ever')];
        const [IPlus, IMinus] = [
          circuit.state('I+', W.each, 0, 'ever').as('I₊'),
          circuit.state('I-', W.each, 0, 'ever').as('I₋'),
        ];

        const onset = p.times(circuit.constant(cells, 1).minus(before)).as('onset'); //  p now, and not before
        before.becomes(p);

        //  ΔW = η [k₊ (wmax − W) I₊ − k₋ W I₋] at an onset
        const grown = circuit.constant(W.each, wMax).minus(W.weights()).times(IPlus).times(kPlus, 'k₊');
        const shrunk = W.weights().times(IMinus).times(kMinus, 'k₋');
        W.grow(W.after(onset).times(grown.minus(shrunk)));

        //  ET ← exp(−dt/τET) ET + (1 − exp(−dt/τET)) x,  IS likewise
        const [qET, qIS] = [decayOf(dt, tauET), decayOf(dt, tauIS)];
        const nextTrace = trace.times(qET).plus(x.times(1 - qET));
        const nextSignal = signal.times(qIS).plus(p.times(1 - qIS));
        trace.becomes(nextTrace);
        signal.becomes(nextSignal);
        const ET = nextTrace.times(1 / largestET).as('ET');
        const IS = nextSignal
          .times(1 / largestIS)
          .minimum(1)
          .as('IS');

        const overlap = W.outer(IS, ET).as('ET IS');
        gather(IPlus, q(overlap, parameters.thresholdPlus, parameters.widthPlus).as('q₊'), W.after(onset));
        gather(IMinus, q(overlap, parameters.thresholdMinus, parameters.widthMinus).as('q₋'), W.after(onset));
      },
    };
  },
});
