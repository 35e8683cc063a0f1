import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeNpy } from '../formats/npy.ts';
import { givenSpikes } from './given-spikes.ts';
import { streamOf } from './read-spikes.ts';

/** What a stream says in its first steps; asked for in one piece, or in pieces. */
function said(
  name: string,
  options: { dt: number; steps: number; cells?: number; channels?: string[] },
  piece?: number,
) {
  const { dt, steps, cells = 1, channels = [] } = options;
  const stream = streamOf(`stream:${name}`, { dt, seed: 3, cells, channels, steps });
  const [X, Y] = [new Float32Array(steps * stream.inputs), new Float32Array(steps * stream.teacher)];
  for (let first = 0; first < steps; first += piece ?? steps) {
    const count = Math.min(piece ?? steps, steps - first);
    stream.fill(
      X.subarray(first * stream.inputs, (first + count) * stream.inputs),
      Y.subarray(first * stream.teacher, (first + count) * stream.teacher),
      ...[first, count],
    );
  }
  return { X, Y, stream };
}

/** The intervals of a train of a cell, in units of time, from what was left of steps. */
function intervalsOf(X: Float32Array, dt: number, cells: number): number[] {
  const times = Array.from(X, (left, i) =>
    left > 0 && i % cells === 0 ? (i / cells + 1 - left) * dt : Number.NaN,
  ).filter((time) => !Number.isNaN(time));
  return times.slice(1).map((time, i) => time - times[i]!);
}

test('events keep their dead time, come at their rate, and are bursts as often as is said', () => {
  const [dt, steps] = [0.001, 400_000];
  const { X } = said('events?rate=5&dead=0.02&burst=0.3&after=0.002&spread=0.01&exact=true', { dt, steps });
  const intervals = intervalsOf(X, dt, 1);
  const inside = intervals.filter((interval) => interval < 0.0125);
  expect(Math.min(...inside)).toBeGreaterThan(0.002 - 1e-6);
  expect(Math.min(...intervals.filter((interval) => interval > 0.0125))).toBeGreaterThan(0.02 - 1e-6);
  const events = intervals.length - inside.length;
  expect(inside.length / events).toBeCloseTo(0.3, 1);
  // A burst makes the cycle longer by 7 ms on average: E = 1/(1/5 + .007 · .3).
  expect(Math.abs(events / (steps * dt) - 1 / (0.2 + 0.0021))).toBeLessThan(4 * Math.sqrt(5 / (steps * dt)));
});

test.each([
  'events?cells=3&rate=0.2&burst=0.5&dead=1',
  'regular?cells=2&interval=7&count=3&first=2&period=31',
  'normal?cells=4&rank=2',
])('%s says the same, whatever pieces it is asked for, and asked for again', (name) => {
  const options = { dt: 0.5, steps: 500 };
  const whole = said(name, options);
  expect(whole.X.some((x) => x !== 0)).toBe(true);
  expect(said(name, options, 7).X).toEqual(whole.X);
  const again = new Float32Array(whole.X.length / 5);
  whole.stream.fill(again, new Float32Array(0), 100, 100);
  expect(again).toEqual(whole.X.slice(whole.X.length / 5, (2 * whole.X.length) / 5));
});

test('a regular train has its spikes where they are said to be, every period', () => {
  const { X } = said('regular?interval=0.016&count=3&first=0.01&period=0.1&until=0.15', { dt: 1e-3, steps: 300 });
  const steps = [...X.keys()].filter((i) => X[i] === 1);
  expect(steps).toEqual([10, 26, 42, 110, 126, 142]);
});

test('normal numbers of a rank lie in as many directions', () => {
  const { X } = said('normal?cells=6&rank=2', { dt: 1, steps: 400 });
  const covariance = (i: number, j: number) =>
    Array.from({ length: 400 }, (_, t) => X[6 * t + i]! * X[6 * t + j]!).reduce((a, b) => a + b) / 400;
  // All 3 × 3 minors of a matrix of rank 2 are zero; of one of rank 3 that one is not.
  const C = [0, 1, 2].map((i) => [3, 4, 5].map((j) => covariance(i, j)));
  const [a, b, c] = C as [number[], number[], number[]];
  const minor =
    a[0]! * (b[1]! * c[2]! - b[2]! * c[1]!) -
    a[1]! * (b[0]! * c[2]! - b[2]! * c[0]!) +
    a[2]! * (b[0]! * c[1]! - b[1]! * c[0]!);
  expect(Math.abs(minor)).toBeLessThan(1e-6);
  expect(Math.abs(a[0]! * b[1]! - a[1]! * b[0]!)).toBeGreaterThan(1e-4);
});

