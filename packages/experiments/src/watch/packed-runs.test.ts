import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packRuns, unpackRuns } from './packed-runs.ts';

test('runs that are packed and sent are the same when they are unpacked', () => {
  const value = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.array(fc.string()));
  const values = fc.dictionary(fc.constantFrom('rule', 'hidden', 'rates.W1.eta0', 'accuracy.test'), value, {
    noNullPrototype: true,
  });
  const run = fc.record({
    name: fc.string(),
    status: fc.constantFrom('finished' as const, 'running' as const),
    settings: values,
    results: values,
  });
  fc.assert(
    fc.property(fc.array(run), (runs) => {
      expect(unpackRuns(JSON.parse(JSON.stringify(packRuns(runs))))).toEqual(runs);
    }),
  );
});
