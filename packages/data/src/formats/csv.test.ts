import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CsvOptions, readCsv } from './csv.ts';
import type { NumericArray } from './numeric-array.ts';
import { writeCsv } from './write-csv.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readCsv(bytes(text), 'x.csv');

const size = fc.integer({ min: 1, max: 5 });
const table = fc.tuple(size, size).chain(([rows, columns]) => {
  const bounds = { minLength: rows * columns, maxLength: rows * columns, noNaN: true, noDefaultInfinity: true };
  return fc.record({
    shape: fc.constant([rows, columns]),
    data: fc.oneof(fc.float64Array(bounds), fc.float32Array(bounds)),
  });
});

test('any table is read as it was written, with a header or without', () => {
  const header = fc.option(fc.constant(['a', 'b, c', '"d"', 'e\u00e9', 'f']), { nil: undefined });
  fc.assert(
    fc.property(table, header, (written: NumericArray, names) => {
      const [, columns] = written.shape as [number, number];
      const { shape, data } = read(writeCsv(written, names?.slice(0, columns)));
      expect(shape).toEqual(written.shape);
      const exact = written.data instanceof Float32Array ? Float32Array.from(data) : data;
      // -0 is written as 0.
      expect([...exact]).toEqual(Array.from(written.data, (value) => value + 0));
    }),
  );
});

test.each<[string, string]>([
  ['Unix', '1,2.5\n-3e2,.5\n'],
  ['Windows', '1,2.5\r\n-3e2,.5\r\n'],
  ['no line end', '1,2.5\n-3e2,.5'],
  ['spaces and a byte order mark', '\ufeff 1, 2.5\n-3e2 ,\t.5\n'],
  ['a header', 'first,"second, quoted"\n1,2.5\n-3e2,.5\n'],
])('%s', (_, text) => {
  expect(read(text)).toMatchObject({ shape: [2, 2], data: Float64Array.of(1, 2.5, -300, 0.5) });
});

test('numbers of type float32 take no more digits than they need', () => {
  expect(writeCsv({ shape: [1, 3], data: Float32Array.of(0.1, 1 / 3, -2) })).toBe('0.1,0.33333334,-2\n');
});

test.each<[string, string, string]>([
  ['nothing', '', 'there are no rows of numbers'],
  ['a header only', 'a,b\n', 'there are no rows of numbers'],
  ['a word', '1,2\n3,four\n', 'line 2, column 2: "four" is not a finite number'],
  ['a word in the first line', '1,two\n3,4\n', 'line 1, column 2: "two" is not a finite number'],
  ['NaN', 'a,b\n1,NaN\n', 'line 2, column 2 (b) is missing: "NaN"'],
  ['NaN all along the first line', 'nan,NaN\n1,2\n', 'line 1, column 1 is missing: "nan"'],
  ['infinity', '1,-inf\n', 'line 1, column 2: "-inf" is not a finite number'],
  ['a number that is too large', '1,1e999\n', 'line 1, column 2: "1e999" is not a finite number'],
  ['a hexadecimal number', '1,0x10\n', 'line 1, column 2: "0x10" is not'],
  ['an empty cell', '1,2\n,4\n', 'line 2, column 1 is empty; fill it in, or leave the line out'],
  ['a comma at the end', '1,2,\n', 'line 1, column 3 is empty'],
  ['a short line', '1,2\n3\n', 'line 2 has 1 cells, but line 1 has 2'],
  ['a long line below a header', 'a,b\n1,2\n3,4,5\n', 'line 3 has 3 cells, but line 1 has 2'],
  ['an empty line', '1,2\n\n3,4\n', 'line 2 is empty'],
])('%s is refused with its place', (_, text, message) => {
  expect(() => read(text)).toThrow(`x.csv: ${message}`);
});

test('what is no text is refused', () => {
  expect(() => readCsv(Uint8Array.of(0x31, 0x2c, 0xff), 'x.csv')).toThrow('x.csv: is not a text in UTF-8');
});

