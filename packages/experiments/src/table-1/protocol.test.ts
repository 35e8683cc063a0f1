import { expect, test } from 'vitest';
import { parseRunConfig } from '../config/parse.ts';
import { evaluatedEpochs, table1Config } from './protocol.ts';
import { methods, widths } from './results.ts';
import { settingsNames } from './settings.ts';

test('every run of the table is a config that can be run by itself', () => {
  for (const name of settingsNames) {
    for (const width of widths) {
      for (const method of methods) {
        const config = table1Config(name, width, method, { seed: 3 });
        expect(parseRunConfig(JSON.parse(JSON.stringify(config)), 'config')).toEqual(config);
        expect(config).toMatchObject({ rule: method, hidden: Number(width), activation: 'relu', order: 'reshuffled' });
        expect(config.data.split).toBe('test');
        expect(config.evaluateAt.at(-1)).toBe(config.samples);
      }
    }
  }
});

test('the rates are those of the paper’s Table 3 but for BMVR at k = 256', () => {
  const etas = (width: '64' | '256', method: 'bmvr' | 'backprop') =>
    Object.values(table1Config('paper', width, method, { seed: 1 }).rates).map(({ eta0, t0 }) => [eta0, t0]);
  expect(etas('64', 'bmvr')).toEqual([0.001, 0.0002, 0.001].map((eta) => [eta, undefined]));
  expect(etas('64', 'backprop')).toEqual([0.4, 0.4].map((eta) => [eta, undefined]));
  expect(etas('256', 'backprop')).toEqual([0.2, 0.2].map((eta) => [eta, undefined]));
});

test.each([
  [1, [1]],
  [2, [1, 2]],
  [10, [1, 2, 3, 5, 7, 10]],
  [60, [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 60]],
  [300, [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300]],
])('%i epochs are evaluated after %j', (epochs, points) => {
  expect(evaluatedEpochs(epochs)).toEqual(points);
});
