import { InputError } from '@apical/core';
import { defineStream } from './generator.ts';

/** Poisson trains in steps: each cell spikes in a step with the probability `rate · dt`, independently; or, frozen, in the same steps again and again. */
export const poisson = defineStream({
  name: 'poisson',
  says: 'spikes at random, of one rate',
  parameters: {
    rate: { default: 0.01, min: 0, says: 'spikes of a cell in a unit of time: 0.01 in a ms are 10 Hz' },
    frozen: { default: 0, min: 0, says: 'how long a pattern is that comes again and again; 0: there is none' },
  },
  start({ rate, frozen }, cells, random, dt) {
    if (rate * dt > 1) {
      throw new InputError(`rate of poisson must be at most ${1 / dt}, a spike a step of ${dt}, not ${rate}`);
    }
    const period = Math.round(frozen / dt);
    const spikesAt = (step: number, out: Float32Array, at: number) => {
      random.position = 2 * step * cells;
      for (let cell = 0; cell < cells; cell++) if (random.uniform() < rate * dt) out[at + cell] = 1;
    };
    const pattern = new Float32Array(period * cells);
    for (let step = 0; step < period; step++) spikesAt(step, pattern, step * cells);
    return (out, { first, count }) => {
      for (let i = 0; i < count; i++) {
        const step = first + i;
        if (period === 0) spikesAt(step, out, i * cells);
        else out.set(pattern.subarray((step % period) * cells, ((step % period) + 1) * cells), i * cells);
      }
    };
  },
});
