import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { throttle } from './throttle.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('lets a value through every 100 ms at most', () => {
  const told: number[] = [];
  const tell = throttle((value: number) => told.push(value), 100);
  for (let time = 0; time < 1000; time += 10) {
    tell(time);
    vi.advanceTimersByTime(10);
  }
  expect(told).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900]);
});
