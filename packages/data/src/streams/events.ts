import { InputError, logarithm, type RandomStream } from '@apical/core';
import { defineStream, exact } from './generator.ts';

/**
 * Trains of events, each a spike or, with a probability, a burst of two. From the last spike of an event to the next event it takes `dead`
 * and then an exponentially distributed time, such that without bursts there are `rate` events in a unit of time; a second spike follows the
 * first after `after` and a uniformly distributed time up to `spread`. Without bursts, a Poisson train with a dead time.
 */
export const events = defineStream({
  name: 'events',
  says: 'events at random, each a spike or a burst of two',
  parameters: {
    rate: { default: 0.01, above: 0, says: 'events of a cell in a unit of time, if none is a burst' },
    dead: { default: 0, min: 0, says: 'the least time from the last spike of an event to the next event' },
    burst: { default: 0, min: 0, max: 1, says: 'the probability that a second spike follows' },
    after: { default: 2, min: 0, says: 'the least time from the first spike of a burst to the second' },
    spread: { default: 10, min: 0, says: 'by how much that time is more, at most' },
    exact,
  },
  problem: ({ rate, dead }) =>
    dead >= 1 / rate ? `dead must be less than 1/rate, ${1 / rate}, not ${dead}` : undefined,
  start({ rate, dead, burst, after, spread, exact }, cells, random, dt) {
    if (rate * dt > 1) {
      throw new InputError(`rate of events must be at most ${1 / dt}, one a step of ${dt}, not ${rate}`);
    }
    const mean = 1 / rate - dead;
    const trains = Array.from({ length: cells }, (_, cell) => new Train(random, cell, cells));
    /** The times of the spikes of an event, after the last spike before it. */
    const next = (train: Train, last: number) => {
      const [wait, isBurst, more] = train.draw();
      const first = last + dead - mean * logarithm(1 - wait);
      return isBurst < burst ? [first, first + after + spread * more] : [first];
    };
    return (out, { first, count }) => {
      for (const [cell, train] of trains.entries()) {
        train.goTo(first * dt, next);
        for (let at = train.spike(next); at < (first + count) * dt; at = train.spike(next)) {
          train.pass();
          const step = Math.floor(at / dt);
          if (step < first || step >= first + count) continue;
          out[(step - first) * cells + cell] = exact ? step + 1 - at / dt : 1;
        }
      }
    };
  },
});

type Next = (train: Train, last: number) => readonly number[];

/** The spikes of a cell, one event after the other: each is drawn from numbers of its own, so that the train is the same wherever it is begun. */
class Train {
  readonly #random: RandomStream;
  readonly #cell: number;
  readonly #cells: number;
  #event = 0;
  #spikes: readonly number[] = [];
  #place = 0;
  /** The last spike that was passed. */
  #passed = Number.NEGATIVE_INFINITY;

  constructor(random: RandomStream, cell: number, cells: number) {
    this.#random = random;
    this.#cell = cell;
    this.#cells = cells;
  }

  /** Three uniform numbers for an event. */
  draw(): [number, number, number] {
    this.#random.position = 6 * (this.#event * this.#cells + this.#cell);
    this.#event += 1;
    return [this.#random.uniform(), this.#random.uniform(), this.#random.uniform()];
  }

  /** The next spike. */
  spike(next: Next): number {
    if (this.#place === this.#spikes.length) {
      this.#spikes = next(this, this.#spikes.at(-1) ?? 0);
      this.#place = 0;
    }
    return this.#spikes[this.#place]!;
  }

  /** Goes on to the one after it. */
  pass(): void {
    this.#passed = this.#spikes[this.#place]!;
    this.#place += 1;
  }

  /** Goes to the first spike from a time on; from the beginning, where that is past. */
  goTo(time: number, next: Next): void {
    if (this.#passed >= time) {
      this.#passed = Number.NEGATIVE_INFINITY;
      this.#event = 0;
      this.#spikes = [];
      this.#place = 0;
    }
    while (this.spike(next) < time) this.pass();
  }
}
