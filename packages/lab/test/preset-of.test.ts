import { parseRunConfig } from '@apical/experiments';
import { expect, test } from 'vitest';
import { settingsOf } from '../src/page/experiment/experiment.ts';
import { isPreset, presetOf } from '../src/page/experiment/preset-of.ts';
import { defaultPreset, presets } from '../src/page/experiment/presets.ts';
import { runConfigOf, withConfig } from '../src/page/experiment/run-config.ts';

test('every preset is found, also by the config of one of its rules', () => {
  for (const preset of presets) {
    expect(presetOf(preset.experiment, defaultPreset)).toBe(preset);
    for (const rule of preset.experiment.rules) {
      const config = parseRunConfig(JSON.parse(JSON.stringify(runConfigOf(preset.experiment, rule))), 'config');
      const imported = withConfig(config);
      expect(isPreset(imported, presetOf(imported, defaultPreset)!)).toBe(true);
      expect(isPreset(imported, preset)).toBe(true);
    }
  }
});

test('an experiment that is changed in anything is no preset', () => {
  const { experiment } = defaultPreset;
  const { rates } = settingsOf(experiment, 'bmvr');
  for (const changed of [
    { ...experiment, seed: 2 },
    { ...experiment, batch: 10 },
    { ...experiment, hidden: 7 },
    { ...experiment, order: 'reshuffled' as const },
    { ...experiment, set: 'own: mine.csv', split: 'train' as const },
    { ...experiment, changes: [{ at: 5, rule: 'bmvr', rates }] },
  ]) {
    expect(presetOf(changed, defaultPreset)).toBeUndefined();
  }
});
