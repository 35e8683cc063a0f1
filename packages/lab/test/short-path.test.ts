import { expect, test } from 'vitest';
import { sharedFolder, shortText } from '../src/page/studies/short-path.ts';

test.each([
  [
    ['file:/a/b/cells.csv', 'file:/a/b/flowers.csv'],
    ['cells.csv', 'flowers.csv'],
  ],
  [
    ['file:/a/2024/cells.csv', 'file:/a/2025/cells.csv', 'iris'],
    ['2024/cells.csv', '2025/cells.csv', 'iris'],
  ],
  [
    ['file:cells.csv', 'file:/a/cells.csv'],
    ['cells.csv', '/a/cells.csv'],
  ],
  [
    ['file:/a/cells.csv', 'file:/a/b/cells.csv'],
    ['cells.csv', 'b/cells.csv'],
  ],
  [['file:/a/cells.csv'], ['cells.csv']],
])('%j are told apart without the folder that they share', (sets, short) => {
  const folder = sharedFolder(sets);
  expect(sets.map((set) => shortText(set, folder))).toEqual(short);
});

test('what is long is cut in the middle', () => {
  const text = `file:${'x'.repeat(60)}/cells.csv`;
  expect(shortText(text, '')).toMatch(/^x{10}….*\/cells\.csv$/);
  expect(shortText(text, '')).toHaveLength(40);
});
