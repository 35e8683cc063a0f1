import { expect, test } from 'vitest';
import { Pace } from '../src/page/training/pace.ts';

test('samples a second count the time between rounds', () => {
  const pace = new Pace();
  pace.begin(0, 0);
  const readings = Array.from({ length: 100 }, (_, i) => pace.note(50 * (i + 1), i + 1));
  for (const reading of readings) expect(reading).toBeCloseTo(20, 6);
});

test('at one sample a second, too', () => {
  const pace = new Pace();
  pace.begin(0, 500);
  for (let i = 1; i < 10; i++) expect(pace.note(1000 * i, 500 + i)).toBeCloseTo(1, 6);
});

test('what was long ago does not count', () => {
  const pace = new Pace();
  pace.begin(0, 0);
  for (let time = 100; time <= 5000; time += 100) pace.note(time, time);
  for (let time = 5100; time <= 8000; time += 100) pace.note(time, 5000 + (time - 5000) / 10);
  expect(pace.note(8100, 5310)).toBeCloseTo(100, 6);
});
