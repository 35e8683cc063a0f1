import { batchEnd } from '@apical/core';
import { expect, test } from 'vitest';
import { Conductor, type Score } from '../src/page/training/conductor.ts';
import { nextEvaluation } from '../src/page/training/evaluation-points.ts';
import type { Report, Trainee } from '../src/page/training/protocol.ts';

/** Networks that only count, and the rounds that they are asked for. */
function counting(changes: Partial<Score> = {}) {
  const rounds: Record<'bmvr' | 'backprop', number[]> = { bmvr: [], backprop: [] };
  const seen: number[] = [];
  const player = (rule: 'bmvr' | 'backprop') => ({
    rule,
    trainee: {
      async advance(to: number): Promise<Report> {
        rounds[rule].push(to);
        // One takes longer than the other, and both take next to no time.
        if (rule === 'bmvr') await new Promise((resolve) => setTimeout(resolve, 1));
        return { samples: to, seconds: 1e-6 };
      },
    } as unknown as Trainee,
  });
  const players = [player('bmvr'), player('backprop')];
  const score: Score = {
    players: () => players,
    nextStop: (at) => nextEvaluation(at, 100_000),
    batchEnd: (samples) => samples,
    speed: () => Number.POSITIVE_INFINITY,
    look: () => ({}),
    beforeRound: async () => {},
    afterRound: (at) => seen.push(at),
    ...changes,
  };
  return { conductor: new Conductor(score), rounds, seen };
}

test('all networks learn the same rounds, to the end, and stop wherever something is to happen', async () => {
  const { conductor, rounds, seen } = counting();
  await conductor.play(12_345);
  expect(rounds.bmvr).toEqual(rounds.backprop);
  expect(seen).toEqual(rounds.bmvr);
  expect(seen.at(-1)).toBe(12_345);
  expect(seen.every((at, i) => at > (seen[i - 1] ?? 0))).toBe(true);
  for (let point = 1; point < 12_345; point = nextEvaluation(point, 100_000)) expect(seen).toContain(point);
});

test('stops between two rounds, goes on from there, and begins anew', async () => {
  const stopping: { stop?: Promise<void> } = {};
  const { conductor, seen } = counting({
    beforeRound: async (at) => {
      if (at >= 100 && !stopping.stop) stopping.stop = conductor.stop();
    },
  });
  await conductor.play(Number.POSITIVE_INFINITY);
  await stopping.stop;
  const stood = seen.at(-1)!;
  expect(stood).toBeGreaterThanOrEqual(100);
  await conductor.play(stood + 1);
  expect(seen.at(-1)).toBe(stood + 1);
  conductor.reset();
  await conductor.play(1);
  expect(seen.at(-1)).toBe(1);
});

test('a limited speed is kept to', async () => {
  const { conductor, seen } = counting({ speed: () => 200 });
  const start = performance.now();
  await conductor.play(100);
  // A busy machine may be slower, but none is faster.
  expect((performance.now() - start) / 1000).toBeGreaterThan(0.4);
  expect(seen.at(-1)).toBe(100);
});

test('at a limited speed, samples a second are those of the clock', async () => {
  const paces: number[] = [];
  const { conductor } = counting({ speed: () => 100, afterRound: (_at, _reports, pace) => paces.push(pace) });
  await conductor.play(60);
  // A busy machine may be slower, but none is faster.
  for (const pace of paces) expect(pace).toBeLessThan(130);
});

test('evaluation points ascend, contain the paper’s, and depend on nothing but the samples seen', () => {
  const points: number[] = [];
  for (let point = 0; point < 1e7; point = nextEvaluation(point, 100_000)) points.push(point);
  expect(points.every((point, i) => i === 0 || point > points[i - 1]!)).toBe(true);
  // The paper's steps: floor(logspace(log10 2, log10 steps, 11)).
  for (let i = 0; i < 11; i++) expect(points).toContain(Math.floor(2 * 50_000 ** (i / 10) * (1 + 1e-12)));
  expect(points.length).toBeLessThan(100);
});

test('rounds end where batches do, wherever they are asked to end', async () => {
  const [count, batch] = [1000, 128];
  const { conductor, seen } = counting({ batchEnd: (samples) => batchEnd(samples, count, batch) });
  await conductor.play(2500);
  expect(seen.at(-1)).toBe(2512);
  for (const at of seen) expect(at % count === 0 || (at % count) % batch === 0).toBe(true);
  expect(seen).toContain(1000);
});
