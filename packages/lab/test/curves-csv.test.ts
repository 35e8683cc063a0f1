import { expect, test } from 'vitest';
import { curvesCsv } from '../src/page/views/curves/curves-csv.ts';

test('a table of curves has a line for each number of each run, to the last digit; names with commas are quoted', () => {
  const points = [
    { samples: 10, readings: { objective: 0.1 + 0.2, 'accuracy.test': 0.5 } },
    { samples: 100, readings: { objective: 1e-9 } },
  ];
  const lines = curvesCsv([], [{ label: 'a,b', points }])
    .trimEnd()
    .split('\n');
  expect(lines).toEqual([
    'run,samples,measure,value',
    `"a,b",10,objective,${0.1 + 0.2}`,
    '"a,b",10,accuracy.test,0.5',
    '"a,b",100,objective,1e-9',
  ]);
});
