import type { Signal } from '../circuit/signal.ts';
import { decayOf, exceeds, teacherChannels } from './in-time/numerics.ts';
import { cellsInTime } from './in-time/shape.ts';
import { defineRule } from './rule.ts';

/**
 * Dendritic prediction with conductances: the variant of Urbanczik and Senn's rule in which dendritic spikes take the place of somatic ones, by
 * which pairs of spikes have a window. The soma spikes when the teacher says so; what goes back from it makes the dendrite spike.
 *
 *     dU/dt = −gL (U − EL) − gD (U − V) + spike current      dV/dt = −gL (V − EL) − g (V − EE) − gS (V − U)      τ dg/dt = −g, + w_j a spike
 *     dV* /dt = −gL (V* − EL) − gD (V* − V)                  φ(u) = r / (1 + exp β(α − u))       h = φ′/φ = β (1 − φ/r), or 1
 *     da_j/dt = −(gL + gS + g) a_j + gS b_j + (EE − V) s_j   db_j/dt = −(gL + gD) b_j + gD a_j   what w_j does to V and U
 *     PI_j = [d − φ(V*)] h(V*) b_j      τΔ dΔ_j/dt = PI_j − Δ_j      each step Δw_j = η Δ_j, w_j ≥ 0
 *
 * s_j is e^(−t/τ) after a spike of afferent j; d a dendritic spike: V above its threshold, and the last one longer ago than the dead time. The spike
 * current is −gNa (U − ENa) until `rise` after a somatic spike, then −gK (U − EK) until `fall`; C = 1.
 *
 * The order of a step, all by Euler's method: arrivals are added to g, which decays; the dendrite spikes, or not, by the old V; synapses learn by
 * the old V* and b; then potentials and sensitivities take their step from the old ones. η has no dt: it belongs to the length of the step.
 */
