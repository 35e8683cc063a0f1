import type { Circuit } from '../circuit/circuit.ts';
import type { Population } from '../circuit/population.ts';
import type { Signal } from '../circuit/signal.ts';
import type { Synapses } from '../circuit/synapses.ts';
import { burstsByIntervals, burstsByTrace } from './in-time/bursts.ts';
import { decayOf, teacherChannels } from './in-time/numerics.ts';
import { cellsInTime } from './in-time/shape.ts';
import { slowly } from './in-time/slowly.ts';
import { defineRule } from './rule.ts';

/**
 * Burst-dependent synaptic plasticity (Payeur, Guerguiev, Zenke, Richards and Naud 2021): an event, the first spike after a gap, weakens
 * the synapses that were active before it, a burst, its second spike within 16 ms, strengthens them. They balance where bursts come as
 * often among events as they have on average: a cell that is made to burst more learns to fire.
 *
 *     dw/dt = η [B(t) − P̄ E(t)] Ē_pre      P̄ = B̄/Ē      α dĒ/dt = E − Ē      α dB̄/dt = B − B̄      Ē_pre a trace of presynaptic events
 *
 * *Protocol*, the order of a step of the authors' Python program, by Euler: the presynaptic trace decays and counts an event of this step;
 * synapses learn, with the averages from before; then Ē and B̄ follow. *Network*, that of their Auryn program: everything decays, exactly;
 * presynaptic events strengthen synapses of cells that are silent, Ē < emin, and are counted; then events and bursts of the cell are
 * learned, with less growth where Ē > emax, and counted; weights stay between 0 and wMax. Ē and B̄ are in 1/s.
 *
 * An input says of each presynaptic cell, and a label of each cell, whether it spikes in the step: 1, or what was left of the step; *network*
 * counts in whole steps, whatever was left.
 */
export const burstStdp = defineRule({
  name: 'burst-stdp',
  title: 'Burst-dependent plasticity',
  year: 2021,
  source: 'Payeur et al. 2021; orders of a step as in the programs of the authors (apayeur/spikingburstprop)',
  shape: cellsInTime,
  time: {
    unit: 's',
    teacher: () => ['spikes'],
    limits: { spikes: [0, 1] },
    units: { Ē: '1/s', B̄: '1/s' },
    timeConstants: ({ tauPre, alpha, gap }) => ({ tauPre, alpha, gap }),
  },
  parameters: {
    dt: { default: 0.001, above: 0, says: 'a step of time, in s' },
    order: {
      default: 'protocol',
      choices: ['protocol', 'network'],
      says: 'the order of a step: that of single synapses, or that of networks, with its limits to rates and weights',
    },
    tauPre: { default: 0.05, above: 0, says: 'the time constant of the presynaptic trace, in s' },
    alpha: { default: 15, above: 0, says: 'that of the averages Ē and B̄, in s' },
    gap: { default: 0.016, above: 0, says: 'within what a second spike makes a burst, in s' },
    events: { default: 5, above: 0, says: 'Ē to begin with, in 1/s' },
    probability: { default: 0.15, min: 0, max: 1, says: 'P̄ to begin with' },
    eMin: { default: 0, min: 0, says: 'in networks: below which rate of events presynaptic ones strengthen, in 1/s' },
    eMax: {
      default: 1000,
      above: 0,
      says: 'in networks: above which rate events weaken more and bursts strengthen less, in 1/s',
    },
    wMax: { default: 1, above: 0, says: 'in networks: the largest weight' },
    lag: {
      default: 8,
      min: 0,
      whole: true,
      says: 'in networks: by how many steps the test for presynaptic events lags',
    },
  },
  usualRates: { W: 0.1 },
  build(circuit, { hidden: [k = 1] }, { dt, order, tauPre, alpha, gap, events, probability, eMin, eMax, wMax, lag }) {
    const pre = circuit.stimulus;
    const cells = circuit.population('pyramidal', k);

    const bounds = order === 'network' ? { bounds: { min: 0, max: wMax } } : {};
    const W = circuit.synapses('W', pre, cells, { constant: 0 }, bounds);
    const [spikes] = teacherChannels(circuit, cells, ['spikes']);

    const times = { dt, tauPre, alpha, gap };
    const start = { events, probability };
    return {
      transform: (x) => W.drive(x),
      learn(x, y) {
        W.drive(x).as('current');
        const [before, after] = [x, spikes!.drive(y)];
        if (order === 'protocol') return learnAsProtocol(circuit, W, { pre: before, post: after }, times, start);
        // Its steps are whole: that there was a spike counts, and not when.
        const whole = { pre: before.through('step'), post: after.through('step') };
        learnAsNetwork(circuit, W, whole, times, start, { eMin, eMax, lag });
      },
    };
  },
});