test('what is said of a channel several times is added up', () => {
  const both = 'constant;drive=constant?value=0.25;drive=constant?value=0.5&from=4&until=6';
  const { Y } = said(both, { dt: 1, steps: 8, cells: 2, channels: ['other', 'drive'] });
  const drive = Array.from({ length: 8 }, (_, t) => [...Y.subarray(4 * t, 4 * t + 4)]);
  expect(drive).toEqual(
    Array.from({ length: 8 }, (_, t) => [0, 0, ...(t === 4 || t === 5 ? [0.75, 0.75] : [0.25, 0.25])]),
  );
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'apical-spikes-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('given spikes are in their steps and cells, from CSV and NPY; two in a step count as two', () => {
  const path = folder();
  const rows = [5, 0, 5.5, 1, 20, 0, 20.4, 0, 99.5, 2];
  writeFileSync(
    join(path, 'a.csv'),
    `time,cell\n${[0, 2, 4, 6, 8].map((i) => `${rows[i]},${rows[i + 1]}`).join('\n')}\n`,
  );
  writeFileSync(join(path, 'a.npy'), writeNpy({ shape: [5, 2], data: Float64Array.from(rows) }));
  for (const file of ['a.csv', 'a.npy']) {
    const { X } = said(`spikes?cells=3&file=${join(path, file)}`, { dt: 0.5, steps: 200 }, 30);
    const found = [...X].flatMap((count, i) => (count > 0 ? [[Math.floor(i / 3), i % 3, count]] : []));
    expect(found).toEqual([
      [10, 0, 1],
      [11, 1, 1],
      [40, 0, 2],
      [199, 2, 1],
    ]);
  }
});

test('the header of given spikes says which column is which', () => {
  const file = join(folder(), 'a.csv');
  const spikes = (text: string) => {
    writeFileSync(file, text);
    return said(`spikes?cells=3&file=${file}`, { dt: 0.5, steps: 200 }, 30).X;
  };
  expect(spikes('Cell,Time\n0,5\n1,20\n')).toEqual(spikes('5,0\n20,1\n'));
});

test.each([
  ['out of order', '5,0\n3,1', 'spike 2: comes at 3, before spike 1 at 5: sort them by time'],
  ['beyond the end', '5,0\n100,1', 'spike 2: comes at 100, beyond the end at 100 (200 steps of 0.5)'],
  ['before the start', '-1,0', 'spike 1: its time must be 0 or more, not -1'],
  ['in a cell that there is not', '1,3', 'spike 1: its cell must be a whole number from 0 to 2, not 3'],
  ['in half a cell', '1,0.5', 'spike 1: its cell must be a whole number from 0 to 2, not 0.5'],
  ['in a table of three columns', '1,2,3', 'must have two columns, time and cell, not the shape 1 × 3'],
  ['in an empty file', '', 'is empty'],
  [
    'in columns of other names',
    't,unit\n5,0',
    'line 1: the columns are called "t" and "unit"; call them time and cell',
  ],
])('given spikes %s are refused in one line', (_, text, message) => {
  const file = join(folder(), 'a.csv');
  writeFileSync(file, text);
  expect(() => said(`spikes?cells=3&file=${file}`, { dt: 0.5, steps: 200 })).toThrow(`${file}: ${message}`);
});

test.each([
  ['spikes?cells=3', 'spikes needs one file'],
  ['spikes?file=/nowhere/a.csv', '/nowhere/a.csv: there is no such file of spikes'],
  ['poisson?rate=3', 'rate of poisson must be at most 2, a spike a step of 0.5, not 3'],
  ['poisson?rate=-1', 'rate of poisson must be a number, 0 or more, not -1'],
  ['events?rate=1&dead=1', 'dead must be less than 1/rate, 1, not 1'],
  ['regular?count=3&interval=10&period=20', 'the last of 3 spikes comes at 20, after the period, 20'],
  ['place-fields?speed=50', 'at the speed 50 a step of 0.5 is 25 cm, and fields are 21.2 cm wide'],
  ['pulses?width=0.2', 'width of pulses must be at least half a step of 0.5, not 0.2'],
  ['place-fields?length=0', 'length of place-fields must be a number, more than 0, not 0'],
])('%s is refused in one line', (name, message) => {
  expect(() => said(name, { dt: 0.5, steps: 200 })).toThrow(message);
});

test('exact spikes are what was left of their step; two of a cell in a step are refused', () => {
  const at = (times: number[], exact = true) => {
    const out = new Float32Array(6);
    givenSpikes({ times, cells: [0, 0] }, { path: 'a.csv', dt: 0.5, cells: 1, exact })(out, {
      dt: 0.5,
      first: 0,
      count: 6,
    });
    return [...out];
  };
  expect(at([0.5, 1.75])).toEqual([0, 1, 0, 0.5, 0, 0]);
  expect(at([0.5, 1.75], false)).toEqual([0, 1, 0, 1, 0, 0]);
  expect(() => at([0.5, 0.75])).toThrow('a.csv: spike 2: is the second of cell 0 in a step of 0.5');
});
