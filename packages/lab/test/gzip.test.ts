import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { gunzipMembers } from '../src/page/data/gzip-members.ts';

describe('gzip of several members', () => {
  const [first, second] = ['0,1,2\n1,', '3,4\n0,5,6\n'].map((text) => gzipSync(text));
  const zeros = (count: number) => Buffer.alloc(count);

  test.each([
    ['side by side', [first!, second!]],
    ['with zeros between and behind them', [first!, zeros(700), second!, zeros(1)]],
    ['one of nothing among them', [first!, gzipSync(''), second!]],
  ])('%s', (_, parts) => {
    expect(new TextDecoder().decode(gunzipMembers(Buffer.concat(parts)))).toBe('0,1,2\n1,3,4\n0,5,6\n');
  });

  test.each([
    ['one that is cut', [first!, second!.subarray(0, -4)]],
    ['a wrong checksum', [first!, second!.map((byte, i) => (i === second!.length - 6 ? byte ^ 1 : byte))]],
    ['something else behind zeros', [first!, zeros(3), Buffer.from('hello')]],
    ['something else', [first!, Buffer.from('hello')]],
  ])('%s is refused', (_, parts) => {
    expect(() => gunzipMembers(Buffer.concat(parts))).toThrow();
  });
});
