import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createNetwork, rules, samplesOf } from '../src/index.ts';
import { subjects } from './registry.ts';

// Of a data set most of whose inputs are zero, only the others are read; of arrays, all are.

const withoutTime = rules.filter(({ time }) => !time);

test.each(withoutTime.map((rule) => [rule.name, rule] as const))(
  '%s: the same bits whether zeros are left out or not, also with one cell',
  async (_, rule) => {
    await fc.assert(
      fc.asyncProperty(subjects(rule, 4), fc.boolean(), fc.boolean(), async ({ options, X, Y }, hasOneCell, fused) => {
        const { inputs, labels, hidden } = options;
        const oneCell = Array.isArray(hidden) ? hidden.map(() => 1) : 1;
        const made = () =>
          createNetwork({ ...options, engine: 'plain', fused, ...(hasOneCell && { hidden: oneCell }) });
        const mostlyZero = X.flatMap((row, s) => row.map((x, j) => ((s + j) % 3 === 0 ? x : 0)));
        const samples = samplesOf({
          ...{ X: mostlyZero, inputs },
          ...(labels > 0 && { Y: Y.flat(), labels }),
        });
        const [listed, whole] = [await made(), await made()];
        listed.learnSamples(samples, Uint32Array.from(X.keys()));
        whole.partialFit(mostlyZero, Y.flat());
        expect(listed.weights()).toEqual(whole.weights());
      }),
      { numRuns: 12, seed: 8 },
    );
  },
);
