import { readFileSync, writeFileSync } from 'node:fs';
import { InputError } from '@apical/core';
import { expect, test } from 'vitest';
import { blob, writeParquet } from '../../test/duckdb.ts';
import { imageFixture, imageShape } from '../../test/images.ts';
import { textsOf } from '../../test/texts.ts';
import { loadMatrix } from '../matrix.ts';
import { loadLabelledTable } from './labelled-table.ts';
import { loadOwnData } from './own-data.ts';

/** Columns of every type of number, and what float64 or float32 makes of them in row i. */
const columns: readonly [sql: string, value: (i: number) => number][] = [
  ['i::UTINYINT', (i) => i],
  ['(i - 128)::TINYINT', (i) => i - 128],
  ['(i * 200)::USMALLINT', (i) => i * 200],
  ['(-i * 100)::SMALLINT', (i) => -i * 100],
  ['(i * 16000000)::UINTEGER', (i) => i * 16_000_000],
  ['(-i * 8000000)::INTEGER', (i) => -i * 8_000_000],
  ['i::UBIGINT * 35000000000000', (i) => i * 35_000_000_000_000],
  ['-i::BIGINT * 35000000000000', (i) => -i * 35_000_000_000_000],
  ['(i::DOUBLE / 3)::FLOAT', (i) => Math.fround(i / 3)],
  ['i::DOUBLE / 7', (i) => i / 7],
  ['i % 2 = 0', (i) => (i + 1) % 2],
  ['(i::DOUBLE / 100)::DECIMAL(9, 3)', (i) => i / 100],
  ['(i::DOUBLE / 100)::DECIMAL(15, 4)', (i) => i / 100],
];
const select = `SELECT ${columns.map(([sql], j) => `${sql} AS c${j}`).join(', ')}, CASE WHEN i % 3 = 0 THEN 'x' ELSE 'y' END AS t FROM range(250) r(i)`;

test.each([
  ...['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4_raw'].map((codec) => `, COMPRESSION ${codec}`),
  ...[', PARQUET_VERSION v2', ', ROW_GROUP_SIZE 2048'],
])('numbers of all types are those that DuckDB wrote%s', async (options) => {
  const path = await writeParquet(select, options);
  const table = await loadLabelledTable(path, { target: 't' });
  expect(table).toMatchObject({
    rows: 250,
    inputs: columns.length,
    names: columns.map((_, j) => `c${j}`),
    target: 't',
  });
  const expected = Array.from({ length: 250 }, (_, i) => columns.map(([, value]) => value(i))).flat();
  expect([...table.data].map((value) => value + 0)).toEqual(expected.map((value) => value + 0));
  expect(textsOf(table.values)).toEqual(Array.from({ length: 250 }, (_, i) => (i % 3 === 0 ? 'x' : 'y')));
});

test('many groups of rows, and the target by its number', async () => {
  const path = await writeParquet(
    'SELECT i % 5 AS t, i AS a, i / 2 AS b FROM range(50000) r(i)',
    ', ROW_GROUP_SIZE 4096',
  );
  const { data, values } = await loadLabelledTable(path, { target: '1' });
  expect([...data].every((value, at) => value === (at % 2 === 0 ? at / 2 : (at - 1) / 4))).toBe(true);
  expect(textsOf(values).every((cell, i) => cell === String(i % 5))).toBe(true);
  expect(await loadMatrix(path)).toMatchObject({ rows: 50_000, cols: 3 });
});