test.each<[string, string]>([
  ['a header of two lines', '"first\nline","second ""quoted"""\n1,2.5\n-3e2,.5\n'],
  ['the old Mac', 'a,b\r1,2.5\r-3e2,.5\r'],
  ['semicolons', 'a;b\n1;2.5\n-3e2;.5\n'],
  ['semicolons, and a comma in a name', 'a;"b, c"\n1;2.5\n-3e2;.5\n'],
  ['tabs', '1\t2.5\n-3e2\t.5\n'],
  ['quoted numbers', '"1","2.5"\r\n"-3e2",".5"\r\n'],
  ['empty lines at the end', '1,2.5\n-3e2,.5\n\n  \n\n'],
  ['empty lines of Windows at the end', '1,2.5\r\n-3e2,.5\r\n\r\n'],
  ['chemical elements, of which Na is none that is missing', 'Ri,Na\n1,2.5\n-3e2,.5\n'],
])('%s', (_, text) => {
  expect(read(text)).toMatchObject({ shape: [2, 2], data: Float64Array.of(1, 2.5, -300, 0.5) });
});

test.each<[string, string, string]>([
  ['an empty line among single numbers', '1\n\n3\n', 'line 2 is empty'],
  [
    'a first line of which all is missing',
    'NA,NA,NA\n1,0,0\n',
    'line 1, column 1 is missing: "NA"; fill it in, or leave the line out',
  ],
  ['another mark of what is missing', '?,-\n1,0\n', 'line 1, column 1 is missing: "?"'],
  ["pandas' index", ',a,b\n0,1,2\n', 'line 1, column 1 has no name: it is the index that pandas and R write'],
  ["pandas' index of columns without names", ',0,1\n0,1,2\n', 'line 1, column 1 has no name'],
  ["pandas' index, read and written again", 'Unnamed: 0,a\n0,1\n', 'line 1, column 1 has no name'],
  ["R's names of rows", 'a,b\n1,2,3\n', 'line 2 has 3 cells, but line 1 has 2'],
  ['decimal commas', '1,5;2,5\n3,5;4,5\n', 'line 1, column 1: "1,5" has a comma in it; numbers have a point'],
  ['decimal commas below a header', 'a\tb\n1,5\t2\n', 'line 2, column 1 (a): "1,5" has a comma in it'],
  ['commas between thousands', '"1,234",5\n', 'line 1, column 1: "1,234" has a comma in it'],
  ['spaces between numbers', '1 0 0\n0 1 0\n', 'line 1, column 1: "1 0 0" is no number: spaces do not separate'],
  ['two columns that may have a header of pandas', '0,1\n5,6\n', 'line 1 is 0, 1: is that a row of numbers, or'],
  ['an open quote', 'a,b\n1,2\n"3,4\n5,6\n', "line 3 or after it: a cell's quotes are not closed"],
  ['bytes that are zero', '1,2\n3,\0\n', 'is not a text: it has bytes that are zero'],
])('%s: refused with its place', (_, text, message) => {
  expect(() => read(text)).toThrow(`x.csv: ${message}`);
});

test('the names that pandas gives to columns without names are told from numbers', () => {
  const counted = read('0,1,2\n1,0,0\n0,1,0\n');
  expect(counted).toMatchObject({ shape: [2, 3], header: ['0', '1', '2'], numericHeader: true, firstLine: 2 });
  expect([...counted.data]).toEqual([1, 0, 0, 0, 1, 0]);
  expect(read('0\n0\n1\n').shape).toEqual([3, 1]);
  expect(read('0,1,2\n').shape).toEqual([1, 3]);
  expect(read('0.0,1.0,2.0\n1,0,0\n').shape).toEqual([2, 3]);
  const given = (text: string, options: CsvOptions) => readCsv(bytes(text), 'x.csv', options).shape;
  expect(given('0,1,2\n1,0,0\n', { header: false })).toEqual([2, 3]);
  expect(given('0,1,2\n1,0,0\n', { header: true })).toEqual([1, 3]);
  expect(given('0,1\n1,0\n', { header: false })).toEqual([2, 2]);
  expect(given('0,1\n1,0\n', { header: true })).toEqual([1, 2]);
  expect(given('0,1\n1,0\n', { rows: 2 })).toEqual([2, 2]);
  expect(given('0,1\n1,0\n', { rows: 1 })).toEqual([1, 2]);
  expect(given('0\n0\n1\n', { rows: 2 })).toEqual([2, 1]);
  expect(given('0\n0\n1\n', { rows: 3 })).toEqual([3, 1]);
});

