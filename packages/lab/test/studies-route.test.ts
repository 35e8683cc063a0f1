import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRoute, usualGoal, writeRoute } from '../src/page/studies/route.ts';
import { shortName } from '../src/page/studies/run-row.ts';

test('the address says what is shown of the studies, and is read as it was written', () => {
  const name = fc.string({ minLength: 1 }).filter((text) => !text.startsWith('-'));
  const route = fc.record({
    where: fc.string(),
    sort: fc.record({ by: name, descending: fc.boolean() }),
    chosen: fc.array(fc.string(), { maxLength: 10 }),
    metric: fc.constantFrom('objective', 'accuracy.test'),
    goal: fc.constantFrom('min' as const, 'max' as const),
    length: fc.option(fc.integer({ min: 1 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(route, (shown) => {
      // As the browser has it in the address.
      const { hash } = new URL(writeRoute(shown), 'http://localhost/');
      expect(readRoute(hash)).toEqual(shown);
    }),
  );
});

test('what is by default is left out; other fragments are not of the studies', () => {
  const plain = readRoute('#/studies')!;
  expect(writeRoute(plain)).toBe('#/studies');
  expect(plain.goal).toBe(usualGoal(plain.metric));
  for (const fragment of ['', '#', '#main', '#/', '#/studiesx', '#studies']) {
    expect(readRoute(fragment), fragment).toBeUndefined();
  }
  expect(readRoute(`#/studies?${'run=a&'.repeat(50)}`)?.chosen).toHaveLength(10);
});

test('a run of a study is called by its study and the beginning of its digest, others by their folder', () => {
  expect(shortName('results/rates/runs/ab/abcdef0123456789abcd')).toBe('results/rates/abcdef01');
  expect(shortName('runs/ab/abcdef0123456789abcd')).toBe('abcdef01');
  for (const name of ['.', 'runs/mnist', 'a/runs/ab/abcdef']) expect(shortName(name)).toBe(name);
});
