import { RandomStream } from '@apical/core';
import type { Settings } from '../../config/settings.ts';
import type { AshaSettings, Axis, Trial } from '../study.ts';
import { randomTrial } from './random.ts';
import type { LossOf, Search } from './search.ts';

/** A trial at a rung, running or done. */
interface Job {
  readonly trial: Trial;
  readonly rung: number;
  /** When it ends, in samples learned since the beginning, if every run is as quick as every other. */
  readonly end: number;
  loss: number;
  promoted: boolean;
}

/** The samples of the rungs: `minSamples` times powers of η, and at last all. */
export function rungs({ minSamples, eta }: Pick<AshaSettings, 'minSamples' | 'eta'>, samples: number): number[] {
  const below: number[] = [];
  for (let at = minSamples; at < samples; at *= eta) below.push(at);
  return [...below, samples];
}

/**
 * Asynchronous successive halving: L. Li et al., *A system for massively parallel hyperparameter tuning*, MLSys 2020,
 * algorithm 2. Whenever one of `parallel` places is free, a trial that is among the best 1/η of its rung goes on to η times
 * the samples, the highest rung first; where there is none, a new one begins at the lowest.
 *
 * Which run ends first decides who is promoted. Here it is decided by samples learned, not by time: as if every sample took
 * as long as every other. So the same trials are promoted whatever the machine, and at any number of workers.
 */
export function* asha(
  axes: readonly Axis[],
  options: AshaSettings,
  samples: number,
  allowed: (settings: Settings) => boolean,
  loss: LossOf,
): Search {
  const levels = rungs(options, samples);
  const done = levels.map((): Job[] => []);
  let running: Job[] = [];
  let sampled = 0;
  let now = 0;
  for (;;) {
    const started: Job[] = [];
    while (running.length + started.length < options.parallel) {
      const promoted = promote(done, options.eta);
      if (promoted === undefined && sampled === options.trials) break;
      const stream = new RandomStream(options.seed, `trial ${sampled}`);
      const settings = promoted?.trial.settings ?? randomTrial(axes, stream, allowed).settings;
      if (promoted === undefined) sampled++;
      const rung = promoted === undefined ? 0 : promoted.rung + 1;
      const length = levels[rung] as number;
      started.push({
        trial: { settings, samples: length },
        rung,
        end: now + length,
        loss: Number.NaN,
        promoted: false,
      });
    }
    running.push(...started);
    // The first to end; of those that end together, the first that began.
    const next = running.reduce<Job | undefined>(
      (first, job) => (first && first.end <= job.end ? first : job),
      undefined,
    );
    if (next === undefined) return;
    yield { start: started.map((job) => job.trial), awaited: [next.trial] };
    next.loss = loss(next.trial);
    now = next.end;
    running = running.filter((job) => job !== next);
    done[next.rung]?.push(next);
  }
}

/** Takes the best trial that is to go on, and is not yet: among the best 1/η of its rung, of the highest rung that has one. */
function promote(done: readonly Job[][], eta: number): Job | undefined {
  for (const rung of done.slice(0, -1).reverse()) {
    const ranked = [...rung].sort((a, b) => (a.loss < b.loss ? -1 : Number(a.loss > b.loss)));
    const best = ranked.slice(0, Math.floor(rung.length / eta)).filter((job) => job.loss < Infinity);
    const next = best.find((job) => !job.promoted);
    if (next === undefined) continue;
    next.promoted = true;
    return next;
  }
  return undefined;
}
