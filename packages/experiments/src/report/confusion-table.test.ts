import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { confusionTable } from './confusion-table.ts';

const matrix = (classes: number) =>
  Array.from({ length: classes }, (_, i) => Array.from({ length: classes }, (_, j) => i * j));
const tableOf = (names: readonly string[]) =>
  parseHTML(confusionTable('c', 'caption', matrix(names.length), names).markup).document;

test('columns are no wider than their numbers: long names stand upright, and many classes have the width of the page', () => {
  const digits = tableOf(['0', '1', '2']);
  expect(digits.querySelectorAll('.named, .wide')).toHaveLength(0);
  const clothes = tableOf(['T-shirt/top', 'Trouser', 'Bag']);
  expect(clothes.querySelector('.scroll.wide')).not.toBeNull();
  expect([...clothes.querySelectorAll('.named')].map(({ textContent }) => textContent)).toEqual([
    'T-shirt/top',
    'Trouser',
    'Bag',
  ]);
  expect(
    tableOf(Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i))).querySelector('.scroll.wide'),
  ).not.toBeNull();
});