test('a first line of whole numbers that ascend by one may be the names of columns, unless all others do so too', () => {
  const pivot = '2019,2020,2021\n5,3,9\n2020,2021,2022\n';
  const doubt =
    'x.csv: line 1 is 2019, 2020, 2021: is that a row of numbers, or the names of columns? Say it: --no-header or --header';
  const given = (text: string, options: CsvOptions = {}) => readCsv(bytes(text), 'x.csv', options);
  expect(() => given(pivot)).toThrow(doubt);
  expect(() => given(pivot, { target: '3' })).toThrow(doubt);
  expect(() => given('-1,0,1,2\n5,3,9,7\n')).toThrow('line 1 is -1, 0, 1, …');
  expect(given(pivot, { header: true })).toMatchObject({ shape: [2, 3], header: ['2019', '2020', '2021'] });
  expect(given(pivot, { header: false }).shape).toEqual([3, 3]);
  expect(given(pivot, { rows: 3 }).shape).toEqual([3, 3]);
  expect(given(pivot, { rows: 2 })).toMatchObject({ shape: [2, 3], numericHeader: true });
  for (const rows of [
    '1,2,3\n',
    '1,2,3\n2,3,4\n7,8,9\n',
    '1,2\n5,3\n',
    '1,2,4\n5,3,9\n',
    '1,2,3.0\n5,3,9\n',
    '1,02,3\n5,3,9\n',
  ])
    expect(given(rows).header).toBe(undefined);
});

test('whole numbers that float64 may not hold are refused; with a point or an exponent they are rounded', () => {
  for (const cell of [
    '9007199254740992',
    '-9007199254740993',
    '+9007199254740993',
    '"12345678901234567890"',
    ' 9007199254740993 ',
  ])
    for (const text of [`1,2\n3,${cell}\n`, `${cell},2\n3,4\n`]) {
      const [line, column] = text.startsWith('1') ? [2, 2] : [1, 1];
      const shown = JSON.stringify(cell.replaceAll('"', '').trim());
      const message = `x.csv: line ${line}, column ${column}: ${shown} is larger than can be read exactly`;
      expect(() => read(text)).toThrow(message);
    }
  const cells = [
    '9007199254740991',
    '-9007199254740991',
    '00000000000000000000017',
    '9007199254740993.0',
    '9007199254740993e0',
  ];
  expect([...read(`1\n${cells.join('\n')}\n`).data]).toEqual([1, ...cells.map(Number)]);
});

test('numbers of any size are read as they were written', () => {
  for (const data of [Float64Array.of(2 ** 60, -1e20, 1e21, 3), Float32Array.of(2 ** 60, -(2 ** 54), 3)])
    expect(
      (data.constructor as Float64ArrayConstructor).from(read(writeCsv({ shape: [data.length, 1], data })).data),
    ).toEqual(data);
});

test('texts stand for their place among names, also those that look like numbers, unless all are numbers', () => {
  const given = (names: readonly string[], text: string) => [...readCsv(bytes(text), 'x.csv', { names }).data];
  expect(given(['1', '1.0', 'a'], '1.0\n1\na\n1\n')).toEqual([1, 0, 2, 0]);
  expect(given(['5', '7'], '7\n5\n7.0\n')).toEqual([7, 5, 7]);
});

test('a header is said, whatever it looks like, or that there is none', () => {
  const given = (text: string, header: boolean) => readCsv(bytes(text), 'x.csv', { header });
  expect(given('5,6\n1,2\n', true)).toMatchObject({ shape: [1, 2], header: ['5', '6'], firstLine: 2 });
  expect(given('NA,NA\n1,2\n', true).shape).toEqual([1, 2]);
  expect(() => given('a,b\n1,2\n', false)).toThrow('x.csv: line 1, column 1: "a" is not a finite number');
  expect(read('5,6\n1,2\n').header).toBe(undefined);
});

test.each([
  ['digits of another script', '１,２\n３,４\n', 'line 1, column 1: "１" is not a finite number'],
  ['Python’s underscores', '51_000,42_000\n1,2\n', 'line 1, column 1: "51_000" is not a finite number'],
  ['percents', '10%,20%\n1,2\n', 'line 1, column 1: "10%" is not a finite number'],
  ['sums of money', '$5,$6\n1,2\n', 'line 1, column 1: "$5" is not a finite number'],
  ['numbers of another base', '0x10,0xff\n1,2\n', 'line 1, column 1: "0x10" is not a finite number'],
  [
    'bars between numbers',
    '1|2\n3|4\n',
    '"1|2" is no number: | does not separate numbers; commas, semicolons and tabs do',
  ],
  ['a comment', '# written by me\n1,2\n', 'line 2 has 2 cells, but line 1 has 1, which is a comment: delete it'],
])('%s in the first line are no names of columns', (_, text, message) => {
  expect(() => read(text)).toThrow(message);
});

