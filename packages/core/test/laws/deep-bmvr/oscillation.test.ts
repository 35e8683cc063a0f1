import { describe, expect, test } from 'vitest';
import { type CircuitSettings, Reading } from '../../../src/index.ts';
import { planNetwork } from '../../../src/network/options.ts';
import { vectors } from '../../readings.ts';
import { rule, slope } from './networks.ts';

describe('one direction: w, v and q about the optimum', () => {
  // One sample again and again: c = x², s = x y.
  const [c, s, radius] = [1.3, 0.8, 0.9];
  const x = Math.sqrt(c);
  const y = s / x;
  const settings: CircuitSettings = { hidden: 1, parameters: { radius }, biases: false };
  const scalar = (value: number) => ({ rows: 1, cols: 1, data: [value] });
  const w = Math.sqrt(radius / c);
  const optimum = { w, v: (w * s) / radius, q: s / Math.sqrt(radius * c) };
  type State = typeof optimum;

  const readingFromState = (own: State, eta: number, etaV: number, etaQ: number) =>
    new Reading(
      planNetwork({
        ...{ rule, inputs: 1, labels: 1, ...settings },
        rates: { W: { eta0: eta }, V: { eta0: etaV }, Q: { eta0: etaQ } },
      }),
      { weights: { W1: scalar(own.w), V1: scalar(own.v), Q1: scalar(own.q) } },
    );
  const stateOf = (reading: Reading): State => {
    const { W1, V1, Q1 } = reading.weights();
    return { w: W1!.data[0]!, v: V1!.data[0]!, q: Q1!.data[0]! };
  };
  const step = (reading: Reading) => reading.learn(vectors([[x]]), vectors([[y]]));
  const names = ['w', 'v', 'q'] as const;

  test('the optimum stays', () => {
    const reading = readingFromState(optimum, 0.1, 0.1, 0.1);
    step(reading);
    for (const name of names) expect(stateOf(reading)[name]).toBeCloseTo(optimum[name], 14);
  });

  test.each([
    [0.01, 0.003, 0.03],
    [0.05, 0.2, 0.01],
  ])('rates %d, %d, %d: λ³ + (α + β) λ² + ω0² λ + ω0² β', (eta, etaV, etaQ) => {
    /** What the state changes by in a step, by how much it is away from the optimum. */
    const columns = names.map((name) =>
      names.map((of) =>
        slope((away) => {
          const from = { ...optimum, [name]: optimum[name] + away / 10 };
          const reading = readingFromState(from, eta, etaV, etaQ);
          step(reading);
          return 10 * (stateOf(reading)[of] - from[of]);
        }),
      ),
    );
    const at = (row: number, column: number) => columns[column]![row]!;
    const minor = (i: number, j: number) => at(i, i) * at(j, j) - at(i, j) * at(j, i);
    const trace = at(0, 0) + at(1, 1) + at(2, 2);
    const determinant =
      at(0, 0) * minor(1, 2) -
      at(0, 1) * (at(1, 0) * at(2, 2) - at(1, 2) * at(2, 0)) +
      at(0, 2) * (at(1, 0) * at(2, 1) - at(1, 1) * at(2, 0));
    const alpha = (eta * s ** 2) / radius;
    const beta = etaV * radius;
    const omega2 = 4 * eta * etaQ * s ** 2;
    expect(-trace / (alpha + beta)).toBeCloseTo(1, 8);
    expect((minor(0, 1) + minor(0, 2) + minor(1, 2)) / omega2).toBeCloseTo(1, 8);
    expect(-determinant / (omega2 * beta)).toBeCloseTo(1, 8);
  });

  /** By how much the distance to the optimum grows a step, and how often q passes it, in radians a step. */
  const oscillation = (eta: number, etaV: number, etaQ: number) => {
    const reading = readingFromState({ ...optimum, q: optimum.q * 1.001 }, eta, etaV, etaQ);
    const [peaks, passes]: [{ t: number; size: number }[], number[]] = [[], []];
    const away: number[] = [];
    for (let t = 0; t < 60_000 && peaks.length < 40; t++) {
      step(reading);
      away.push(stateOf(reading).q - optimum.q);
      const [a, b, last] = away.slice(-3);
      if (last === undefined) continue;
      if (b! > 0 && last <= 0) passes.push(t);
      if (b! > a! && b! > last) peaks.push({ t, size: b! });
    }
    const [first, end] = [peaks[10]!, peaks.at(-1)!];
    return {
      growth: Math.log(end.size / first.size) / (end.t - first.t),
      frequency: (2 * Math.PI * (passes.length - 11)) / (passes.at(-1)! - passes[10]!),
    };
  };

  // α − ω0² − (α + β)² is what damps; with it below zero the oscillation grows.
  test.each([
    { eta: 0.01, etaV: 0.003, etaQ: 0.03 },
    { eta: 0.01, etaV: 0.01, etaQ: 0.1 },
    { eta: 0.01, etaV: 0.2, etaQ: 0.1 },
    { eta: 0.01, etaV: 0.003, etaQ: 0.4 },
  ])('it circles with ω0, and damps where α > ω0² + (α + β)²: %o', ({ eta, etaV, etaQ }) => {
    const alpha = (eta * s ** 2) / radius;
    const beta = etaV * radius;
    const omega2 = 4 * eta * etaQ * s ** 2;
    const { growth, frequency } = oscillation(eta, etaV, etaQ);
    expect(Math.sign(growth)).toBe(alpha > omega2 + (alpha + beta) ** 2 ? -1 : 1);
    expect(Math.abs(frequency / Math.sqrt(omega2) - 1)).toBeLessThan(0.1);
    const expected = omega2 / 2 - (alpha * omega2) / (2 * (omega2 + (alpha + beta) ** 2));
    expect(Math.abs(growth / expected - 1)).toBeLessThan(0.2);
  });
});
