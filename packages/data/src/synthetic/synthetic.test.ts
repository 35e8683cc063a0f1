import { InputError } from '@apical/core';
import { describe, expect, test } from 'vitest';
import { generate } from './synthetic.ts';
import { yinYangClass } from './yin-yang.ts';

describe('a linear teacher', () => {
  test('is one matrix for all samples, whose least-squares fit leaves nothing', () => {
    const { X, Y, count, inputs, labels } = generate(
      'synthetic:linear-teacher?inputs=3&outputs=2&samples=50&teacher=whole&seed=4',
    );
    expect([count, inputs, labels, X.length, Y!.length]).toEqual([50, 3, 2, 150, 100]);
    // T from three samples by Cramer's rule, then all others.
    const det = (m: number[][]) =>
      m[0]![0]! * (m[1]![1]! * m[2]![2]! - m[1]![2]! * m[2]![1]!) -
      m[0]![1]! * (m[1]![0]! * m[2]![2]! - m[1]![2]! * m[2]![0]!) +
      m[0]![2]! * (m[1]![0]! * m[2]![1]! - m[1]![1]! * m[2]![0]!);
    const rows = [0, 1, 2].map((t) => [...X.subarray(3 * t, 3 * t + 3)]);
    for (let i = 0; i < 2; i++) {
      const T = [0, 1, 2].map((j) => det(rows.map((row, t) => row.with(j, Y![2 * t + i]!))) / det(rows));
      for (const entry of T) expect(Math.abs(entry - Math.round(entry))).toBeLessThan(1e-3);
      for (let t = 0; t < 50; t++) {
        const said = T.reduce((sum, entry, j) => sum + Math.round(entry) * X[3 * t + j]!, 0);
        expect(Math.abs(said - Y![2 * t + i]!)).toBeLessThan(1e-4);
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

describe('the yin-yang', () => {
  const { X, Y, classes, count, inputs, labels } = generate('synthetic:yin-yang?samples=3000&seed=3');
  const points = Array.from({ length: count }, (_, t) => [X[4 * t]!, X[4 * t + 1]!] as const);

  test('has points of a disc, each with its reflection, and three classes, all equally often', () => {
    expect([count, inputs, labels, X.length, classes?.length, Y]).toEqual([3000, 4, 3, 12_000, 3000, undefined]);
    for (const [t, [x, y]] of points.entries()) {
      expect(Math.hypot(x - 0.5, y - 0.5)).toBeLessThanOrEqual(0.5);
      expect(X[4 * t + 2]).toBeCloseTo(1 - x, 6);
      expect(X[4 * t + 3]).toBeCloseTo(1 - y, 6);
    }
    for (const c of [0, 1, 2]) {
      // Four standard errors.
      const share = classes!.filter((each) => each === c).length / count;
      expect(Math.abs(share - 1 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / count));
    }
  });

  test('turned by half a turn, yin is yang, and a dot a dot', () => {
    for (const [t, [x, y]] of points.entries()) {
      const c = classes![t]!;
      expect(yinYangClass(1 - x, 1 - y), `${x}, ${y}`).toBe(c === 2 ? 2 : 1 - c);
    }
  });

  test.each([
    [0.25, 0.5, 2],
    [0.75, 0.59, 2],
    [0.25, 0.35, 1],
    [0.75, 0.65, 0],
    [0.5, 0.95, 1],
    [0.5, 0.05, 0],
    [0.01, 0.01, undefined],
  ])('(%d, %d) is of class %s', (x, y, expected) => {
    expect(yinYangClass(x, y)).toBe(expected);
  });

  test('the same name gives the same bits, another seed others', () => {
    expect(generate('synthetic:yin-yang?samples=3000&seed=3').X).toEqual(X);
    expect(generate('synthetic:yin-yang?samples=3000&seed=4').X).not.toEqual(X);
  });
});
