import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/support/folder.ts';
import { writeTensors } from '../../test/tensors.ts';
import { loadMatrix } from '../matrix.ts';
import { loadOwnData } from '../own/own-data.ts';

const bytesOf = (data: ArrayBufferView) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
async function written(content: Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), 'x.safetensors');
  writeFileSync(path, content);
  return path;
}

const values = [1.5, -2, 0, 65_504, 3, -0.25];
// IEEE 754's binary16, and the upper halves of binary32.
const halves = Uint16Array.of(0x3e00, 0xc000, 0, 0x7bff, 0x4200, 0xb400);
const brains = Uint16Array.of(0x3fc0, 0xc000, 0, 0x477f, 0x4040, 0xbe80);
const whole = [7, 0, 1, 100, 3, 5];

test.each<[string, ArrayBufferView, readonly number[]]>([
  ['F64', Float64Array.from(values), values],
  ['F32', Float32Array.from(values), values],
  ['F16', halves, values],
  ['BF16', brains, values.with(3, 65_280)],
  ['I64', BigInt64Array.from(whole, (value) => -BigInt(value)), whole.map((value) => 0 - value)],
  ['I32', Int32Array.from(whole, (value) => -value), whole.map((value) => 0 - value)],
  ['I16', Int16Array.from(whole), whole],
  ['I8', Int8Array.from(whole), whole],
  ['U64', BigUint64Array.from(whole, BigInt), whole],
  ['U32', Uint32Array.from(whole), whole],
  ['U16', Uint16Array.from(whole), whole],
  ['U8', Uint8Array.from(whole), whole],
  ['BOOL', Uint8Array.of(1, 0, 1, 1, 0, 0), [1, 0, 1, 1, 0, 0]],
])('tensors of %s, of any rank, beside others that cannot be read', async (dtype, data, expected) => {
  const strange = { dtype: 'F8_E4M3', shape: [3], bytes: Uint8Array.of(1, 2, 3) };
  const path = await written(
    writeTensors({ strange, x: { dtype, shape: [2, 3, 1], bytes: bytesOf(data) } }, (header) => `${header}  `),
  );
  const { rows, cols, data: read } = await loadMatrix(`${path}:x`);
  expect({ rows, cols, read: [...read] }).toEqual({ rows: 2, cols: 3, read: expected });
  await expect(loadMatrix(`${path}:strange`)).rejects.toThrow('strange is of type F8_E4M3; F64, F32');
  await expect(loadMatrix(path)).rejects.toThrow('holds the arrays strange, x: name one of them');
});

test('samples and what is learned of them are tensors of one file', async () => {
  const x = { dtype: 'F16', shape: [4, 1], bytes: bytesOf(halves.subarray(0, 4)) };
  const path = await written(writeTensors({ x, y: { dtype: 'U8', shape: [4], bytes: Uint8Array.of(3, 1, 3, 1) } }));
  const own = await loadOwnData({ path: `${path}:x`, target: 'y', holdOut: 0.5 });
  expect(own).toMatchObject({ classNames: ['1', '3'], inputs: 1, train: { count: 2 }, test: { count: 2 } });
  expect([...own.train.data, ...own.test!.data].toSorted((a, b) => a - b)).toEqual([-2, 0, 1.5, 65_504]);
});

const pair = {
  x: { dtype: 'U8', shape: [2], bytes: Uint8Array.of(1, 2) },
  y: { dtype: 'U8', shape: [2], bytes: Uint8Array.of(3, 4) },
};

test.each<[string, Uint8Array, string]>([
  [
    'overlap',
    writeTensors(pair, (header) => header.replace('[2,4]', '[1,3]')),
    'y starts at byte 1 of the data, not at 2',
  ],
  ['leave a gap', writeTensors(pair, (header) => header.replace('[2,4]', '[3,5]')), 'y starts at byte 3'],
  ['are cut', writeTensors(pair).subarray(0, -1), 'its tensors take 4 bytes of 3'],
  [
    'have another length',
    writeTensors(pair, (header) => header.replace('"shape":[2]', '"shape":[3]')),
    '3 bytes expected, 2',
  ],
  ['have none', Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0, 1), 'its header is cut, or none'],
  ['are nested', writeTensors(pair, () => '['.repeat(50_000)), 'not a sound safetensors file'],
  ['are no objects', writeTensors(pair, () => '{"x":3}'), 'x is not described as a tensor is'],
])('tensors that %s are refused', async (_, content, message) => {
  await expect(loadMatrix(`${await written(content)}:x`)).rejects.toThrow(message);
});
