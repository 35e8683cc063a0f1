import { InputError } from '@apical/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generators } from './registry.ts';
import { generate, listGenerators, syntheticCovariance, syntheticSet } from './synthetic.ts';
import { turn } from './turn.ts';
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
  ['synthetic:nonlinear', 'there is no such generator; there are synthetic:moons, synthetic:circles'],
  ['synthetic:moons?', 'after ? there are settings, KEY=VALUE&KEY=VALUE, and not ""'],
  ['synthetic:moons?noise', 'and not "noise"'],
  ['synthetic:moons?noise=', 'and not "noise="'],
  ['synthetic:moons?noise=0&noise=1', 'noise is given twice'],
  ['synthetic:moons?noise=-1', 'noise of synthetic:moons must be a number from 0 to 100, not -1'],
  ['synthetic:spiked?noise=-1', 'noise of synthetic:spiked must be a number from 0 to 1000000, not -1'],
  ['synthetic:coloured?smallest=-1', 'smallest of synthetic:coloured must be a number from 0 to 1000000, not -1'],
  [
    'synthetic:correlated-views?largest=1.5',
    'largest of synthetic:correlated-views must be a number from 0 to 1, not 1.5',
  ],
  ['synthetic:moons?samples=1.5', 'must be a whole number from 1 to 10000000, not 1.5'],
  ['synthetic:moons?seed=9007199254740993', 'seed of synthetic:moons must be a whole number'],
  ['synthetic:moons?toString=1', 'there is no setting toString'],
  [
    'synthetic:linear-teacher?inputs=10000&samples=1000000',
    'would be 10,010,000,000 numbers, and 268,435,456 is the most',
  ],
  ['synthetic:linear-teacher?size=3', 'there is no setting size; there are inputs (a whole number from 1 to 10000)'],
  [
    'synthetic:linear-teacher?inputs=0',
    'inputs of synthetic:linear-teacher must be a whole number from 1 to 10000, not 0',
  ],
  ['synthetic:spiked?dimensions=5&rank=6', 'rank must be at most 5, the dimensions, not 6'],
  ['synthetic:spiked?noise=-1', 'noise of synthetic:spiked must be a number from 0 to 1000000, not -1'],
  ['synthetic:coloured?largest=1&smallest=2', 'smallest must be at most 1, the largest, not 2'],
  ['synthetic:coloured?smallest=-2', 'smallest of synthetic:coloured must be a number from 0 to 1000000, not -2'],
  ['synthetic:coloured?dimensions=3', 'components must be at most 3, the dimensions, not 4'],
  ['synthetic:correlated-views?outputs=3', 'components must be at most 3, the numbers of a view, not 4'],
  [
    'synthetic:correlated-views?largest=1.5',
    'largest of synthetic:correlated-views must be a number from 0 to 1, not 1.5',
  ],
  ['synthetic:linear-teacher?teacher=kind', 'must be one of uniform, whole, not kind'],
])('%s is refused', (name, message) => {
  expect(() => generate(name)).toThrow(InputError);
  expect(() => generate(name)).toThrow(message);
});

describe.each(generators.map((generator) => [generator.name, generator] as const))('%s', (name, generator) => {
  const made = generate(`synthetic:${name}?samples=60&test=40&seed=5`);

  test('makes what it says that it makes', () => {
    const { X, Y, classes, classNames, inputs, labels } = made;
    expect(syntheticSet(`synthetic:${name}?samples=60&test=40&seed=5`)).toMatchObject({
      ...{ train: 60, test: 40, inputs, labels, kind: generator.labels },
      ...(classNames && { classNames }),
    });
    expect(X).toHaveLength(100 * inputs);
    expect(Y?.length).toBe(generator.labels === 'numbers' ? 100 * labels : undefined);
    expect(classes?.length).toBe(generator.labels === 'classes' ? 100 : undefined);
    expect(classNames?.length).toBe(generator.labels === 'classes' ? labels : undefined);
    for (const value of [...X, ...(Y ?? [])]) expect(Number.isFinite(value)).toBe(true);
    for (const c of classes ?? []) expect(c).toBeLessThan(labels);
  });

  test('the same name gives the same bits, another seed others; fewer samples are the first of more', () => {
    const again = generate(`synthetic:${name}?samples=60&test=40&seed=5`);
    expect(again).toEqual(made);
    expect(generate(`synthetic:${name}?samples=60&test=40&seed=6`).X).not.toEqual(made.X);
    const fewer = generate(`synthetic:${name}?samples=30&seed=5`);
    expect(fewer.X).toEqual(made.X.subarray(0, 30 * made.inputs));
    expect(fewer.Y).toEqual(made.Y?.subarray(0, 30 * made.labels));
    expect(fewer.classes).toEqual(made.classes?.subarray(0, 30));
  });

  test('its settings are listed with what they are', () => {
    const { parameters } = listGenerators().find((listed) => listed.name === `synthetic:${name}`)!;
    expect(Object.keys(parameters)).toEqual([...Object.keys(generator.parameters), 'samples', 'test', 'seed']);
  });
});

