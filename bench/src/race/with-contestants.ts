import { availableParallelism } from 'node:os';
import { sideBySide } from '../side-by-side.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';
import { Contestant } from './contestant.ts';
import type { Implementation } from './implementations.ts';
import { bind } from './one-core.ts';
import type { Problem } from './problem.ts';
import { writeSetup } from './setup.ts';

export interface Conditions {
  /** How long those in JavaScript that are timed learn before, so that V8 has optimised what they run. */
  readonly warmUpSeconds: number;
  /** Whether all of them run on one core, once they are ready. */
  readonly onOneCore: boolean;
}

/** Contestants that go on with other problems, and have none. */
const resting = new Map<Implementation, Contestant[]>();

/**
 * Starts implementations on a problem, several at a time, and ends them when they have been used; those that go on with other problems are
 * kept: see `endResting`.
 * @throws Error if one does not start
 */
export async function withContestants<Result>(
  problem: Problem,
  implementations: readonly Implementation[],
  { warmUpSeconds, onOneCore }: Conditions,
  use: (contestants: readonly Contestant[]) => Promise<Result>,
): Promise<Result> {
  return await withTemporaryFolder(async (folder) => {
    const started: Contestant[] = [];
    let hasSucceeded = false;
    try {
      writeSetup(folder, { ...problem, settings: { ...problem.settings, warmUpSeconds } });
      const contestants = await sideBySide(implementations, availableParallelism(), async (each) => {
        const contestant = await startOn(folder, each);
        started.push(contestant);
        return contestant;
      });
      for (const each of contestants) bind(each.process, onOneCore);
      const result = await use(contestants);
      hasSucceeded = true;
      return result;
    } finally {
      const rests = ({ implementation }: Contestant) => hasSucceeded && implementation.goesOn === true;
      for (const each of started.filter(rests)) {
        resting.set(each.implementation, [...(resting.get(each.implementation) ?? []), each]);
      }
      await Promise.all(started.filter((each) => !rests(each)).map((each) => each.end()));
    }
  });
}

async function startOn(folder: string, implementation: Implementation): Promise<Contestant> {
  const rested = resting.get(implementation)?.pop();
  await rested?.begin(folder);
  return rested ?? (await Contestant.start(implementation, folder));
}

/** Ends those that were kept for other problems. */
export async function endResting(): Promise<void> {
  const all = [...resting.values()].flat();
  resting.clear();
  await Promise.all(all.map((each) => each.end()));
}
