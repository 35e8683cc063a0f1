import { logarithm } from '@apical/core';
import { defineStream } from './generator.ts';

/** Stimuli one after the other, each a rate of its own in each cell, exponentially distributed, that is there for a while and then no more. */
export const bouts = defineStream({
  name: 'bouts',
  says: 'stimuli of random rates in each cell, each there for a while, and then silence until the next',
  parameters: {
    mean: { default: 0.08, min: 0, says: 'the mean of the rates' },
    lasts: { default: 10, above: 0, says: 'how long a stimulus is there' },
    period: { default: 120, above: 0, says: 'the time from one to the next' },
  },
  problem: ({ lasts, period }) =>
    lasts > period ? `lasts must be at most period, ${period}, not ${lasts}` : undefined,
  start({ mean, lasts, period }, cells, random, dt) {
    const [on, all] = [Math.round(lasts / dt), Math.round(period / dt)];
    return (out, { first, count }) => {
      for (let i = 0; i < count; i++) {
        const step = first + i;
        if (step % all >= on) continue;
        random.position = 2 * Math.floor(step / all) * cells;
        for (let cell = 0; cell < cells; cell++) out[i * cells + cell] = -mean * logarithm(1 - random.uniform());
      }
    };
  },
});
