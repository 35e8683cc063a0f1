import { methods, parseRunConfig } from '@apical/experiments';
import { expect, test } from 'vitest';
import { runConfigOf, withConfig } from '../src/page/experiment/experiment.ts';
import { isPreset, presetOf } from '../src/page/experiment/preset-of.ts';
import { defaultPreset, presets } from '../src/page/experiment/presets.ts';

test('every preset is found, also by the config of one of its rules', () => {
  for (const preset of presets) {
    expect(presetOf(preset.experiment, defaultPreset)).toBe(preset);
    for (const method of methods) {
      const config = parseRunConfig(JSON.parse(JSON.stringify(runConfigOf(preset.experiment, method))), 'config');
      const imported = withConfig(defaultPreset.experiment, config);
      expect(isPreset(imported, presetOf(imported, defaultPreset)!)).toBe(true);
      expect(isPreset(imported, preset)).toBe(true);
    }
  }
});

test('an experiment that is changed in anything is no preset', () => {
  const { experiment } = defaultPreset;
  const { rates } = experiment.settings.bmvr;
  for (const changed of [
    { ...experiment, seed: 2 },
    { ...experiment, hidden: experiment.hidden + 1 },
    { ...experiment, order: 'reshuffled' as const },
    { ...experiment, set: 'own: mine.csv' },
    { ...experiment, changes: [{ at: 5, method: 'bmvr' as const, rates }] },
  ]) {
    expect(presetOf(changed, defaultPreset)).toBeUndefined();
  }
});
