import type { Signal } from '../circuit/signal.ts';
import { logarithm } from '../random/logarithm.ts';
import { decayOf, exceeds, rungeKutta, teacherChannels } from './in-time/numerics.ts';
import { cellsInTime } from './in-time/shape.ts';
import { defineRule } from './rule.ts';

/** mV in a unit of potential of the paper, in which potentials are (mV + 70)/15. */
const scale = 15;

/**
 * Dendritic prediction of somatic spiking (Urbanczik and Senn 2014): a dendrite learns to predict what a teacher makes the soma do. Two
 * compartments, U of the soma and V of the dendrite; the teacher drives the soma by conductances.
 *
 *     C dU/dt = −gL (U − EL) − gE (U − EE) − gI (U − EI) + gsp (V − U)      Cd dV/dt = −gLd (V − EL) + I
 *     φ(u) = φmax / (1 + k exp β(θ − u))       V* = (gL EL + gsp V) / (gL + gsp)       h(u) = 15 φ′(u)/φ(u)
 *     PI_j = [S − φ(V*)] h(V*) 15 Cd κ_j       τΔ dΔ_j/dt = PI_j − Δ_j                  dw_j/dt = η Δ_j
 *
 * The order of a step: potentials, conductances and the current by Runge–Kutta; what arrives is added; the soma spikes, or not, by the new
 * U; synapses learn from the new U and V. A label is what the teacher adds to gE and to gI in the step, and whether the soma spikes, if
 * that is given.
 */
