import { describe, expect, test } from 'vitest';
import { readCsv } from './csv.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

const pandasMissing = [
  ...['#N/A', '#N/A N/A', '#NA', '-1.#IND', '-1.#QNAN', '-NaN', '-nan', '1.#IND', '1.#QNAN', '<NA>', 'N/A'],
  ...['NA', 'NULL', 'NaN', 'None', 'n/a', 'nan', 'null'],
];
const marks = ['?', '-', '.', '--', 'none', 'missing', 'na'];

describe('what stands for a missing value', () => {
  const given = (cells: readonly string[], target?: string) =>
    readCsv(bytes(`x,y\n${cells.map((cell) => `1,${cell}\n`).join('')}`), 'x.csv', { target });

  test.each([...pandasMissing, ...marks])(
    '%s is told with line and column, among inputs and among numbers to learn',
    (cell) => {
      const words = `is missing: ${JSON.stringify(cell)}; fill it in, or leave the line out`;
      expect(() => given(['2', cell])).toThrow(`x.csv: line 3, column 2 (y) ${words}`);
      for (const numbers of [
        ['2', cell, '3'],
        ['1.5', '2.5', cell, cell],
      ])
        expect(() => given(numbers, 'y')).toThrow(`x.csv: line ${numbers.indexOf(cell) + 2}: y ${words}`);
    },
  );

  test.each(pandasMissing)('%s is so among texts, too', (cell) => {
    expect(() => given(['a', cell, 'b'], 'y')).toThrow(
      `x.csv: line 3: y is missing: ${JSON.stringify(cell)}; fill it in`,
    );
  });

  test.each(marks)('%s among texts may be the name of a class, as pandas has it', (cell) => {
    expect(given(['a', cell, 'b'], 'y').target?.cells?.kinds).toEqual(['a', cell, 'b']);
  });

  test.each([
    ['1,5', '2,5'],
    ['3', '1,5'],
    ['1.234,5', '?'],
  ])('numbers with commas are no classes: %s, %s', (one, other) => {
    const text = `x;y\n1;${one}\n2;${other}\n`;
    const words = 'has a comma in it; numbers have a point before decimals';
    expect(() => readCsv(bytes(text), 'x.csv', { target: 'y' })).toThrow(words);
  });

  test('what is not finite is no class either where all others are numbers', () => {
    expect(() => given(['1', '2', '-inf'], 'y')).toThrow('x.csv: line 4: y is "-inf", which is not a finite number');
  });
});
