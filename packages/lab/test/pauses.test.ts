import { expect, test } from 'vitest';
import { Pauses } from '../src/page/studies/pauses.ts';

test('pauses double from one second to fifteen, and begin anew after success', () => {
  const pauses = new Pauses();
  const seconds = () => pauses.next() / 1000;
  expect(Array.from({ length: 6 }, seconds)).toEqual([1, 2, 4, 8, 15, 15]);
  pauses.reset();
  expect(seconds()).toBe(1);
});
