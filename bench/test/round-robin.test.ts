import { expect, test } from 'vitest';
import { secondsEach } from '../src/repeated.ts';
import { roundRobin } from '../src/round-robin.ts';

test('everyone has a turn in every round, and each round begins with another', async () => {
  const turns: string[] = [];
  const measured = await roundRobin(['a', 'b', 'c'], 4, (subject, round) => {
    turns.push(`${subject}${round}`);
    return round;
  });
  expect(turns).toEqual(['a0', 'b0', 'c0', 'b1', 'c1', 'a1', 'c2', 'a2', 'b2', 'a3', 'b3', 'c3']);
  expect(measured).toEqual([
    [0, 1, 2, 3],
    [0, 1, 2, 3],
    [0, 1, 2, 3],
  ]);
});

test('the seconds of an action are those of one repetition, however long it takes', async () => {
  const costs = [1e-7, 1e-3, 2];
  const times = await secondsEach(
    costs.map((cost) => (repetitions: number) => cost * repetitions),
    { rounds: 3, seconds: 0.1 },
  );
  for (const [i, cost] of costs.entries()) expect(times[i]!.median / cost).toBeCloseTo(1, 9);
});
