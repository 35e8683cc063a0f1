import { findRule } from '@apical/core';
import { describe, expect, test } from 'vitest';
import { excludesRidge, fittingNames, fittingParameters, settingsOf } from './run-settings.ts';

const mirror = findRule('weight-mirror');

test('options become the settings that they name; what is not given is not there', async () => {
  expect(await settingsOf({}, mirror)).toEqual({});
  const options = {
    data: 'mnist',
    first: 100,
    hidden: [8, 4],
    rate: ['W=0.3:cosine:100', 'W1=5e-3:1e3'],
    initial: ['B=uniform:1:fan-sum'],
    optimiser: ['momentum:0.5', 'B=plain'],
    weightDecay: 1e-4,
    parameter: { amplitude: '0.2', before: '3' },
    probe: ['alignment'],
  };
  expect(await settingsOf(options, mirror)).toEqual({
    data: { set: 'mnist', first: 100 },
    hidden: [8, 4],
    rates: { W: { eta0: 0.3, cosine: { over: 100 } }, W1: { eta0: 0.005, t0: 1000 } },
    initial: { B: { uniform: 1, fan: 'sum' } },
    optimiser: { kind: 'momentum', momentum: 0.5, weightDecay: 1e-4 },
    optimisers: { B: { kind: 'plain' } },
    parameters: { amplitude: 0.2, before: 3 },
    probes: ['alignment'],
  });
  expect(await settingsOf({ weightDecay: 0.1 }, mirror)).toEqual({ optimiser: { kind: 'plain', weightDecay: 0.1 } });
});

test('BMVR is decoupled by its option and by its parameter alike', async () => {
  const bmvr = findRule('bmvr');
  expect(await settingsOf({ parameter: { decoupled: 'true' } }, bmvr)).toEqual(
    await settingsOf({ decoupled: true }, bmvr),
  );
});

describe('words that mean nothing are refused with the option', () => {
  test.each([
    ['W1', '--rate W1: SYNAPSES=RATE, such as W1=0.01:1e3 is expected'],
    ['=1', '--rate =1: SYNAPSES=RATE'],
    ['W1=', '--rate W1=: SYNAPSES=RATE'],
    ['W1=1:', '--rate W1=1:: a finite number is expected, not ""'],
    ['W1=1:2:3', '--rate W1=1:2:3: T0, or one of linear, cosine, steps is expected'],
    ['W1=Infinity', 'a finite number is expected, not "Infinity"'],
  ])('--rate %s', async (text, message) => {
    await expect(settingsOf({ rate: [text] }, mirror)).rejects.toThrow(message);
  });

  test('what is given twice, and parameters out of range', async () => {
    await expect(settingsOf({ rate: ['W1=2', 'W1=1'] }, mirror)).rejects.toThrow('--rate W1=1: W1 is given twice');
    await expect(settingsOf({ optimiser: ['adam', 'plain'] }, mirror)).rejects.toThrow('there is one already, adam');
    await expect(settingsOf({ parameter: { amplitude: '-1' } }, mirror)).rejects.toThrow(
      '--parameter amplitude=-1: the parameter amplitude must be a number, 0 or more, not -1',
    );
  });
});

test('of options that hold for several rules, each takes what it has', () => {
  const said = {
    rates: { W: { eta0: 1 }, B: { eta0: 2 } },
    initial: { B: { normal: 1 } },
    parameters: { amplitude: 1 },
    batch: 3,
  };
  const none = fittingNames(fittingParameters(said, findRule('backprop')).said, {
    rates: ['W1', 'W'],
    starts: ['W1', 'W'],
  });
  expect(none.said).toEqual({ rates: { W: { eta0: 1 } }, batch: 3 });
  expect(none.left.map(({ option }) => option)).toEqual(['--rate B', '--initial B']);
  expect(fittingParameters(said, findRule('backprop')).left).toEqual([{ option: '--parameter amplitude' }]);
  expect(fittingParameters(said, mirror)).toEqual({ said, left: [] });
});

test.each([
  [{ hidden: 3 }, false],
  [{ hidden: [3, 3], batch: 2, optimiser: { kind: 'adam' } as const, activation: 'linear' as const }, false],
  [{ activation: 'relu' as const }, true],
  [{ output: 'softmax' as const }, true],
])('with %o there can be no ridge: %s', (said, excluded) => {
  expect(excludesRidge(said)).toBe(excluded);
});
