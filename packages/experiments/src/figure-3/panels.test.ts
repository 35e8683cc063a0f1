import { dataSetNames } from '@apical/data';
import { expect, test } from 'vitest';
import { parseRunConfig } from '../config/parse.ts';
import { panelNames } from './panels.ts';
import { paper } from './paper.ts';
import { figure3Config, methods } from './protocol.ts';

const curves = panelNames.flatMap((name) => methods.map((method) => [name, method] as const));

test('each panel is named as its data set is, in the order of the paper', () => {
  expect(panelNames).toEqual(['mnist', 'fashion-mnist', 'cifar-10', 'cifar-100']);
  for (const name of panelNames) expect(dataSetNames).toContain(name);
});

test.each(curves)('%s %s: the settings are a valid config', (name, method) => {
  const config = figure3Config(name, method, 1);
  expect(parseRunConfig(config, 'panel')).toEqual(config);
});

test.each(curves)('%s %s: the paper has a value for each evaluation, none below its optimum', (name, method) => {
  const { mean, sd } = paper[name][method];
  const { evaluateAt } = figure3Config(name, method, 1);
  expect(mean).toHaveLength(evaluateAt.length);
  expect(sd).toHaveLength(evaluateAt.length);
  expect(Math.min(...mean)).toBeGreaterThan(paper[name].optimum);
});
