import { loadImages } from '@apical/data';
import { defaultRunConfig, runTraining } from '@apical/experiments';
import { describe, expect, test } from 'vitest';
import { createTrainee } from '../src/page/training/trainee.ts';

const images = await loadImages({ set: 'mnist', split: 'test' });

describe.each(['bmvr', 'backprop'])('%s', (rule) => {
  const config = {
    ...defaultRunConfig(rule, 'mnist'),
    samples: 12_000,
    evaluateAt: [12_000],
    order: 'reshuffled' as const,
  };

  test('learns what a run learns, in whatever rounds', async () => {
    const run = await runTraining(config);
    const trainee = createTrainee();
    await trainee.prepare(config, images);
    await trainee.begin();
    for (const to of [1, 2, 777, 9999, 10_001]) await trainee.advance(to, { activity: 'next' });
    const report = await trainee.advance(12_000, { digest: true, measures: ['objective', 'constraint', 'decoupling'] });
    expect(report.digest).toBe(run.weightsSha256);
    expect(report.readings?.objective).toBe(run.objective);
    expect(Object.keys(report.readings ?? {})).toEqual(['objective', 'constraint.largest', 'constraint.smallest']);
  });

  test('says what it takes an image for: the next sample, or another one', async () => {
    const trainee = createTrainee();
    await trainee.prepare(config, images);
    await trainee.begin();
    const { activity } = await trainee.advance(0, { activity: 'next' });
    const { activity: drawn } = await trainee.advance(0, { activity: activity!.pixels });
    expect(activity!.classNumber).toBe(images.classes[activity!.sample!]);
    expect(drawn!.classNumber).toBeUndefined();
    expect(drawn!.scores).toEqual(activity!.scores);
    expect(drawn!.signals[1]).toEqual(new Float64Array(10));
  });
});

test('a network that diverges says so, and does not go on', async () => {
  const trainee = createTrainee();
  const config = defaultRunConfig('bmvr', 'mnist');
  await trainee.prepare({ ...config, rates: { ...config.rates, W1: { eta0: 1e30 } } }, images);
  await trainee.begin();
  const { failure, samples } = await trainee.advance(100, { measures: ['objective'] });
  expect(failure).toMatch(/^bmvr diverged at sample \d+/);
  expect(samples).toBeLessThan(100);
});

test.each([
  ['when it is measured', 100, ['objective']],
  ['on the way', 60_000, []],
])('a network whose cells do not come to rest any more says so %s', async (_, to, measures) => {
  const trainee = createTrainee();
  const config = defaultRunConfig('similarity-matching', 'mnist');
  await trainee.prepare({ ...config, hidden: 4, rates: { ...config.rates, M: { eta0: 1.9 } } }, images);
  await trainee.begin();
  const { failure, readings } = await trainee.advance(to, { measures });
  expect(failure).toMatch(/^similarity-matching diverged by sample [\d,]+: M is no longer positive definite/);
  expect(readings).toBeUndefined();
});