/** Spikes of the two ends of synapses in a step. */
interface Spikes<Pre extends string, Post extends string> {
  readonly pre: Signal<Pre>;
  readonly post: Signal<Post>;
}

/** All in s. */
interface Times {
  readonly dt: number;
  readonly tauPre: number;
  readonly alpha: number;
  readonly gap: number;
}

/** Ē and P̄ to begin with. */
interface Start {
  readonly events: number;
  readonly probability: number;
}

/** Learning in the order of the protocol, by Euler: see `burstStdp`. */
function learnAsProtocol<Pre extends string, Post extends string>(
  circuit: Circuit,
  W: Synapses<Pre, Post>,
  { pre, post }: Spikes<Pre, Post>,
  { dt, tauPre, alpha, gap }: Times,
  start: Start,
): void {
  const trace = traceOf(circuit, burstsByIntervals(circuit, pre, gap / dt, 'pre').event, dt / tauPre);
  const { event, burst } = burstsByIntervals(circuit, post, gap / dt, 'post');
  const { E, B } = averages(circuit, W.post, alpha, dt / alpha, start);

  const P = B.value.over(E.value).as('P̄');
  W.learn(burst.as('B').minus(P.times(event.as('E'))), trace); //  ΔW = η (B − P̄ E) Ēpreᵀ
  E.count(event);
  B.count(burst);
}

/**
 * Learning in the order of networks, with exact decay: see `burstStdp`.
 * @returns the presynaptic events, by which synapses transmit
 */
export function learnAsNetwork<Pre extends string, Post extends string>(
  circuit: Circuit,
  W: Synapses<Pre, Post>,
  { pre, post }: Spikes<Pre, Post>,
  { dt, tauPre, alpha, gap }: Times,
  start: Start,
  { eMin, eMax, lag }: { readonly eMin: number; readonly eMax: number; readonly lag: number },
): Signal<Pre> {
  const decay = decayOf(dt, gap);
  const { event: arrival } = burstsByTrace(circuit, pre, { decay, lag, name: 'pre' });
  const trace = traceOf(circuit, arrival, 1 - decayOf(dt, tauPre));
  const { event, burst } = burstsByTrace(circuit, post, { decay, lag: 0, name: 'post' });
  const { E, B } = averages(circuit, W.post, alpha, 1 - decayOf(dt, alpha), start);
  const now = E.decayed.as('Ēnow');

  const P = B.decayed.over(now).minimum(1).as('P̄');
  const excess = now.minus(eMax).maximum(0).over(now).as('excess'); //  [Ē − emax]₊/Ē
  W.learn(circuit.constant(W.post, eMin).minus(now).maximum(0), arrival.as('Epre')); // ΔW = η [emin − Ē]₊ Epreᵀ
  W.learn(event.as('E').times(P.plus(excess)).times(-1), trace); //                         − η E (P̄ + excess) Ēpreᵀ
  W.learn(burst.as('B').times(circuit.constant(W.post, 1).minus(excess)), trace); //        + η B (1 − excess) Ēpreᵀ
  E.count(event);
  B.count(burst);
  return arrival;
}

/** Ē and B̄ as they are, and when they have lost a share; `count` has them lose it, and count what there is in the step. */
function averages<Cells extends string>(
  circuit: Circuit,
  cells: Population<Cells>,
  alpha: number,
  lost: number,
  { events, probability }: Start,
) {
  const averageOf = (name: string, start: number, symbol: string) => {
    const average = slowly(circuit, name, cells, start);
    const value = average.value.as(symbol);
    const loss = value.times(lost);
    const count = (spikes: Signal<Cells>) => average.moveBy(spikes.times(1 / alpha, '1/α').minus(loss));
    return { value, decayed: value.minus(loss), count };
  };
  return { E: averageOf('E', events, 'Ē'), B: averageOf('B', events * probability, 'B̄') };
}

/** Ē_pre, after it has lost such a share, and counted an event of this step. */
function traceOf<Cells extends string>(circuit: Circuit, event: Signal<Cells>, lost: number): Signal<Cells> {
  const trace = circuit.state('trace', event.population, 0, 'ever');
  const next = trace.minus(trace.times(lost)).plus(event).as('Ēpre');
  trace.becomes(next);
  return next;
}
