import { InputError } from '@apical/core';
import { describe, expect, test } from 'vitest';
import { generate } from './synthetic.ts';

describe('a linear teacher', () => {
  test('is one matrix for all samples, whose least-squares fit leaves nothing', () => {
    const { X, Y, count, inputs, labels } = generate(
      'synthetic:linear-teacher?inputs=3&outputs=2&samples=50&teacher=whole&seed=4',
    );
    expect([count, inputs, labels, X.length, Y.length]).toEqual([50, 3, 2, 150, 100]);
    // T from three samples by Cramer's rule, then all others.
    const det = (m: number[][]) =>
      m[0]![0]! * (m[1]![1]! * m[2]![2]! - m[1]![2]! * m[2]![1]!) -
      m[0]![1]! * (m[1]![0]! * m[2]![2]! - m[1]![2]! * m[2]![0]!) +
      m[0]![2]! * (m[1]![0]! * m[2]![1]! - m[1]![1]! * m[2]![0]!);
    const rows = [0, 1, 2].map((t) => [...X.subarray(3 * t, 3 * t + 3)]);
    for (let i = 0; i < 2; i++) {
      const T = [0, 1, 2].map((j) => det(rows.map((row, t) => row.with(j, Y[2 * t + i]!))) / det(rows));
      for (const entry of T) expect(Math.abs(entry - Math.round(entry))).toBeLessThan(1e-3);
      for (let t = 0; t < 50; t++) {
        const said = T.reduce((sum, entry, j) => sum + Math.round(entry) * X[3 * t + j]!, 0);
        expect(Math.abs(said - Y[2 * t + i]!)).toBeLessThan(1e-4);
      }
    }
  });

  test('inputs are standard normal', () => {
    const { X } = generate('synthetic:linear-teacher?samples=4000');
    const mean = X.reduce((a, b) => a + b) / X.length;
    const power = X.reduce((a, b) => a + b * b, 0) / X.length;
    // Four standard errors.
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(X.length));
    expect(Math.abs(power - 1)).toBeLessThan(4 * Math.sqrt(2 / X.length));
  });

  test('the same name gives the same bits, another seed others', () => {
    const [a, b, c] = ['seed=1', 'seed=1', 'seed=2'].map((seed) =>
      generate(`synthetic:linear-teacher?samples=5&${seed}`),
    );
    expect(a).toEqual(b);
    expect(c?.X).not.toEqual(a?.X);
  });
});

test.each([
  ['synthetic:nonlinear', 'there is no such generator; there are synthetic:linear-teacher'],
  ['synthetic:linear-teacher?size=3', 'there is no setting size; there are inputs (a whole number from 1 to 10000)'],
  ['synthetic:linear-teacher?inputs=0', 'inputs of linear-teacher must be a whole number from 1 to 10000, not 0'],
  ['synthetic:linear-teacher?teacher=kind', 'must be one of uniform, whole, not kind'],
])('%s is refused', (name, message) => {
  expect(() => generate(name)).toThrow(InputError);
  expect(() => generate(name)).toThrow(message);
});
