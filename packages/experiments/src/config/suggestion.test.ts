import { expect, test } from 'vitest';
import { suggestion } from './suggestion.ts';

const known = ['hidden', 'ridge', 'W1', 'W2'];

test.each([
  ['hiden', 'hidden'],
  ['Hidden', 'hidden'],
  ['w2', 'W2'],
  ['rigde', 'ridge'],
])('%s is taken for %s', (typed, meant) => {
  expect(suggestion(typed, known)).toBe(` (did you mean "${meant}"?)`);
});

test('a name that is like none of the known ones gets no suggestion', () => {
  expect(suggestion('momentum', known)).toBe('');
  expect(suggestion('W3', known)).toBe('');
  expect(suggestion('anything', [])).toBe('');
});
