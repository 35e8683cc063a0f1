import { defineStream } from './generator.ts';

/** A regular train, again and again: `count` spikes, `interval` apart, the first at `first` after every `period`; the same in all cells. */
export const regular = defineStream({
  name: 'regular',
  says: 'spikes at equal intervals, so many every period',
  parameters: {
    interval: { default: 100, above: 0, says: 'the time from one spike to the next' },
    count: { default: 1, min: 1, whole: true, says: 'how many spikes there are in a period' },
    first: { default: 0, min: 0, says: 'when the first comes, after the start of the period' },
    period: { default: 1000, above: 0, says: 'the time after which they come again' },
    until: { default: 1e12, min: 0, says: 'the time from which on there are no more' },
  },
  problem({ interval, count, first, period }) {
    const last = first + (count - 1) * interval;
    return last < period ? undefined : `the last of ${count} spikes comes at ${last}, after the period, ${period}`;
  },
  start({ interval, count, first, period, until }, cells, _, dt) {
    const steps = Math.round(period / dt);
    const end = Math.round(until / dt);
    // A spike at the border of two steps, to rounding, is in the later one.
    const at = new Set(Array.from({ length: count }, (_, i) => Math.floor((first + i * interval) / dt + 1e-6)));
    return (out, { first: from, count: length }) => {
      for (let i = 0; i < length; i++) {
        const step = from + i;
        if (step < end && at.has(step % steps)) out.fill(1, i * cells, (i + 1) * cells);
      }
    };
  },
});
