import { createNetwork, findRule, sampleRules } from '@apical/core';
import { describe, expect, test } from 'vitest';
import { refusalOf } from '../src/page/experiment/circuit.ts';
import { type Experiment, settingsOf } from '../src/page/experiment/experiment.ts';
import { guessNetwork } from '../src/page/experiment/guess-network.ts';
import { defaultPreset } from '../src/page/experiment/presets.ts';
import { runConfigOf } from '../src/page/experiment/run-config.ts';
import { variants } from '../src/page/experiment/setting-names.ts';
import { asUsual } from '../src/page/experiment/usual-settings.ts';
import { networkOptions } from '../src/page/training/run.ts';

const preset = defaultPreset.experiment;
const sizesOf = (rule: string) => ({ inputs: 6, labels: findRule(rule).shape.labels === 'none' ? 0 : 4 });

/** All circuits of all rules, of one layer and of two. */
const cases = sampleRules.flatMap(({ name }) =>
  ([{}, { hidden: [5, 3], activation: 'relu' }] as const).flatMap((network) => {
    const experiment: Experiment = { ...preset, hidden: 3, ...network, rules: [name] };
    if (refusalOf(experiment, name) !== undefined) return [];
    return variants(experiment, name).map((variant) => ({
      rule: name,
      words: JSON.stringify([variant.hidden, settingsOf(variant, name).parameters]),
      experiment: asUsual({ ...experiment, settings: {} }, preset, { [name]: settingsOf(variant, name).parameters }),
    }));
  }),
);

describe.each(cases)('$rule $words', ({ rule, experiment }) => {
  test('weights without a config are those of a network that can begin with them', async () => {
    const network = await createNetwork({ ...networkOptions(runConfigOf(experiment, rule)), ...sizesOf(rule) });
    const weights = network.weights();
    const guessed = guessNetwork(weights, preset, preset)!;
    expect(guessed.hidden).toEqual(experiment.hidden);
    const [found] = guessed.rules;
    const config = runConfigOf(guessed, found!);
    const again = await createNetwork({ ...networkOptions(config), ...sizesOf(found!), weights });
    expect(again.weights()).toEqual(weights);
  });
});

test('weights of no network are told to be none', () => {
  const matrix = { rows: 2, cols: 3, data: new Float32Array(6) };
  expect(guessNetwork({}, preset, preset)).toBeUndefined();
  expect(guessNetwork({ W1: matrix, V: matrix }, preset, preset)).toBeUndefined();
});
