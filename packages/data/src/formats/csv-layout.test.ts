import { expect, test } from 'vitest';
import { csvLayout } from './csv-layout.ts';

const layout = (text: string, header?: boolean) => csvLayout(new TextEncoder().encode(text), 'x.csv', { header });

test('columns of texts are those without numbers, wherever they stand', () => {
  expect(layout('a,kind,b\n1,x,2\n3,NA,4\n5,y,\n')).toEqual({ columns: 3, names: ['a', 'kind', 'b'], texts: [1] });
  expect(layout('1,x,2\n3,y,4\n')).toEqual({ columns: 3, texts: [1] });
  expect(layout('1;"x;1";2\n3;y;4\n')).toEqual({ columns: 3, texts: [1] });
  expect(layout('1,2\n3,four\n?,5\n').texts).toEqual([]);
});

test('a header may be said, or that there is none', () => {
  expect(layout('2019,2020,k\n1,2,x\n', true)).toEqual({ columns: 3, names: ['2019', '2020', 'k'], texts: [2] });
  expect(layout('a,b\nc,d\n', false)).toEqual({ columns: 2, texts: [0, 1] });
});

test('of a long table the first lines are looked at', () => {
  const lines = Array.from({ length: 200_000 }, (_, i) => `${i},${i < 150_000 ? 'a' : i}`);
  expect(layout(lines.join('\n'))).toEqual({ columns: 2, texts: [1] });
  expect(() => layout('')).toThrow('x.csv: there are no rows of numbers');
});