test('names of columns may have digits, and begin with #', () => {
  expect(read('x1,2nd\n1,2\n').header).toEqual(['x1', '2nd']);
  expect(read('# a,b\n1,2\n').header).toEqual(['# a', 'b']);
});

test('names stand for their places; what is none of them is named', () => {
  const given = (text: string) => readCsv(bytes(text), 'y.csv', { names: ['cat', 'dog', 'sea lion', 'NA'] });
  expect([...given('cat\ndog\n"sea lion"\nNA\n').data]).toEqual([0, 1, 2, 3]);
  expect([...given('animal\ndog\ncat\n').data]).toEqual([1, 0]);
  expect([...given('1\n0\n').data]).toEqual([1, 0]);
  expect(() => given('dog\nbird\n')).toThrow(
    'y.csv: line 2, column 1: "bird" is not a finite number, and none of the classes cat, dog, sea lion, NA',
  );
});

test.each([
  ['digits without end', `${'1'.repeat(200_000)}e\n`, 'there are no rows of numbers'],
  ['points without end', `1,${'1.'.repeat(100_000)}\n`, 'line 1, column 2: "1.1.1.'],
  ['exponents without end', `1,${'1e'.repeat(100_000)}\n`, 'line 1, column 2: "1e1e1e'],
  ['spaces without end', `1,1${' '.repeat(200_000)}x\n`, 'line 1, column 2: "1  '],
  ['quotes without end', '"'.repeat(200_000), 'there are no rows of numbers'],
  ['lines within quotes', `"${'\n'.repeat(200_000)}`, "a cell's quotes are not closed"],
])('%s are read no longer than others, and told by their beginning', (_, text, message) => {
  let problem = '';
  try {
    read(text);
  } catch (error) {
    ({ message: problem } = error as Error);
  }
  expect(problem).toContain(message);
  expect(problem.length).toBeLessThan(300);
});

test('fractions and numerals of other scripts in the first line are no names of columns', () => {
  expect(() => read('½,⅓\n1,2\n')).toThrow('line 1, column 1: "½" is not a finite number');
  expect(() => read('Ⅳ,Ⅴ\n1,2\n')).toThrow('line 1, column 1: "Ⅳ" is not a finite number');
  expect(read('m²,H₂O\n1,2\n').header).toEqual(['m²', 'H₂O']);
});

test('targets are columns by name or number, from the end, too; several are numbers', () => {
  const given = (text: string, target: string) => readCsv(bytes(text), 'x.csv', { target });
  const text = 'a,b,"c,d",e\n1,2,3,4\n5,6,7,8\n';
  expect(given(text, 'c,d')).toMatchObject({ header: ['a', 'b', 'e'], target: { names: ['c,d'] } });
  expect(given(text, '-1').target).toEqual({ names: ['e'], cells: { kinds: ['4', '8'], codes: Uint16Array.of(0, 1) } });
  const several = given(text, 'e, 1');
  expect([...several.data]).toEqual([2, 3, 6, 7]);
  expect(several.target!.names).toEqual(['e', 'a']);
  expect([...several.target!.numbers!]).toEqual([4, 1, 8, 5]);
  expect(() => given(text, 'a,q')).toThrow('x.csv: has no column q; there are a, b, c,d, e');
  expect(() => given(text, 'a,1')).toThrow('x.csv: the target 1 is named twice');
  expect(() => given('a,b,a\n1,2,3\n', 'a')).toThrow(
    'columns 1 and 3 are both called a: name the target by its number',
  );
  expect(() => given('a,b\n1,x\n', 'a,b')).toThrow('line 2, column 2 (b): "x" is not a finite number');
});

