import { expect, test } from 'vitest';
import { auditCircuit, describeCircuit } from '../../../src/index.ts';
import { relativeError } from '../../fixtures.ts';
import { changesOf, randomWeights } from '../changes.ts';
import { after, only, rule, samples, three } from './networks.ts';

test('gain 0: a layer learns as if there were none above it', () => {
  const settings = { ...three, parameters: { gain: 0 } };
  const weights = randomWeights(rule, three, 5);
  const whole = after(settings, weights);
  const isOf = (l: number) => (name: string) =>
    Number(name.at(-1)) <= l && !(name.startsWith('A') && name.endsWith(`${l}`));
  for (const l of [1, 2]) {
    const lower = { ...settings, hidden: [4, 3, 5].slice(0, l) };
    const own = after(lower, only(weights, isOf(l)));
    for (const [name, { data }] of Object.entries(own)) expect(data, name).toEqual(whole[name]!.data);
  }
});

test('the label to the top only is the label everywhere with V_l = Q_l = 0 below', () => {
  const weights = randomWeights(rule, three, 6);
  const silent = Object.fromEntries(
    ['V1', 'V2', 'Q1', 'Q2'].map((name) => {
      const { rows, cols } = weights[name]!;
      return [name, { rows, cols, data: new Float64Array(rows * cols) }];
    }),
  );
  const everywhere = changesOf(rule, three, { ...weights, ...silent }, samples);
  const top = changesOf(
    rule,
    three,
    only(weights, (name) => !Object.hasOwn(silent, name)),
    samples,
    { label: 'top' },
  );
  expect(Object.keys(top)).toHaveLength(10);
  for (const [name, change] of Object.entries(top)) {
    expect(relativeError(change, [...everywhere[name]!]), name).toBeLessThan(1e-13);
  }
});

test('the audit: synapses see what their two ends have; no transport, no error', () => {
  const audit = auditCircuit(describeCircuit(rule, { hidden: [8, 8, 8], activation: 'relu' }));
  const ends = audit.synapses.map(({ synapses, post, pre }) => `${synapses}: ${post?.expression}, ${pre?.expression}`);
  expect(ends).toEqual([
    ...['W1: p1, x', 'b1: p1, 1', 'V1: h1, y', 'Q1: h1, n1', 'A1: h1, p2'],
    ...['W2: p2, h1', 'b2: p2, 1', 'V2: h2, y', 'Q2: h2, n2', 'A2: h2, p3'],
    ...['W3: p3, h2', 'b3: p3, 1', 'V3: h3, y', 'Q3: h3, n3'],
  ]);
  expect(audit).toMatchObject({ weightTransport: [], explicitErrors: [], phases: 1, local: true });
});
