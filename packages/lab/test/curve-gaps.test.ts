import type { RunCurve } from '@apical/experiments';
import { expect, test } from 'vitest';
import { curveGaps } from '../src/page/studies/curve-gaps.ts';

const curve = (change: Partial<RunCurve> = {}): RunCurve => ({
  points: [{ samples: 10, readings: { objective: 1 } }],
  isStarted: false,
  isCut: false,
  problems: [],
  ...change,
});

test('a curve that is whole has no gaps; one that is not there has a reason, and one only', () => {
  expect(curveGaps(curve(), 'finished', 'objective')).toEqual([]);
  for (const status of ['finished', 'diverged', 'running', 'unfinished', 'damaged'] as const) {
    expect(curveGaps(curve({ points: [] }), status, 'objective'), status).toHaveLength(1);
    expect(curveGaps(curve({ points: [], problems: ['why'] }), status, 'objective')).toEqual(['why']);
  }
  expect(curveGaps(curve(), 'finished', 'accuracy.test')).toEqual(['its evaluations have no accuracy.test']);
});
