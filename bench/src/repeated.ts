import { roundRobin, secondsOf } from './round-robin.ts';
import { type Summary, summarise } from './statistics.ts';

/** Does something so many times; returns the seconds it took, without what was only preparation. */
export type Repeatable = (times: number) => number | Promise<number>;

/** How long to measure. */
export interface Patience {
  readonly rounds: number;
  /** About how long one measurement of a round lasts. */
  readonly seconds: number;
}

/** Seconds that each of the actions takes once, measured in turns, after a round that is not counted. */
export async function secondsEach(actions: readonly Repeatable[], patience: Patience): Promise<Summary[]> {
  const tasks: { action: Repeatable; times: number }[] = [];
  for (const action of actions) tasks.push({ action, times: await timesFor(action, patience.seconds) });
  const measured = await roundRobin(
    tasks,
    patience.rounds + 1,
    async ({ action, times }) => (await action(times)) / times,
  );
  return measured.map((values) => summarise(values.slice(1)));
}

/** The repetitions that take about so long. */
async function timesFor(action: Repeatable, seconds: number): Promise<number> {
  for (let times = 1; ; times *= 2) {
    // The quicker of two: the first may have been compiled, or disturbed, on its way.
    const taken = Math.min(await action(times), await action(times));
    if (taken > seconds / 4) return Math.max(1, Math.round((times * seconds) / taken));
  }
}

/** A function that does one thing, as a thing that can be repeated. */
export function repeatable(action: () => void): Repeatable {
  return (times) =>
    secondsOf(() => {
      for (let i = 0; i < times; i++) action();
    });
}
