import type { Population } from '../circuit/population.ts';
import { exponential } from '../exact/exponential.ts';
import { learnAsNetwork } from './burst-stdp.ts';
import { burstingCells } from './in-time/burst-cell.ts';
import { exceeds, teacherChannels } from './in-time/numerics.ts';
import { cellsInTime } from './in-time/shape.ts';
import { defineRule } from './rule.ts';

/**
 * A small network that learns by burst-dependent plasticity (Payeur, Guerguiev, Zenke, Richards and Naud 2021): cells that noise makes
 * fire excite others through synapses that learn, and what drives the dendrites of these decides how often their events become bursts.
 *
 * Both populations are two-compartment cells that burst (see `burstingCells`). Each presynaptic cell gets Poisson noise of its own; the
 * dendrites of the others a current, and spikes of shared sources with the weight that the teacher says, `drive`. Synapses transmit presynaptic events, and
 * learn as `burst-stdp` does in the order of networks:
 *
 *     gE of the soma += W Epre      dw/dt = η [B − (P̄ + excess) E − excess B] Ē_pre + η [emin − Ē]₊ Epre      0 ≤ w ≤ wMax
 *
 * The order of a step: presynaptic cells, the events by which they transmit, the other cells, plasticity. An input is a current in the
 * dendrite of each presynaptic cell, in pA; a label the weight of what drives each dendrite.
 */
export const burstNetwork = defineRule({
  name: 'burst-network',
  title: 'Network with burst-dependent plasticity',
  year: 2021,
  source:
    'Payeur et al. 2021; cells, numbers and order of a step as in the program of the authors (apayeur/spikingburstprop)',
  shape: cellsInTime,
  time: {
    unit: 'ms',
    teacher: () => ['drive'],
    timeConstants: () => ({ 'excitatory synapses': 5 }),
  },
  parameters: {
    dt: { default: 0.1, above: 0, says: 'a step of time, in ms' },
    current: { default: 50, says: 'a current in these dendrites, in pA' },
    density: { default: 0.4, above: 0, max: 1, says: 'the share of the synapses that learn that there is' },
    tauPre: { default: 0.1, above: 0, says: 'the time constant of the presynaptic trace, in s' },
    alpha: { default: 5, above: 0, says: 'that of the averages Ē and B̄, in s' },
    eMin: { default: 2, min: 0, says: 'below which rate of events presynaptic ones strengthen, in 1/s' },
    eMax: { default: 12, above: 0, says: 'above which rate events weaken more and bursts strengthen less, in 1/s' },
    somaticForce: {
      default: false,
      says: 'whether dendritic synapses see the potential of the soma, as in the program of the authors, not that of the dendrite',
    },
  },
  usualRates: { W: 0.0035 },
  build(circuit, { hidden: [k = 1] }, parameters) {
    const { dt, current, density, tauPre, alpha, eMin, eMax, somaticForce } = parameters;
    const seconds = dt / 1000;
    const pre = circuit.stimulus;
    const cells = circuit.population('pyramidal', k, ['soma', 'dendrite']);
    const sources = circuit.population('sources', 100);

    const W = circuit.synapses('W', pre, cells.at('soma'), { constant: 0.08 }, { bounds: { min: 0, max: 1 }, density });
    const [weight] = teacherChannels(circuit, cells, ['drive'], 'dendrite');
    const D = circuit.fixed('D', sources, cells.at('dendrite'), { constant: 1 }, { density: 0.2 });

    /** How many spikes come to each cell in a step from so many sources of a rate in 1/s: a Poisson count. */
    function arriving<Cells extends string>(name: string, to: Population<Cells>, number: number, rate: number) {
      const mean = number * rate * seconds;
      const draw = circuit.noise(name, to, { uniform: 0.5 }).plus(0.5);
      // A uniform deviate above the probability of at most n spikes stands for more than n.
      let [term, atMost] = [exponential(-mean), exponential(-mean)];
      let count = exceeds(draw, atMost);
      for (let n = 1; ; n++) {
        term *= mean / n;
        atMost += term;
        if (1 - atMost < 1e-7) return count.as(`n ${name}`);
        count = count.plus(exceeds(draw, atMost));
      }
    }

    return {
      transform: (x) => W.drive(x),
      learn(x, y) {
        const spikes = burstingCells(
          circuit,
          pre,
          ' pre',
          dt,
          {
            excitation: arriving('soma E', pre, 100, 5).times(0.17),
            inhibition: arriving('soma I', pre, 30, 5).times(0.26),
          },
          {
            excitation: arriving('dendrite E', pre, 100, 5).times(0.0425),
            inhibition: arriving('dendrite I', pre, 30, 5).times(0.065),
            current: x,
          },
          somaticForce,
        );
        const events = circuit.state('events', pre, 0, 'ever');
        const shared = D.drive(arriving('sources', sources, 1, 1));
        const post = burstingCells(
          circuit,
          cells,
          ' post',
          dt,
          { excitation: W.drive(events) },
          { excitation: shared.times(weight!.drive(y).as('drive')), current: circuit.constant(cells, current) },
          somaticForce,
        );
        const times = { dt: seconds, tauPre, alpha, gap: 0.016 };
        const limits = { eMin, eMax, lag: 8 };
        const start = { events: 5, probability: 0.15 };
        events.becomes(learnAsNetwork(circuit, W, { pre: spikes, post }, times, start, limits));
      },
    };
  },
});
