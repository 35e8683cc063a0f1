import { allOperations, stopsEarly, type Trace } from '../circuit/trace.ts';
import { traceEnergy, traceEnergySteps } from '../network/meter.ts';
import type { Network } from '../network/network.ts';
import { checkFinite } from '../network/plain/diverged.ts';
import type { LaidOut } from '../rules/lay-out.ts';
import type { Samples } from '../samples.ts';

/**
 * The energy of each layer after every step of settling, with the labels clamped, the mean over a data set: `[k][l − 1]` is that of layer l
 * after k steps, from the start on. Samples that are at rest before keep theirs. An empty list of rules that do not settle down an energy
 * step by step.
 *
 * @throws InputError for samples of another shape, without labels, and none; DivergenceError for a state that is not finite
 */
export function energySteps(network: Network, samples: Samples): readonly (readonly number[])[] {
  const stepped = energyStepsOf(network.blueprint);
  const { signals, steps } = stepped ?? { signals: [], steps: -1 };
  const totals = Array.from({ length: steps + 1 }, () => signals.map(() => 0));
  /** How many steps of the block at hand were measured. */
  let done = 0;
  const add = (layers: readonly number[]) => {
    for (const [i, energy] of layers.entries()) totals[done]![i]! += energy;
    done++;
  };
  network.measure(samples, stepped, {
    watch: (meter, count) => ({ step: () => add(meter.now(count)) }),
    measured: (meter, count) => {
      while (done <= steps) add(meter.now(count));
      done = 0;
      checkFinite(totals.flat());
    },
  });
  return totals.map((each) => each.map((total) => total / samples.count));
}

/** What the energy in each step is computed by; undefined where there are no steps. */
export function energyStepsOf(laidOut: Pick<LaidOut, 'circuit' | 'behaviour'>) {
  const energy = traceEnergy(laidOut);
  return energy && traceEnergySteps(energy);
}

/**
 * How many steps each sample of a data set settles, where it stops when it is at rest. An empty list of rules whose samples all take all
 * steps.
 *
 * @throws InputError for samples of another shape, without labels, and none; DivergenceError for a state that is not finite
 */
export function settlingSteps(network: Network, samples: Samples): readonly number[] {
  const trace = learningOf(network.blueprint);
  const taken: number[] = [];
  const rested = (steps: Uint32Array) => {
    for (const each of steps) taken.push(each);
  };
  network.measure(samples, settlesEarly(trace) ? { trace, signals: [] } : undefined, { watch: () => ({ rested }) });
  return taken;
}

/** Whether samples of what learns can settle in fewer steps than others. */
export function settlesEarly(trace: Trace): boolean {
  return allOperations(trace).some((each) => each.kind === 'repeat' && stopsEarly(each));
}

/** What is done with a sample that is learned. */
export function learningOf({ circuit, behaviour }: Pick<LaidOut, 'circuit' | 'behaviour'>): Trace {
  return circuit.trace((x, y) => void behaviour.learn(x, y));
}