export const conductanceDendriticPrediction = defineRule({
  name: 'conductance-dendritic-prediction',
  title: 'Dendritic prediction with conductances',
  year: 2014,
  source: 'Urbanczik and Senn 2014; the variant and its numbers as in unibe-cns/STDP_Multicompartment',
  shape: cellsInTime,
  time: {
    unit: 'ms',
    teacher: () => ['S'],
    limits: { S: [0, 1] },
    units: { U: 'mV', V: 'mV', 'V*': 'mV' },
    timeConstants: ({ gL, gD, gS, gNa, gK, tau, tauDelta }) => ({
      '1/(gL + gD + gNa)': 1 / (gL + gD + Math.max(gNa, gK)),
      '1/(gL + gS)': 1 / (gL + gS),
      tau,
      tauDelta,
    }),
  },
  parameters: {
    dt: { default: 0.05, above: 0, says: 'a step of time, in ms' },
    h: { default: 'ratio', choices: ['ratio', 'one'], says: 'h: φ′/φ, or 1' },
    gL: { default: 1 / 15, above: 0, says: 'the leak of both compartments, in 1/ms' },
    gD: { default: 2, above: 0, says: 'the conductance from dendrite to soma, in 1/ms' },
    gS: { default: 0.5, min: 0, says: 'that from soma to dendrite, in 1/ms' },
    EL: { default: -70, says: 'the potential at rest, in mV' },
    EE: { default: 0, says: 'that of excitation, in mV' },
    tau: { default: 3, above: 0, says: 'the time constant of synapses, in ms' },
    gNa: { default: 2, min: 0, says: 'the conductance that makes a somatic spike rise, in 1/ms' },
    ENa: { default: 60, says: 'its potential, in mV' },
    rise: { default: 1, min: 0, says: 'until when after the spike it is there, in ms' },
    gK: { default: 1.5, min: 0, says: 'the conductance that makes it fall, in 1/ms' },
    EK: { default: -90, says: 'its potential, in mV' },
    fall: { default: 3, min: 0, says: 'until when after the spike it is there, in ms' },
    threshold: { default: -50, says: 'above which the dendrite spikes, in mV' },
    dead: { default: 10, min: 0, says: 'how long no dendritic spike follows another, in ms' },
    tauDelta: { default: 2, above: 0, says: 'the time constant by which changes are low-passed, in ms' },
    alpha: { default: -59, says: 'the potential at which the rate is half its largest, in mV' },
    beta: { default: 0.5, above: 0, says: 'the steepness of the rate, in 1/mV' },
    r: { default: 0.17, above: 0, says: 'the largest rate, in spikes a ms' },
  },
  usualRates: { w: 2.5e-6 },
  build(circuit, { hidden: [k = 1] }, parameters) {
    const { dt, h, gL, gD, gS, EL, EE, tau, gNa, ENa, rise, gK, EK, fall } = parameters;
    const { threshold, dead, tauDelta, alpha, beta, r } = parameters;
    const afferents = circuit.stimulus;
    const cells = circuit.population('neurons', k, ['soma', 'dendrite']);
    const w = circuit.synapses(
      'w',
      afferents,
      cells.at('dendrite'),
      { constant: 0.001 },
      { bounds: { min: 0, max: 1e6 } },
    );
    const [soma] = teacherChannels(circuit, cells, ['S'], 'soma');
    type Cells = Signal<'neurons'>;

    /** φ(u)/r = 1 / (1 + exp β(α − u)) */
    const share = (u: Cells) => u.plus(-alpha).times(beta, 'β').through('sigmoid');

    /** −gNa (U − ENa) and then −gK (U − EK) after a somatic spike. */
    function spikeCurrent(U: Cells, S: Cells): Cells {
      const [rising, falling] = [rise, fall].map((each) => Math.round(each / dt)) as [number, number];
      const left = circuit.state('left', cells, 0, 'ever');
      const now = left.minus(1).maximum(S.times(falling)).maximum(0);
      left.becomes(now);
      const isRising = exceeds(now, falling - rising + 0.5);
      const isFalling = exceeds(now, 0.5).minus(isRising);
      const Na = isRising.times(U.plus(-ENa)).times(-gNa, '−gNa');
      return Na.plus(isFalling.times(U.plus(-EK)).times(-gK, '−gK'));
    }

    /** Whether the dendrite spikes in this step. */
    function dendriticSpike(V: Cells): Cells {
      const steps = Math.floor(dead / dt + 1e-6) + 1;
      const since = circuit.state('since d', cells, steps, 'ever');
      const d = exceeds(V, threshold)
        .times(exceeds(since, steps - 0.5))
        .as('d');
      since.becomes(since.minus(since.times(d)).plus(1).minimum(steps));
      return d;
    }

    return {
      transform: (x) => w.drive(x),
      learn(x, y) {
        const U = circuit.state('U', cells, EL, 'ever').as('U');
        const V = circuit.state('V', cells, EL, 'ever').as('V');
        const Vstar = circuit.state('V*', cells, EL, 'ever').as('V*');
        const conductance = circuit.state('g', cells, 0, 'ever');
        const trace = circuit.state('s', afferents, 0, 'ever');
        const a = circuit.state('a', w.each, 0, 'ever').as('a');
        const b = circuit.state('b', w.each, 0, 'ever').as('b');
        const low = circuit.state('Δ', w.each, 0, 'ever');

        const g = conductance
          .plus(w.drive(x))
          .times(1 - dt / tau)
          .as('g');
        const s = trace.times(decayOf(dt, tau)).plus(x).as('s');
        conductance.becomes(g);
        trace.becomes(s);

        //  PI = (d/dt − φ(V*)) h(V*) b,  Δ ← Δ + dt (PI − Δ)/τΔ,  w ← w + η Δ
        const d = dendriticSpike(V);
        const phi = share(Vstar).times(r, 'r').as('φV*');
        const slope =
          h === 'one' ? circuit.constant(cells, 1) : circuit.constant(cells, 1).minus(share(Vstar)).times(beta, 'β');
        const surprise = d
          .times(1 / dt, '1/dt')
          .minus(phi)
          .times(slope.as('h'));
        const PI = w.after(surprise).times(b).as('PI');
        const Delta = low.plus(PI.minus(low).times(dt / tauDelta, 'dt/τΔ')).as('Δ');
        low.becomes(Delta);
        w.grow(Delta);

        //  potentials and sensitivities, by Euler from the old ones
        const current = spikeCurrent(U, soma!.drive(y).as('S'));
        const leak = (u: Cells) => u.plus(-EL).times(-gL, '−gL');
        const intoV = leak(V)
          .minus(g.times(V.plus(-EE)))
          .minus(V.minus(U).times(gS, 'gS'));
        U.becomes(U.plus(leak(U).minus(U.minus(V).times(gD, 'gD')).plus(current).times(dt, 'dt')));
        V.becomes(V.plus(intoV.times(dt, 'dt')));
        Vstar.becomes(Vstar.plus(leak(Vstar).minus(Vstar.minus(V).times(gD, 'gD')).times(dt, 'dt')));
        const driven = w.outer(circuit.constant(cells, EE).minus(V), s);
        const intoA = b
          .times(gS, 'gS')
          .plus(driven)
          .minus(w.after(g.plus(gL + gS)).times(a));
        const intoB = a.times(gD, 'gD').minus(b.times(gL + gD, '(gL + gD)'));
        a.becomes(a.plus(intoA.times(dt, 'dt')));
        b.becomes(b.plus(intoB.times(dt, 'dt')));
      },
    };
  },
});
