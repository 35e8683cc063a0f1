import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/support/folder.ts';
import { writeTensors } from '../../test/tensors.ts';
import { loadMatrix } from '../matrix.ts';
import { loadOwnData } from '../own/own-data.ts';
import { fitRows, preprocessRows } from '../preprocess.ts';
import { HalfNumbers } from './half-numbers.ts';

const kinds = [
  { dtype: 'F16', form: 'float16', bias: 15, fractionBits: 10 },
  { dtype: 'BF16', form: 'bfloat16', bias: 127, fractionBits: 7 },
] as const;

async function written(dtype: string, bits: Uint16Array, columns: number): Promise<string> {
  const path = join(await temporaryFolder(), 'x.safetensors');
  const bytes = new Uint8Array(bits.buffer);
  const y = Uint8Array.from({ length: bits.length / columns }, (_, i) => i % 2);
  writeFileSync(
    path,
    writeTensors({
      x: { dtype, shape: [bits.length / columns, columns], bytes },
      y: { dtype: 'U8', shape: [y.length], bytes: y },
    }),
  );
  return path;
}

describe.each(kinds)('$form', ({ dtype, form, bias, fractionBits }) => {
  /** (−1)^s · 2^(e − bias) · (1 + f / 2^fractionBits), and without the 1 where e is 0. */
  const numberOf = (bits: number) => {
    const [exponent, fraction] = [(bits & 0x7fff) >> fractionBits, bits & (2 ** fractionBits - 1)];
    const whole = exponent === 0 ? fraction : 2 ** fractionBits + fraction;
    return (bits >> 15 ? -1 : 1) * whole * 2 ** (Math.max(exponent, 1) - bias - fractionBits);
  };
  const infinite = (2 ** (15 - fractionBits) - 1) << fractionBits;
  const finite = Uint16Array.from({ length: 2 ** 16 }, (_, i) => i).filter((bits) => (bits & 0x7fff) < infinite);

  test('all finite numbers are what their bits say', async () => {
    const { data } = await loadMatrix(`${await written(dtype, finite, 1)}:x`);
    expect(data).toEqual(Float32Array.from(finite, numberOf));
  });

  test('what is infinite, or none, is refused', async () => {
    for (const [bits, word] of [
      [infinite, 'Infinity'],
      [infinite | 0x8000, '-Infinity'],
      [infinite + 1, 'NaN'],
    ] as const) {
      const path = await written(dtype, Uint16Array.of(1, 2, 3, bits, 4, infinite), 2);
      await expect(loadMatrix(`${path}:x`)).rejects.toThrow(
        `x.safetensors: x: ${word} at row 1, column 1 (both from 0); every number must be finite`,
      );
    }
  });

  test('samples take as much memory as in the file: what is learned and what is held out lie in one buffer', async () => {
    const { train, test: held } = await loadOwnData({
      path: `${await written(dtype, finite, 8)}:x`,
      target: 'y',
      holdOut: 0.2,
    });
    const [learned, others] = [train.data, held!.data] as readonly HalfNumbers[];
    expect(learned!.form).toBe(form);
    expect(learned!.bits.buffer).toBe(others!.bits.buffer);
    expect(learned!.bits.buffer.byteLength).toBe(2 * finite.length);
    expect([...learned!.bits, ...others!.bits].toSorted((a, b) => a - b)).toEqual([...finite]);
    expect(train.data.length + held!.data.length).toBe(finite.length);
  });

  test('they are prepared as the same numbers of float32 are', () => {
    const bits = finite.filter((bits) => Math.abs(numberOf(bits)) < 100 && bits % 3 > 0).subarray(0, 3000);
    const [halves, floats] = [new HalfNumbers(bits, form), Float32Array.from(bits, numberOf)];
    for (const way of ['raw', 'unit', 'unit-length', 'standardised', 'columns', 'centred'] as const) {
      const inputs = fitRows(floats, 4, way);
      expect(fitRows(halves, 4, way)).toEqual(inputs);
      expect(preprocessRows(halves, 750, { inputs })).toEqual(preprocessRows(floats, 750, { inputs }));
    }
    expect([...halves.subarray(5, 9)]).toEqual([...floats.subarray(5, 9)]);
  });
});