test('a target of more than a thousand different cells is numbers, or refused with the line', () => {
  const lines = (cell: (i: number) => string) =>
    `x,y\n${Array.from({ length: 3000 }, (_, i) => `1,${cell(i)}`).join('\n')}\n`;
  const given = (text: string) => readCsv(bytes(text), 'x.csv', { target: 'y' }).target!.cells!;
  const cells = given(lines((i) => String(i / 4)));
  expect(cells.kinds).toBe(undefined);
  expect('numbers' in cells && [...cells.numbers]).toEqual(Array.from({ length: 3000 }, (_, i) => i / 4));
  const codes = given(lines((i) => `kind ${i % 1000}`));
  expect(codes.kinds && Array.from(codes.codes, (code) => codes.kinds[code])).toEqual(
    Array.from({ length: 3000 }, (_, i) => `kind ${i % 1000}`),
  );
  const many = 'which is no number, and there are more than 1,000 different ones: too many for classes';
  expect(() => given(lines((i) => (i === 7 ? 'seven' : String(i))))).toThrow(`line 9: y is "seven", ${many}`);
  expect(() => given(lines((i) => (i === 2000 ? 'late' : String(i))))).toThrow(`line 2002: y is "late", ${many}`);
  expect(() => given(lines((i) => (i === 2000 ? 'NA' : String(i))))).toThrow('line 2002: y is missing: "NA"');
});

const tables = fc.array(
  fc.array(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', 'é') }), { minLength: 2, maxLength: 2 }),
  {
    minLength: 1,
    maxLength: 30,
  },
);

test('texts are read as they were quoted, whatever is in them', () => {
  fc.assert(
    fc.property(tables, fc.boolean(), (rows, always) => {
      const quoted = (text: string) => (always || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
      const lines = rows.map(([a], i) => `${i},${quoted(`x${a}`)}`);
      const { target } = readCsv(bytes(`n,t\n${lines.join('\n')}\n`), 'x.csv', { target: 't' });
      const { cells } = target!;
      const texts = cells?.kinds && Array.from(cells.codes, (code) => cells.kinds[code]);
      expect(texts).toEqual(rows.map(([a]) => `x${a}`.trim()));
    }),
  );
});

test('what separates cells can be said', () => {
  expect(readCsv(bytes('1;2\n'), 'x.csv', { separator: ';' }).shape).toEqual([1, 2]);
  expect(() => readCsv(bytes('1;2\n'), 'x.csv', { separator: ',' })).toThrow(
    'line 1, column 1: "1;2" is no number: ; does not',
  );
});

test('UTF-16, as spreadsheets write it, and an ArrayBuffer are read', () => {
  const wide = Buffer.from('\ufeffä\tb\r\n1\t2\r\n', 'utf16le');
  expect(readCsv(wide, 'x.txt')).toMatchObject({ shape: [1, 2], header: ['ä', 'b'], data: Float64Array.of(1, 2) });
  expect(readCsv(Uint8Array.from(bytes('1,2')).buffer, 'x').shape).toEqual([1, 2]);
});

test('tables of many pieces are read as one, with line ends within quotes at every place', () => {
  const rows = 150_000;
  const line = (i: number) => `${i},"${i % 7}${i % 3 === 0 ? '\n' : ''}",0.5`;
  const { shape, data } = read(Array.from({ length: rows }, (_, i) => line(i)).join('\n'));
  expect(shape).toEqual([rows, 3]);
  const expected = (at: number) => [Math.floor(at / 3), Math.floor(at / 3) % 7, 0.5][at % 3];
  expect(data.every((value, at) => value === expected(at))).toBe(true);
});

test('where inputs alone are asked for, what is learned is passed over or missing', () => {
  const inputsOf = (text: string, target: string) => {
    const { shape, data, header } = readCsv(bytes(text), 'x.csv', { target, inputs: 2 });
    return { shape, data: [...data], header };
  };
  const named = { shape: [2, 2], data: [1, 2, 3, 4], header: ['a', 'b'] };
  for (const text of ['a,b\n1,2\n3,4\n', 'a,y,b\n1,,2\n3,NA,4\n', 'y,a,z,b\nq,1,,2\n,3,9,4\n'])
    expect(inputsOf(text, text.includes('z') ? 'y,z' : 'y')).toEqual(named);
  const bare = { ...named, header: undefined };
  for (const text of ['1,2\n3,4\n', '1,2,q\n3,4,\n']) {
    expect(inputsOf(text, '3')).toEqual(bare);
    expect(inputsOf(text, '-1')).toEqual(bare);
  }
});
