import type { Circuit } from '../../circuit/circuit.ts';
import type { Population } from '../../circuit/population.ts';
import type { Signal } from '../../circuit/signal.ts';

/** Where a cell has fired in a step: 1 for an event, 1 for a burst. */
export interface Bursts<Cells extends string> {
  /** The first spike after a gap. */
  readonly event: Signal<Cells>;
  /** The second spike of an event, where it comes soon enough. Later ones count for nothing. */
  readonly burst: Signal<Cells>;
}

/**
 * Events and bursts by intervals: a spike not later than `gap` after the last belongs to its burst.
 *
 * @param spikes 0 where there is none, else what was left of the step when it came: 1 at its start, ½ in its middle. So intervals are those
 * of the times; of spikes of 1, whole steps
 * @param gap in steps
 */
export function burstsByIntervals<Cells extends string>(
  circuit: Circuit,
  spikes: Signal<Cells>,
  gap: number,
  name: string,
): Bursts<Cells> {
  const cells = spikes.population;
  const far = Math.ceil(gap) + 1;
  const one = circuit.constant(cells, 1);
  const spike = spikes.through('step');
  const since = circuit.state(`since ${name}`, cells, far, 'ever'); // from the last spike to the start of the step
  const opened = circuit.state(`opened ${name}`, cells, 0, 'ever'); // whether the last spike was an event

  // An interval of the gap, to rounding, belongs to the burst.
  const interval = since.plus(1).minus(spikes);
  const follows = interval
    .times(-1)
    .plus(gap + rounding)
    .through('step');
  const event = spike.times(one.minus(follows));
  const burst = spike.times(follows).times(opened);
  since.becomes(since.plus(1).minimum(far).times(one.minus(spike)).plus(spikes));
  opened.becomes(opened.times(one.minus(spike)).plus(event));
  return { event, burst };
}

/** In steps. */
const rounding = 1e-3;

/**
 * Events and bursts by a trace that every spike raises by 1, and that falls to 1/e in the gap: a spike is an event where the trace is
 * below 1/e. After an isolated spike that is the gap; in a regular train, as spikes add up, more.
 *
 * @param decay of the trace in a step. @param lag how many steps later than it comes a spike raises the trace
 */
export function burstsByTrace<Cells extends string>(
  circuit: Circuit,
  spike: Signal<Cells>,
  { decay, lag, name }: { readonly decay: number; readonly lag: number; readonly name: string },
): Bursts<Cells> {
  const cells = spike.population;
  const one = circuit.constant(cells, 1);
  const trace = circuit.state(`recent ${name}`, cells, 0, 'ever');
  const decayed = trace.times(decay);
  const event = spike.times(one.times(inverseOfE).minus(decayed).through('step'));
  trace.becomes(decayed.plus(delayed(circuit, spike, lag, name)));

  const opened = circuit.state(`opened ${name}`, cells, 0, 'ever');
  const burst = spike.minus(event).times(opened);
  opened.becomes(opened.times(one.minus(spike)).plus(event));
  return { event, burst };
}

const inverseOfE = 0.36787944117144233;

/** What the signal was so many steps before: 0 at first. */
export function delayed<Cells extends string>(
  circuit: Circuit,
  signal: Signal<Cells>,
  steps: number,
  name: string,
): Signal<Cells> {
  let last = signal;
  for (let i = 1; i <= steps; i++) {
    const kept = circuit.state(`${name} ${i} ago`, signal.population as Population<Cells>, 0, 'ever');
    kept.becomes(last);
    last = kept;
  }
  return last;
}