test('a turn is a cosine and a sine, to 1e-15', () => {
  expect(turn(0.25)).toEqual([0, 1].map((each) => expect.closeTo(each, 15)));
  fc.assert(
    fc.property(fc.double({ min: 0, max: 10, noNaN: true }), (t) => {
      const [cosine, sine] = turn(t);
      // What t is rounded to is in both: 2π t is off by the rounding of the product.
      expect(Math.abs(cosine - Math.cos(2 * Math.PI * t))).toBeLessThan(2e-14);
      expect(Math.abs(sine - Math.sin(2 * Math.PI * t))).toBeLessThan(2e-14);
      expect(Math.abs(cosine ** 2 + sine ** 2 - 1)).toBeLessThan(1e-15);
    }),
  );
});

describe('points of the plane', () => {
  /** The points of a class. */
  function pointsOf(name: string, c: number): [number, number][] {
    const { X, classes } = generate(name);
    return Array.from(classes!.keys())
      .filter((t) => classes![t] === c)
      .map((t) => [X[2 * t]!, X[2 * t + 1]!]);
  }

  test('moons without noise lie on two half circles', () => {
    for (const [x, y] of pointsOf('synthetic:moons?noise=0', 0)) {
      expect(Math.hypot(x, y)).toBeCloseTo(1, 6);
      expect(y).toBeGreaterThanOrEqual(0);
    }
    for (const [x, y] of pointsOf('synthetic:moons?noise=0', 1)) {
      expect(Math.hypot(x - 1, y - 0.5)).toBeCloseTo(1, 6);
      expect(y).toBeLessThanOrEqual(0.5);
    }
  });

  test('circles without noise have their radii', () => {
    for (const [c, radius] of [
      [0, 1],
      [1, 0.3],
    ] as const) {
      for (const [x, y] of pointsOf('synthetic:circles?noise=0&factor=0.3', c))
        expect(Math.hypot(x, y)).toBeCloseTo(radius, 6);
    }
  });

  test('arms of a spiral are one arm, turned', () => {
    for (const c of [0, 1, 2]) {
      for (const [x, y] of pointsOf('synthetic:spirals?arms=3&turns=2&noise=0', c)) {
        const radius = Math.hypot(x, y);
        const angle = Math.atan2(y, x) / (2 * Math.PI) - 2 * radius - c / 3;
        expect(Math.abs(angle - Math.round(angle)) * radius).toBeLessThan(1e-6);
      }
    }
  });

  test('noise has the standard deviation that was asked for', () => {
    const distances = pointsOf('synthetic:circles?samples=20000&noise=0.01', 0).map(([x, y]) => Math.hypot(x, y) - 1);
    const square = distances.reduce((sum, each) => sum + each * each, 0) / distances.length;
    // Across the circle it is noise of one coordinate, to second order. Four standard errors.
    expect(Math.abs(square / 1e-4 - 1)).toBeLessThan(4 * Math.sqrt(2 / distances.length) + 0.01);
  });

  test('exclusive or is the parity of the bits', () => {
    const { X, classes } = generate('synthetic:xor?bits=3&noise=0');
    for (const [t, c] of classes!.entries()) {
      expect([...X.subarray(3 * t, 3 * t + 3)].filter((bit) => bit === 1).length % 2).toBe(c);
    }
  });
});

