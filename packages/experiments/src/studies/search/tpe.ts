import { RandomStream } from '@apical/core';
import type { Settings } from '../../config/settings.ts';
import { isActive } from '../axis-values.ts';
import type { Axis, TpeSettings, Trial } from '../study.ts';
import { parzenOver } from './parzen.ts';
import { randomTrial } from './random.ts';
import type { LossOf, Search } from './search.ts';

/** How many values are drawn from the good trials' density, of which the best is proposed (Bergstra et al.: 24). */
const candidates = 24;

interface Tried {
  readonly settings: Settings;
  readonly loss: number;
}

/**
 * The tree-structured Parzen estimator of J. Bergstra, R. Bardenet, Y. Bengio and B. Kégl, *Algorithms for hyper-parameter
 * optimization*, NeurIPS 2011. What was tried is split into the good and the others; on every axis by itself, values are
 * drawn from the density l of the good ones, and the one at which l is largest beside the others' density g is proposed.
 * Trials are proposed a batch at a time, so that they can be done in parallel and in any order.
 */
export function* tpe(
  axes: readonly Axis[],
  options: TpeSettings,
  allowed: (settings: Settings) => boolean,
  loss: LossOf,
): Search {
  const { trials, seed, batch, startup } = options;
  const tried: Tried[] = [];
  for (let first = 0; first < trials; ) {
    const isStart = first < startup;
    const count = Math.min(isStart ? startup : batch, trials - first);
    const split = isStart ? undefined : splitTried(tried);
    const round = Array.from({ length: count }, (_, i): Trial => {
      const stream = new RandomStream(seed, `trial ${first + i}`);
      return split ? proposal(axes, split, stream, allowed) : randomTrial(axes, stream, allowed);
    });
    yield { start: round, awaited: round };
    for (const trial of round) tried.push({ settings: trial.settings, loss: loss(trial) });
    first += count;
  }
}

interface Split {
  readonly good: readonly Tried[];
  readonly others: readonly Tried[];
}

/** The good are a tenth, at least one and at most 25; of equal ones, the earlier. */
function splitTried(tried: readonly Tried[]): Split {
  const ranked = [...tried].sort((a, b) => (a.loss < b.loss ? -1 : Number(a.loss > b.loss)));
  const count = Math.min(25, Math.ceil(tried.length / 10));
  return { good: ranked.slice(0, count), others: ranked.slice(count) };
}

/** After so many proposals that the study's condition forbids, one at random is taken instead. */
const attempts = 100;

function proposal(
  axes: readonly Axis[],
  split: Split,
  stream: RandomStream,
  allowed: (settings: Settings) => boolean,
): Trial {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const settings: Settings = {};
    for (const axis of axes) {
      if (!isActive(axis, settings)) continue;
      // Only trials in which the axis counted say something of it.
      const of = (some: readonly Tried[]) => some.flatMap((one) => one.settings[axis.name] ?? []);
      const [good, others] = [parzenOver(axis.scale, of(split.good)), parzenOver(axis.scale, of(split.others))];
      let best = -Infinity;
      for (let i = 0; i < candidates; i++) {
        const value = good.draw(stream);
        const score = good.density(value) / others.density(value);
        if (score <= best) continue;
        best = score;
        settings[axis.name] = value;
      }
    }
    if (allowed(settings)) return { settings };
  }
  return randomTrial(axes, stream, allowed);
}