test("the Hub's sets of images: PNG and JPEG in a column, and the names of classes", async () => {
  const [png, jpeg] = [imageFixture('grey.png'), imageFixture('grey.jpg')];
  const features = { image: { _type: 'Image' }, label: { names: ['shirt', 'None', 'coat'], _type: 'ClassLabel' } };
  const note = JSON.stringify({ info: { features } });
  const image = `{ 'bytes': CASE WHEN i % 2 = 0 THEN ${blob(png.file)} ELSE ${blob(jpeg.file)} END, 'path': 'x' || i }`;
  const path = await writeParquet(
    `SELECT ${image} AS image, (i % 2)::BIGINT AS label FROM range(20) r(i)`,
    `, KV_METADATA { huggingface: '${note}' }`,
  );
  const own = await loadOwnData({ path, target: 'label' });
  expect(own).toMatchObject({
    inputs: 63,
    image: { ...imageShape, channels: 1 },
    classNames: ['shirt', 'None', 'coat'],
  });
  expect([...own.train.classes!]).toEqual(Array.from({ length: 20 }, (_, i) => i % 2));
  expect(own.train.data).toEqual(
    Uint8Array.from(Array.from({ length: 20 }, (_, i) => [...(i % 2 === 0 ? png : jpeg).pixels]).flat()),
  );
});

test('truths as a target are false and true', async () => {
  const path = await writeParquet('SELECT i AS a, i % 3 = 0 AS t FROM range(9) r(i)');
  const own = await loadOwnData({ path, target: 't' });
  expect(own.classNames).toEqual(['false', 'true']);
  expect([...own.train.classes!]).toEqual([1, 0, 0, 1, 0, 0, 1, 0, 0]);
});

test('texts of a target are classes of their own, also those that look like one number', async () => {
  const path = await writeParquet("SELECT i AS a, ['007', '7', 'x7'][i % 3 + 1] AS t FROM range(12) r(i)");
  const own = await loadOwnData({ path, target: 't' });
  expect(own.classNames).toEqual(['007', '7', 'x7']);
  expect([...own.train.classes!]).toEqual(Array.from({ length: 12 }, (_, i) => i % 3));
});

test('a target of large numbers that are not whole numbers by their type is numbers', async () => {
  const path = await writeParquet('SELECT i AS a, (i * 1e20)::DOUBLE AS t FROM range(9) r(i)');
  const own = await loadOwnData({ path, target: 't' });
  expect([...own.train.numbers!]).toEqual(Array.from({ length: 9 }, (_, i) => Math.fround(i * 1e20)));
});

test.each([
  ['i AS a, NULLIF(i, 3) AS b', 'row 3 (from 0): b is missing'],
  ["i AS a, 'nan'::DOUBLE AS b", 'row 0 (from 0): b is NaN; every number must be finite'],
  ['i AS a, 1e300 AS b', 'row 0 (from 0): b is 1e+300; float32 holds numbers up to 3.4e38'],
  ['i AS a, 9007199254740993 AS b', '9007199254740993 in row 0 (from 0) of b is larger than can be read exactly'],
  ['i AS a, 12345678901234567.25::DECIMAL(20, 2) AS b', 'of b has more digits than can be read exactly'],
  ["i AS a, 'x' AS b", 'b has texts; inputs are numbers'],
  ['i AS a, [i] AS b', 'b has lists; inputs are numbers'],
  ["i AS a, { 'x': i } AS b", 'b has structures; inputs are numbers'],
  ["i AS a, DATE '2020-01-01' AS b", 'b has date values; inputs are numbers'],
  ["i AS a, TIMESTAMP '2020-01-01' AS b", 'b has timestamp'],
  ['i AS a, uuid() AS b', 'b has uuid values; inputs are numbers'],
  ['i AS a, i AS __index_level_0__', '__index_level_0__ is the index that pandas writes'],
  ["i AS a, 'x'::BLOB AS b", 'b: is neither a PNG nor a JPEG image'],
  ["i AS a, 'x'::BLOB AS b, i AS c", 'b has images or bytes, and there are other columns: c'],
  ['NULLIF(i, 3) AS a, i AS b', 'row 3 (from 0): a is missing'],
  ["CASE WHEN i = 3 THEN '?' ELSE i::VARCHAR END AS a, i AS b", 'row 3 (from 0): a is missing: "?"'],
  ['[i] AS a, i AS b', 'a has lists; a target has numbers or texts'],
  ['i AS a', 'has no column but a: there is nothing to learn it from'],
  ['i AS b, i AS c', 'has no column a; there are b, c'],
])('%s is refused', async (select, message) => {
  const path = await writeParquet(`SELECT ${select} FROM range(9) r(i)`);
  await expect(loadLabelledTable(path, { target: 'a' })).rejects.toThrow(message);
  await expect(loadLabelledTable(path, { target: 'a' })).rejects.toThrow(InputError);
});

