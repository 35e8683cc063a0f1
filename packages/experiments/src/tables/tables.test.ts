import { parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { csv } from './csv.ts';
import { parquet } from './parquet.ts';

const rows = [
  { run: 'a', hidden: 1, decoupled: false, 'rates.W1.eta0': 0.1, evaluateAt: [1, 2] },
  { run: 'b, "c"\nd', hidden: 2 ** 40 + 1, decoupled: true, objective: 1 / 3 },
];

test('CSV has a line a row, quoted as RFC 4180 says', () => {
  expect(csv(rows)).toBe(
    'run,hidden,decoupled,rates.W1.eta0,evaluateAt,objective\r\n' +
      'a,1,false,0.1,"[1,2]",\r\n' +
      `"b, ""c""\nd",1099511627777,true,,,${1 / 3}\r\n`,
  );
  expect(csv([])).toBe('\r\n');
});

test("Parquet is read back by hyparquet's reader as it was", async () => {
  const file = await parquet(rows);
  const buffer = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
  expect(await parquetReadObjects({ file: buffer })).toEqual([
    { ...rows[0], evaluateAt: '[1,2]', objective: null },
    { ...rows[1], 'rates.W1.eta0': null, evaluateAt: null },
  ]);
});