export const dendriticPrediction = defineRule({
  name: 'dendritic-prediction',
  title: 'Dendritic prediction of somatic spiking',
  year: 2014,
  source: 'Urbanczik and Senn 2014',
  shape: cellsInTime,
  time: {
    unit: 'ms',
    teacher: ({ spikes }) => (spikes === 'forced' ? ['gE', 'gI', 'S'] : ['gE', 'gI']),
    limits: { gE: [0, Infinity], gI: [0, Infinity], S: [0, 1] },
    compared: () => ({ teacher: ['UM', 'V*'], soma: ['U', 'V*'], rates: ['φU', 'φV*'] }),
    units: {
      ...{ U: 'mV', 'U⁺': 'mV', V: 'mV', 'V⁺': 'mV', 'V*': 'mV', UM: 'mV' },
      ...{ gE: 'nS', 'gE⁺': 'nS', gI: 'nS', 'gI⁺': 'nS', I: 'pA', 'I⁺': 'pA' },
      ...{ φU: '1/ms', 'φV*': '1/ms', h: '1', w: 'pA' },
    },
    timeConstants: ({ C, Cd, gL, gsp, gLd, tauS, tauDelta }) => ({
      'C/(gL + gsp)': C / (gL + gsp),
      'Cd/gLd': Cd / gLd,
      tauS,
      tauDelta,
    }),
    distinct: ({ Cd, gLd, tauS }) => ({ 'Cd/gLd and tauS': [Cd / gLd, tauS] }),
  },
  parameters: {
    dt: { default: 0.1, above: 0, says: 'a step of time, in ms' },
    spikes: {
      default: 'escape',
      choices: ['escape', 'rate', 'forced'],
      says: 'what the soma does: it spikes at random at the rate φ(U); it has φ(U) dt spikes a step; or its spikes are given',
    },
    deadTime: { default: 0, min: 0, says: 'how long no spike follows a spike, in ms; φ(V*) knows nothing of it' },
    clip: {
      default: 'state',
      choices: ['state', 'read'],
      says: 'what is kept between wMin and wMax: the weight, or what is read of it, so that it winds up beyond them',
    },
    wMin: { default: 0, says: 'the least weight, in pA' },
    wMax: { default: 1350, says: 'the largest weight, in pA' },
    C: { default: 300, above: 0, says: 'the capacitance of the soma, in pF' },
    Cd: { default: 300, above: 0, says: 'that of the dendrite, in pF' },
    gL: { default: 30, above: 0, says: 'the leak of the soma, in nS' },
    gLd: { default: 30, above: 0, says: 'that of the dendrite, in nS' },
    gsp: { default: 600, above: 0, says: 'the conductance from dendrite to soma, in nS' },
    EL: { default: -70, says: 'the potential at rest, in mV' },
    EE: { default: 0, says: 'that of excitation, in mV' },
    EI: { default: -75, says: 'that of inhibition, in mV' },
    tauS: { default: 3, above: 0, says: 'the time constant of synapses, in ms' },
    phiMax: { default: 0.15, above: 0, says: 'the largest rate, in spikes a ms' },
    k: { default: 0.5, above: 0, says: 'k of the rate: φmax / (1 + k) at θ' },
    beta: { default: 1 / 3, above: 0, says: 'the steepness of the rate, in 1/mV' },
    theta: { default: -55, says: 'the threshold of the rate, in mV' },
    tauDelta: { default: 100, above: 0, says: 'the time constant by which changes are low-passed, in ms' },
  },
  usualRates: { w: 0.17 },
  build(circuit, { hidden: [k = 1] }, parameters) {
    const { dt, spikes, deadTime, clip, wMin, wMax, C, Cd, gL, gLd, gsp, EL, EE, EI, tauS, tauDelta } = parameters;
    const { phiMax, beta, theta } = parameters;
    const afferents = circuit.stimulus;
    const cells = circuit.population('neurons', k, ['soma', 'dendrite']);
    const bounds = { min: wMin, max: wMax };
    const w = circuit.synapses(
      'w',
      afferents,
      cells.at('dendrite'),
      { constant: 90 },
      clip === 'state' ? { bounds } : {},
    );
    const [excitation, inhibition] = teacherChannels(circuit, cells, ['TE', 'TI'], 'soma');
    const given =
      spikes === 'forced' ? circuit.fixed('TS', circuit.label, cells.at('soma'), { channel: 2 }) : undefined;

    const tauL = Cd / gLd;
    const [qL, qS, qDelta] = [decayOf(dt, tauL), decayOf(dt, tauS), decayOf(dt, tauDelta)];
    const lnK = logarithm(parameters.k);

    /** φ(u) = φmax / (1 + k exp β(θ − u)) */
    const phi = (u: Signal<'neurons'>) => {
      return u.plus(-theta).times(beta, 'β').plus(-lnK).through('sigmoid').times(phiMax, 'φmax');
    };
    /** h(u) = 15 φ′(u)/φ(u) = 15 β / (1 + exp(−β(θ − u)) / k) */
    const h = (u: Signal<'neurons'>) => {
      return u
        .plus(-theta)
        .times(-beta, '−β')
        .plus(lnK)
        .through('sigmoid')
        .times(scale * beta, '15 β');
    };

    /** Whether the soma spikes in this step, at the potential U. */
    function somatic(U: Signal<'neurons'>, y: Signal<'label'>): Signal<'neurons'> {
      if (given) return given.drive(y).as('n');
      const rate = phi(U).as('φU');
      if (spikes === 'rate') return rate.times(dt, 'dt').as('n');
      // n = [1 − exp(−φ(U) dt) > a uniform deviate], where the dead time is over
      const silent = rate.times(-dt, '−dt').through('exponential');
      const draw = circuit.noise('ξ', cells, { uniform: 0.5 }).plus(0.5);
      const drawn = exceeds(circuit.constant(cells, 1).minus(silent), draw);
      const steps = Math.round(deadTime / dt);
      if (steps === 0) return drawn.as('n');
      const dead = circuit.state('dead', cells, 0, 'ever');
      const n = drawn.times(exceeds(circuit.constant(cells, 0.5), dead)).as('n');
      dead.becomes(dead.minus(1).through('relu').plus(n.times(steps)));
      return n;
    }

    /** A step of time. */
    function step(x: Signal<'stimulus'>, y: Signal<'label'>) {
      const U = circuit.state('U', cells, EL, 'ever');
      const V = circuit.state('V', cells, EL, 'ever');
      const gE = circuit.state('gE', cells, 0, 'ever');
      const gI = circuit.state('gI', cells, 0, 'ever');
      const I = circuit.state('I', cells, 0, 'ever');
      const aL = circuit.state('aL', afferents, 0, 'ever');
      const aS = circuit.state('aS', afferents, 0, 'ever');

      const next = rungeKutta({ U, V, gE, gI, I }, dt, ({ U, V, gE, gI, I }) => ({
        // C dU/dt = −gL (U − EL) − gE (U − EE) − gI (U − EI) + gsp (V − U)
        U: V.minus(U)
          .times(gsp, 'gsp')
          .minus(U.plus(-EL).times(gL, 'gL'))
          .minus(gE.times(U.plus(-EE)))
          .minus(gI.times(U.plus(-EI)))
          .times(1 / C, '1/C'),
        // Cd dV/dt = −gLd (V − EL) + I
        V: I.minus(V.plus(-EL).times(gLd, 'gLd')).times(1 / Cd, '1/Cd'),
        gE: gE.times(-1 / tauS, '−1/τs'),
        gI: gI.times(-1 / tauS, '−1/τs'),
        I: I.times(-1 / tauS, '−1/τs'),
      }));
      U.becomes(next.U.as('U⁺'));
      V.becomes(next.V.as('V⁺'));

      const weights = clip === 'state' ? w : w.with(w.weights().maximum(wMin).minimum(wMax).as('w'));
      const excited = next.gE.plus(excitation!.drive(y)).as('gE⁺');
      const inhibited = next.gI.plus(inhibition!.drive(y)).as('gI⁺');
      gE.becomes(excited);
      gI.becomes(inhibited);
      I.becomes(next.I.plus(weights.drive(x)).as('I⁺'));

      // κ = τs / (gLd (τL − τs)) (aL − aS)
      const decayedL = aL.times(qL, 'qL');
      const decayedS = aS.times(qS, 'qs');
      const kappa = decayedL
        .minus(decayedS)
        .times(tauS / (gLd * (tauL - tauS)))
        .as('κ');
      aL.becomes(decayedL.plus(x));
      aS.becomes(decayedS.plus(x));

      const n = somatic(next.U, y);
      const Vstar = next.V.times(gsp)
        .plus(gL * EL)
        .times(1 / (gL + gsp))
        .as('V*');
      const predicted = phi(Vstar).as('φV*');
      // UM = (gE EE + gI EI) / (gE + gI), to which the teacher drives U; U itself where there is no teacher
      const none = 1e-6;
      excited
        .times(EE, 'EE')
        .plus(inhibited.times(EI, 'EI'))
        .plus(next.U.times(none))
        .over(excited.plus(inhibited).plus(none))
        .as('UM');
      return { n, Vstar, predicted, kappa };
    }

    return {
      transform: (x) => step(x, circuit.constant(circuit.label, 0)).predicted,
      learn(x, y) {
        const { n, Vstar, predicted, kappa } = step(x, y);

        //  PI = (n/dt − φ(V*)) h(V*) 15 Cd κ
        const surprise = n.times(1 / dt, '1/dt').minus(predicted);
        const PI = w.outer(surprise.times(h(Vstar).as('h')), kappa.times(scale * Cd, '15 Cd')).as('PI');

        //  w ← w + η τΔ (1 − exp(−dt/τΔ)) Δ,  Δ ← exp(−dt/τΔ) Δ + PI dt/τΔ
        const Delta = circuit.state('Δ', w.each, 0, 'ever').as('Δ');
        w.grow(Delta.times(tauDelta * (1 - qDelta)));
        Delta.becomes(Delta.times(qDelta, 'qΔ').plus(PI.times(dt / tauDelta, 'dt/τΔ')));
      },
    };
  },
});