test('images of different sizes are refused with their row', async () => {
  const [grey, rgb] = [imageFixture('grey.png'), imageFixture('rgb.png')].map(({ file }) => blob(file));
  const path = await writeParquet(
    `SELECT CASE WHEN i = 7 THEN ${rgb} ELSE ${grey} END AS image, i AS label FROM range(9) r(i)`,
  );
  await expect(loadLabelledTable(path, { target: 'label' })).rejects.toThrow(
    `${path}: row 7 (from 0): image: is RGB, 7 × 9, and ${path}: row 0 (from 0): image grey, 7 × 9: all must be alike`,
  );
});

test.each(['uncompressed', 'snappy'])(
  'a file that is cut, or has a bit changed, is refused in one line: %s',
  async (codec) => {
    const path = await writeParquet(
      "SELECT i % 3 AS a, i / 7 AS b, NULLIF(i % 2, 2) AS c, 'x' || (i % 4) AS t FROM range(300) r(i)",
      `, COMPRESSION ${codec}`,
    );
    const file = readFileSync(path);
    const outcome = async (bytes: Uint8Array) => {
      writeFileSync(path, bytes);
      try {
        return (await loadLabelledTable(path, { target: 't' })).rows;
      } catch (error) {
        if (error instanceof InputError) return error.message;
        throw error;
      }
    };
    for (let length = 0; length < file.length; length += 53) {
      expect(await outcome(file.subarray(0, length))).toMatch(/^[^\n]*x\.parquet: [^\n]+$/);
    }
    for (let bit = 0; bit < 8 * file.length; bit += 97) {
      const changed = Uint8Array.from(file);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      const found = await outcome(changed);
      // Pages have no checksum: a number may be another.
      if (found !== 300) expect([bit, found]).toEqual([bit, expect.stringMatching(/^[^\n]*x\.parquet: [^\n]+$/)]);
    }
  },
);

