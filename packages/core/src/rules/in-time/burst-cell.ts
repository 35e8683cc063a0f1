import type { Circuit } from '../../circuit/circuit.ts';
import type { Population } from '../../circuit/population.ts';
import type { Signal } from '../../circuit/signal.ts';
import { decayOf, exceeds } from './numerics.ts';

/** What arrives in a compartment in a step: what is added to its conductances, in units of its leak, and a current, in pA. */
export interface Arrivals<Cells extends string> {
  readonly excitation?: Signal<Cells>;
  readonly inhibition?: Signal<Cells>;
  readonly current?: Signal<Cells>;
}

/** Potentials, in mV: at rest, of inhibition, and the threshold of a cell that has been silent for long. */
const [rest, inhibitory, threshold] = [-70, -80, -50];

/**
 * A step of two-compartment pyramidal cells that burst (Naud and Sprekeler 2018, as in the programs of Payeur et al. 2021): dendritic
 * spikes turn a somatic spike into a burst. Euler steps of dt, in ms, but for ws and conductances, which fall exactly:
 *
 *     dVs/dt = (−70 − Vs + is)/16 + (−200 ws + 1300 σ + Is)/370               σ = 1/(1 + exp(−(Vd + 38)/6))
 *     dVd/dt = (−70 − Vd + id)/7 + (−13 wd + 1200 σ + Id + 2600 [at most 2 ms after a spike])/170
 *     dwd/dt = (Vd + 70 − wd)/30,  dws/dt = −ws/100,  dθ/dt = −(θ + 50)/27;  at a spike Vs = −70, ws + 1, θ + 2
 *     i = gE (0 − V) + gI (−80 − V);  gE and gI fall with 5 and 10 ms
 *
 * The order of a step: potentials, from the old state; wd from the new Vd, ws and θ; conductances decay, then take in what arrives; a
 * cell with Vs > θ spikes. States are called by `name`.
 *
 * @param somaticForce whether dendritic synapses see the potential of the soma, as in the program of the authors, not that of the dendrite
 * @returns whether each cell spikes
 */
export function burstingCells<Cells extends string>(
  circuit: Circuit,
  cells: Population<Cells>,
  name: string,
  dt: number,
  soma: Arrivals<Cells>,
  dendrite: Arrivals<Cells>,
  somaticForce = false,
): Signal<Cells> {
  const state = (of: string, start: number) => circuit.state(`${of}${name}`, cells, start, 'ever');
  const Vs = state('Vs', rest);
  const Vd = state('Vd', rest);
  const ws = state('ws', 0);
  const wd = state('wd', 0.1);
  const theta = state('θ', threshold);
  const spiked = Math.round(afterSpike / dt);
  const since = state('since', spiked); // steps since the last spike

  /** gE and gI, and the current i that they have at this potential. */
  function synapses(of: string, arrivals: Arrivals<Cells>, V: Signal<Cells>) {
    const [gE, gI] = [state(`gE${of}`, 0), state(`gI${of}`, 0)];
    const arrive = (g: Signal<Cells>, arriving: Signal<Cells> | undefined) => (arriving ? g.plus(arriving) : g);
    gE.becomes(arrive(gE.times(decayOf(dt, 5)), arrivals.excitation));
    gI.becomes(arrive(gI.times(decayOf(dt, 10)), arrivals.inhibition));
    return gI.times(V.times(-1).plus(inhibitory)).minus(gE.times(V));
  }
  const is = synapses('s', soma, Vs);
  const id = synapses('d', dendrite, somaticForce ? Vs : Vd);
  const plus = (sum: Signal<Cells>, current: Signal<Cells> | undefined) => (current ? sum.plus(current) : sum);

  const sigma = Vd.plus(38)
    .times(1 / 6)
    .through('sigmoid')
    .as(`σ${name}`);
  const back = since.times(-1).plus(spiked).through('step').as(`back${name}`); // [at most 2 ms after a spike]

  const somatic = plus(sigma.times(1300).minus(ws.times(200)), soma.current);
  const nextVs = Vs.plus(
    is
      .minus(Vs)
      .plus(rest)
      .times(1 / 16)
      .plus(somatic.times(1 / 370))
      .times(dt, 'dt'),
  );
  const dendritic = plus(sigma.times(1200).minus(wd.times(13)).plus(back.times(2600)), dendrite.current);
  const nextVd = Vd.plus(
    id
      .minus(Vd)
      .plus(rest)
      .times(1 / 7)
      .plus(dendritic.times(1 / 170))
      .times(dt, 'dt'),
  );
  const nextTheta = theta.minus(theta.minus(threshold).times(dt / 27));

  nextVs.as(`Vs⁺${name}`);
  nextVd.as(`Vd⁺${name}`);
  nextTheta.as(`θ⁺${name}`);
  const spike = exceeds(nextVs, nextTheta).as(`s${name}`);
  Vs.becomes(nextVs.minus(spike.times(nextVs.minus(rest))));
  Vd.becomes(nextVd);
  wd.becomes(
    wd.plus(
      nextVd
        .minus(rest)
        .minus(wd)
        .times(dt / 30),
    ),
  );
  ws.becomes(ws.times(decayOf(dt, 100)).plus(spike));
  theta.becomes(nextTheta.plus(spike.times(2)));
  const later = since.plus(1).minimum(spiked);
  since.becomes(later.minus(spike.times(later)));
  return spike;
}

/** How long what a spike does to the dendrite lasts, in ms. */
const afterSpike = 2;