describe('covariances', () => {
  const names = ['spiked?dimensions=6&rank=3', 'coloured?dimensions=6', 'two-views?inputs=5&outputs=4&sources=2'];
  names.push('correlated-views?inputs=5&outputs=4&components=3');

  test.each(names)('samples of %s have the covariance that is known of them', (name) => {
    const count = 20_000;
    const { X, Y, inputs, labels } = generate(`synthetic:${name}&samples=${count}&seed=2`);
    const { xx, xy, yy } = syntheticCovariance(`synthetic:${name}&seed=2`)!;
    const variance = (of: Float64Array, size: number, i: number) => of[i * size + i]!;
    const check = (
      known: Float64Array,
      left: readonly [Float32Array, number],
      right: readonly [Float32Array, number],
    ) => {
      const [[A, m], [B, n]] = [left, right];
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let sum = 0;
          for (let t = 0; t < count; t++) sum += A[t * m + i]! * B[t * n + j]!;
          const [a, b] = [variance(m === inputs ? xx : yy!, m, i), variance(n === inputs ? xx : yy!, n, j)];
          // Five standard errors of a mean product of normal numbers.
          const error = Math.sqrt((a * b + known[i * n + j]! ** 2) / count);
          expect(Math.abs(sum / count - known[i * n + j]!)).toBeLessThan(5 * error);
        }
      }
    };
    check(xx, [X, inputs], [X, inputs]);
    if (!Y) return;
    check(xy!, [X, inputs], [Y, labels]);
    check(yy!, [Y, labels], [Y, labels]);
  });

  /** Sums of powers of the eigenvalues of a symmetric matrix, which say them: its trace, and that of its square. */
  const powers = (C: Float64Array) => {
    const size = Math.sqrt(C.length);
    const trace = C.reduce((sum, each, at) => (at % (size + 1) === 0 ? sum + each : sum), 0);
    return [trace, C.reduce((sum, each) => sum + each * each, 0)];
  };

  test('have the eigenvalues, and the canonical correlations, that were asked for', () => {
    const spiked = powers(syntheticCovariance('synthetic:spiked?dimensions=6&rank=3&noise=0.1')!.xx);
    const eigenvalues = [1.1, 0.85, 0.6, 0.1, 0.1, 0.1];
    const sums = (of: readonly number[]) => [1, 2].map((power) => of.reduce((sum, each) => sum + each ** power, 0));
    expect(spiked).toEqual(sums(eigenvalues).map((each) => expect.closeTo(each, 10)));
    const coloured = powers(syntheticCovariance('synthetic:coloured?dimensions=9&tail=0')!.xx);
    expect(coloured).toEqual(sums([5, 4, 3, 2]).map((each) => expect.closeTo(each, 10)));
    const { xx, xy } = syntheticCovariance('synthetic:correlated-views')!;
    expect(powers(xx)).toEqual([20, 20]);
    // Both views are white: the singular values of Cxy are the canonical correlations.
    const squares = xy!.reduce((sum, each) => sum + each * each, 0);
    expect(squares).toBeCloseTo(
      [0.9, 0.8, 0.7, 0.6].reduce((sum, rho) => sum + rho * rho, 0),
      10,
    );
  });

  test('are not known of others', () => {
    expect(syntheticCovariance('synthetic:moons')).toBeUndefined();
  });
});

test('a teacher says what is rectified: linear between the kinks, and with no noise the same of the same', () => {
  // One input and one hidden unit: y = w2 relu(w1 x + b) has one kink, on one side of which it is 0.
  const { X, Y } = generate('synthetic:teacher?inputs=1&hidden=1&outputs=1&samples=200&seed=2');
  const points = Array.from(X, (x, t) => [x, Y![t]!] as const).sort(([a], [b]) => a - b);
  const active = points.filter(([, y]) => y !== 0);
  expect(active.length).toBeGreaterThan(10);
  expect(active.length).toBeLessThan(200);
  const [[x0, y0], [x1, y1]] = [active[0]!, active.at(-1)!];
  for (const [x, y] of active) expect(y).toBeCloseTo(y0 + ((y1 - y0) / (x1 - x0)) * (x - x0), 5);
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