test('whatever byte of a file is changed, it is read, or refused in words', async () => {
  const path = await writeParquet(
    "SELECT i / 3 AS a, i AS b, CASE WHEN i % 2 = 0 THEN 'x' ELSE 'y' END AS t FROM range(12) r(i)",
  );
  const whole = readFileSync(path);
  const other = `${path}.changed.parquet`;
  for (let at = 4; at < whole.length; at++) {
    writeFileSync(other, whole.with(at, whole[at]! ^ (1 << (at % 8))));
    const problem = await loadLabelledTable(other, { target: 't' }).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (problem === undefined) continue;
    expect(problem).toBeInstanceOf(InputError);
    expect((problem as Error).message).not.toMatch(/undefined|is not a function|Cannot|\[object/);
  }
});

test('what pandas notes is heeded: its index and durations are no inputs; neither are two columns of one name', async () => {
  const select = "SELECT i AS a, i * i AS ab, CASE WHEN i % 3 = 0 THEN 'x' ELSE 'y' END AS t FROM range(9) r(i)";
  const noted = (note: object) => `, KV_METADATA { pandas: '${JSON.stringify(note)}' }`;
  const read = (path: string) => loadLabelledTable(path, { target: 't' });
  const index = await writeParquet(select, noted({ index_columns: ['a'], columns: [] }));
  await expect(read(index)).rejects.toThrow('a is the index that pandas writes');
  const columns = [{ field_name: 'ab', numpy_type: 'timedelta64[us]' }];
  await expect(read(await writeParquet(select, noted({ columns })))).rejects.toThrow('ab has durations');
  const range = await writeParquet(select, noted({ index_columns: [{ kind: 'range', start: 0, stop: 9, step: 1 }] }));
  expect(await read(range)).toMatchObject({ names: ['a', 'ab'] });
  const twins = await writeParquet(select.replace('AS a,', 'AS aa,'), ', COMPRESSION uncompressed');
  writeFileSync(twins, Buffer.from(readFileSync(twins).toString('latin1').replaceAll('\x02ab', '\x02aa'), 'latin1'));
  await expect(read(twins)).rejects.toThrow('two columns are called aa');
});

/**
 * What apache-arrow 21 (npm) writes of the columns a (int64), ab (duration, µs) and t (utf8), as pyarrow puts it into Parquet files under the key
 * `ARROW:schema`.
 */
const arrowSchema =
  '/////yABAAAQAAAAAAAKAA4ADAAHAAgACgAAAAAAAAEQAAAABAAKAAwAAAAIAAQACgAAAAgAAAA0AAAAAQAAAAwAAAAIAAwACAAEAAgAAAAIAAAADAAAAAEAAAB4AAAABAAAAG5vdGUAAAAAAwAAAHwAAAA0AAAABAAAAKD///8UAAAAAAAAARQAAAAAAAAFFAAAAAEAAAB0AAAAAAAAAAQABAAEAAAAzP///xQAAAAAAAABFAAAAAAAABIYAAAAAgAAAGFiAAAAAAAAAAAGAAgABgAGAAAAAAACABAAGAAEAAsAEwAUAAAADAAQAAAAFAAAAAAAAAEUAAAAAAAAAhgAAAABAAAAYQAAAAAAAAAIAAwACAAHAAgAAAAAAAABQAAAAAAAAAA=';

test('what Arrow notes is heeded: durations, which the format has as whole numbers, are refused with what to do', async () => {
  const noted = (note: string, ab: string) =>
    writeParquet(
      `SELECT i AS a, ${ab}, 'x' || i % 2 AS t FROM range(9) r(i)`,
      `, KV_METADATA { "ARROW:schema": '${note}' }`,
    );
  const path = await noted(arrowSchema, 'i * i AS ab');
  const what = 'ab has durations';
  const remedy = 'save them as numbers (pandas: .dt.total_seconds()), or leave the column out';
  await expect(loadLabelledTable(path, { target: 't' })).rejects.toThrow(`${what}; inputs are numbers: ${remedy}`);
  await expect(loadLabelledTable(path, { target: 'ab' })).rejects.toThrow(
    `${what}; a target has numbers or texts: ${remedy}`,
  );
  await expect(loadLabelledTable(path, { target: 'a,ab' })).rejects.toThrow(
    `${what}; several targets are numbers: ${remedy}`,
  );
  expect(await loadLabelledTable(await noted(arrowSchema, 'i * i AS b'), { target: 't' })).toMatchObject({
    names: ['a', 'b'],
  });
  for (const [note, why] of [
    ['?', 'what Arrow notes of its columns is no base64'],
    [arrowSchema.slice(0, 200), 'what it says of its columns cannot be'],
  ] as const)
    await expect(loadLabelledTable(await noted(note, 'i * i AS ab'), { target: 't' })).rejects.toThrow(
      `is damaged: ${why}`,
    );
});

test.each([
  ['TIMESTAMP', "TIMESTAMP '2020-01-01'", 'timestamp values'],
  ['DATE', "DATE '2020-01-01'", 'date values'],
  ['TIME', "TIME '12:00:00'", 'time values'],
  ['INTERVAL', 'INTERVAL 3 DAY', 'interval values'],
])('of times it is told what to do: %s', async (_, sql, what) => {
  const path = await writeParquet(`SELECT i AS a, ${sql} AS b FROM range(9) r(i)`);
  const remedy = 'save them as numbers';
  await expect(loadLabelledTable(path, { target: 'a' })).rejects.toThrow(
    `b has ${what}; inputs are numbers: ${remedy}`,
  );
});
