import { InputError, sineOfTurns } from '@apical/core';
import { defineStream, span, waveform } from './generator.ts';

/** The same number all the time. */
export const constant = defineStream({
  name: 'constant',
  says: 'the same number',
  parameters: { value: { default: 1, says: 'that number' }, ...span },
  start(parameters, cells) {
    return (out, clock) => waveform(out, cells, clock, parameters, () => parameters.value);
  },
});

/** mean + amplitude sin(2π t / period), t at the end of a step. */
export const sine = defineStream({
  name: 'sine',
  says: 'a sine about a mean',
  parameters: {
    mean: { default: 0, says: 'its mean' },
    amplitude: { default: 1, says: 'how far it goes from it' },
    period: { default: 100, above: 0, says: 'how long a turn takes' },
    ...span,
  },
  start(parameters, cells) {
    const { mean, amplitude, period } = parameters;
    return (out, clock) => waveform(out, cells, clock, parameters, (t) => mean + amplitude * sineOfTurns(t / period));
  },
});

/** A ramp from one number at `from` to another at `until`. */
export const ramp = defineStream({
  name: 'ramp',
  says: 'a number that goes evenly from one to another',
  parameters: { start: { default: 0, says: 'the first' }, end: { default: 1, says: 'the last' }, ...span },
  problem: ({ from, until }) => (until > from ? undefined : `until must be more than from, ${from}, not ${until}`),
  start(parameters, cells) {
    const { start, end, from, until } = parameters;
    return (out, clock) =>
      waveform(out, cells, clock, parameters, (t) => start + ((end - start) * (t - from)) / (until - from));
  },
});

/** A pulse of one width again and again, from `from` on. */
export const pulses = defineStream({
  name: 'pulses',
  says: 'a number for a while, again and again',
  parameters: {
    value: { default: 1, says: 'that number' },
    width: { default: 1, above: 0, says: 'how long a pulse is' },
    period: { default: 100, above: 0, says: 'from the start of one to that of the next' },
    ...span,
  },
  problem: ({ width, period }) =>
    width <= period ? undefined : `width must be at most the period, ${period}, not ${width}`,
  start(parameters, cells, _, dt) {
    const { value, width, period, from } = parameters;
    const [begin, wide, apart] = [from, width, period].map((time) => Math.round(time / dt)) as [number, number, number];
    if (wide === 0) throw new InputError(`width of pulses must be at least half a step of ${dt}, not ${width}`);
    return (out, clock) =>
      waveform(out, cells, clock, parameters, (t) => {
        const step = Math.round(t / dt) - 1;
        return (step - begin) % apart < wide ? value : 0;
      });
  },
});
