import { type CsvOptions, readCsv } from '@apical/data';
import { expect, test } from 'vitest';
import { pageWords } from '../src/page/store/page-words.ts';

// What readers say of options of the command is said in words of the page, which has none.
test.each<[string, string, CsvOptions]>([
  ['a table without a header', '1,2,a\n3,4,b\n5,6,a\n', { target: 'kind' }],
  ['a header of numbers and names', '2019,2020,kind\n1,2,a\n', { target: 'kind' }],
  ['a name that no other line has', '2019,2020,k\n1,2,x\n3,4,y\n5,6,x\n', { target: '-1' }],
  ['0, 1', '0,1\n3,4\n', {}],
  ['cells with spaces between them', 'a b kind\n1 2 3\n', { target: 'kind' }],
  ['semicolons in a table of commas', 'a,b\n1;2,3\n', {}],
])('%s', (_, text, options) => {
  let message = '';
  try {
    readCsv(new TextEncoder().encode(text), 'x.csv', options);
  } catch (error) {
    ({ message } = error as Error);
  }
  expect(message).toContain('--');
  expect(pageWords(message)).not.toContain('--');
});

test('commands stay as they are', () => {
  const words = 'the command reads others: apical train --data FILE --target y';
  expect(pageWords(words)).toBe(words);
});
