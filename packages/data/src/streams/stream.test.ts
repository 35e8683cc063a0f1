import { expect, test } from 'vitest';
import { streamGenerators, streamOf } from './stream.ts';

const options = { dt: 0.1, seed: 3, cells: 2, channels: ['gE', 'gI'] };

/** Steps first … first + count − 1 of a stream. */
function steps(name: string, first: number, count: number, over: Partial<typeof options> = {}) {
  const stream = streamOf(name, { ...options, ...over });
  const [X, Y] = [new Float32Array(count * stream.inputs), new Float32Array(count * stream.teacher)];
  stream.fill(X, Y, first, count);
  return { X, Y };
}

test.each(streamGenerators.map(({ name }) => name))('%s: a step is the same whatever was asked for before', (name) => {
  const whole = `stream:${name}?cells=3;gE=${name};gI=sine?period=7`;
  const all = steps(whole, 0, 200);
  const part = steps(whole, 77, 50);
  expect(part.X).toEqual(all.X.subarray(3 * 77, 3 * 127));
  expect(part.Y).toEqual(all.Y.subarray(4 * 77, 4 * 127));
});

test('Poisson trains have their rate, differ from cell to cell and with the seed, and come again where they are frozen', () => {
  const { X } = steps('stream:poisson?cells=50&rate=0.05', 0, 20_000);
  const [count, expected] = [X.reduce((sum, spike) => sum + spike, 0), 50 * 20_000 * 0.05 * 0.1];
  expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected));
  expect(new Set(X)).toEqual(new Set([0, 1]));
  expect(steps('stream:poisson?cells=50&rate=0.05', 0, 100, { seed: 4 }).X).not.toEqual(X.subarray(0, 5000));
  const frozen = steps('stream:poisson?cells=5&rate=0.5&frozen=20', 0, 600).X;
  expect(frozen.subarray(5 * 200, 5 * 400)).toEqual(frozen.subarray(0, 5 * 200));
  expect(frozen.subarray(5 * 100, 5 * 200)).not.toEqual(frozen.subarray(0, 5 * 100));
});

test('a teacher says numbers of the time at the end of a step, to every cell, between from and until', () => {
  const { Y } = steps(
    'stream:poisson;gE=sine?mean=5&amplitude=2&period=10&from=1&until=3;gI=pulses?value=7&width=0.5&period=2',
    0,
    60,
  );
  for (let step = 0; step < 60; step++) {
    const expected = step >= 10 && step < 30 ? 5 + 2 * Math.sin((2 * Math.PI * 0.1 * (step + 1)) / 10) : 0;
    for (const cell of [0, 1]) expect(Y[4 * step + cell]).toBeCloseTo(expected, 5);
    expect([...Y.subarray(4 * step + 2, 4 * step + 4)]).toEqual(step % 20 < 5 ? [7, 7] : [0, 0]);
  }
});

test('a ramp goes from its start to its end', () => {
  const { Y } = steps('stream:poisson;gE=ramp?start=1&end=3&from=2&until=4', 0, 60);
  expect(Y[4 * 19]).toBe(0);
  expect(Y[4 * 29]).toBeCloseTo(2, 6);
  expect(Y[4 * 39]).toBeCloseTo(3, 6);
});

test('place fields lie evenly on the track, the shorter way round', () => {
  const { X } = steps('stream:place-fields?cells=4&length=100&speed=10&width=20&peak=40', 0, 200);
  for (let step = 0; step < 200; step++) {
    for (let cell = 0; cell < 4; cell++) {
      const way = Math.abs(((step * 0.1 * 10) % 100) - (cell + 0.5) * 25);
      const distance = Math.min(way, 100 - way) / 20;
      expect(X[4 * step + cell]).toBeCloseTo(40 * Math.exp(-distance * distance), 4);
    }
  }
});

test.each([
  [
    'stream:',
    'there is no stream ""; there are poisson, place-fields, normal, bouts, events, regular, constant, sine, ramp, pulses, spikes',
  ],
  ['stream:poisson?cells=0', 'the parameter cells of poisson must be a whole number from 1 to 1000000, not 0'],
  ['stream:poisson;gE=ramp?from=5&until=5', 'ramp: until must be more than from, 5, not 5'],
  ['stream:poisson;gE=pulses?width=9&period=3', 'pulses: width must be at most the period, 3, not 9'],
  ['stream:poisson;V=constant', 'there is no channel "V" of a teacher; there are gE, gI'],
])('%s is refused', (name, message) => {
  expect(() => streamOf(name, options)).toThrow(message);
});

test('stimuli of bouts keep their rates while they are there, have others the next time, and their mean', () => {
  const { X } = steps('stream:bouts?cells=400&mean=0.08&lasts=1&period=3', 0, 300);
  const row = (step: number) => X.subarray(400 * step, 400 * (step + 1));
  for (let step = 0; step < 300; step++) {
    if (step % 30 >= 10) expect(row(step).every((rate) => rate === 0)).toBe(true);
    else expect(row(step)).toEqual(row(step - (step % 30)));
  }
  expect(row(30)).not.toEqual(row(0));
  const rates = Array.from({ length: 10 }, (_, i) => [...row(30 * i)]).flat();
  // An exponential distribution: the standard deviation is the mean.
  expect(Math.abs(rates.reduce((sum, rate) => sum + rate, 0) / 4000 - 0.08)).toBeLessThan((4 * 0.08) / Math.sqrt(4000));
  expect(() => steps('stream:bouts?lasts=5&period=3', 0, 1)).toThrow('lasts must be at most period, 3, not 5');
});

test('normal numbers have their standard deviation', () => {
  const { X } = steps('stream:normal?cells=100&sd=2', 0, 100);
  const square = X.reduce((sum, x) => sum + x * x, 0) / X.length;
  expect(Math.abs(square - 4)).toBeLessThan((4 * 4 * Math.SQRT2) / Math.sqrt(X.length));
});
