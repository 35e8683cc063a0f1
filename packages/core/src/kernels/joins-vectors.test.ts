import { expect, test } from 'vitest';
import { joinsVectors } from './joins-vectors.ts';

const flag = '--experimental-wasm-revectorize';

test.each([
  [undefined, false],
  [{}, false],
  [{ execArgv: [], env: {} }, false],
  [{ execArgv: ['--inspect', flag] }, true],
  [{ execArgv: [flag.replaceAll('-', '_').replace('__', '--')] }, true],
  [{ execArgv: [flag.replace('--', '--no-')] }, false],
  [{ env: { APICAL_JOINS_VECTORS: '1' } }, true],
  [{ env: { APICAL_JOINS_VECTORS: '0' } }, false],
])('of the process %j: %j', (process, expected) => {
  expect(joinsVectors(process)).toBe(expected);
});
