import { runTraining } from '@apical/experiments';
import { expect, test } from 'vitest';
import { generatedImages, generatedNames } from '../src/page/data/generated.ts';
import { adapt } from '../src/page/experiment/adapt.ts';
import { commandLine } from '../src/page/experiment/command-line.ts';
import { defaultPreset } from '../src/page/experiment/presets.ts';
import { runConfigOf } from '../src/page/experiment/run-config.ts';
import { createTrainee } from '../src/page/training/trainee.ts';

const preset = defaultPreset.experiment;

test.each([
  ['synthetic:coloured', 'adaptive-soft'],
  ['synthetic:spiked', 'similarity-matching'],
  ['synthetic:moons', 'bmvr'],
])('%s is made and learned as by the command: %s', async (set, rule) => {
  expect(generatedNames).toContain(set);
  const chosen = { ...preset, set, split: 'train', hidden: 2, rules: [rule], settings: {} } as const;
  const { experiment } = adapt(chosen, preset, preset);
  const config = runConfigOf(experiment, rule, 50);
  expect(commandLine(config)).toContain(`--data ${set.includes('?') ? `'${set}'` : set}`);
  const trainee = createTrainee();
  await trainee.prepare(config, await generatedImages(set), undefined);
  await trainee.begin();
  const { digest } = await trainee.advance(50, { digest: true });
  expect(digest).toBe((await runTraining(config)).weightsSha256);
});

test('a rule that learns labels is refused data that have none, and so is data whose labels are numbers', () => {
  const chosen = { ...preset, set: 'synthetic:coloured', split: 'train', rules: ['bmvr'] } as const;
  expect(() => runConfigOf(chosen, 'bmvr')).toThrow('bmvr learns labels, and synthetic:coloured has none');
  expect(generatedNames).not.toContain('synthetic:two-views');
});
