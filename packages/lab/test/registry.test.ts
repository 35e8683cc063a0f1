import { layOut, predictsLabels, type Rule, sampleRules } from '@apical/core';
import { loadImages } from '@apical/data';
import { describe, expect, test } from 'vitest';
import { adapt } from '../src/page/experiment/adapt.ts';
import { refusalOf } from '../src/page/experiment/circuit.ts';
import { type Experiment, settingsOf } from '../src/page/experiment/experiment.ts';
import { findPreset } from '../src/page/experiment/presets.ts';
import { runConfigOf } from '../src/page/experiment/run-config.ts';
import { isOfRepresentations, measures } from '../src/page/store/measures.ts';
import { createTrainee } from '../src/page/training/trainee.ts';

const images = await loadImages({ set: 'mnist', split: 'test' });

const presets = ['figure-3/mnist', 'table-1/64'].map((name) => findPreset(name)!.experiment);

/** Networks of one hidden layer, and of two. */
const networks: Readonly<Record<string, Partial<Experiment>>> = {
  'one hidden layer': {},
  'one layer in batches, by Adam': { batch: 16, optimiser: { kind: 'adam' } },
  'two hidden layers': { hidden: [12, 7], activation: 'relu' },
  'two layers with softmax outputs in batches': { hidden: [12, 7], output: 'softmax', batch: 32 },
};

const cases = sampleRules.flatMap((rule) =>
  Object.entries(networks).map(([words, network]) => ({ name: rule.name, rule, words, network })),
);

/** Whether cells keep something from sample to sample. */
const isOneAtATime = (rule: Rule) => {
  const { circuit, behaviour } = layOut(rule, { hidden: 1 });
  const { signals, operations } = circuit.trace((x, y) => void behaviour.learn(x, y));
  return operations.some(
    (each) => each.kind === 'state' && each.lasts === 'ever' && !circuit.isAtSynapses(signals[each.output]!.population),
  );
};

describe.each(cases)('$name, $words', ({ name, rule, network }) => {
  test.each(presets)('is chosen from $set, learns, and is looked at', async (preset) => {
    const chosen = { ...preset, meanRate: undefined, ...network, rules: ['backprop', name] };
    const { hidden, activation, output } = chosen;
    const { depth, outputs, activations = [activation], losses } = rule.shape;
    const isPossible =
      (typeof hidden === 'number' || depth === 'any') &&
      outputs.includes(output) &&
      activations.includes(activation) &&
      (losses?.includes(output === 'linear' ? 'squared' : 'cross-entropy') ?? true) &&
      (chosen.batch === 1 || !isOneAtATime(rule));
    expect(refusalOf(chosen, name) === undefined).toBe(isPossible);
    const { experiment, leftOut } = adapt(chosen, preset, preset);
    expect(experiment.rules.includes(name)).toBe(isPossible);
    expect(leftOut === undefined).toBe(isPossible);
    if (!isPossible) return;

    const trainee = createTrainee();
    await trainee.prepare(runConfigOf(experiment, name), images);
    await trainee.begin();
    const { batch } = experiment;
    const to = Math.ceil(100 / batch) * batch;
    const predicted = predictsLabels(rule.shape);
    // What representations are measured by takes the eigenvectors of all pixels: rules.test.ts does that once, in the page.
    const names = [...new Set(measures.flatMap((each) => (isOfRepresentations(each) ? [] : [each.measured])))];
    const report = await trainee.advance(to, { measures: names, weights: true, digest: true, activity: 'next' });
    expect(report.failure).toBeUndefined();
    expect(report.samples).toBe(to);
    expect(report.readings?.objective).toSatisfy(predicted ? (value: number) => value > 0 : Number.isFinite);
    expect(report.readings?.['accuracy.learned'] !== undefined).toBe(predicted);
    expect(report.digest).toMatch(/^[0-9a-f]{64}$/);
    const { activity, weights } = report;
    expect(activity?.scores?.length).toBe(predicted ? 10 : undefined);
    expect(Object.keys(activity!.weights)).toEqual(Object.keys(weights!));
    for (const signal of activity!.signals) expect(signal.every(Number.isFinite)).toBe(true);
    for (const rated of Object.keys(settingsOf(experiment, name).rates))
      await trainee.setRates({ ...settingsOf(experiment, name).rates, [rated]: { eta0: 1e-3 } });
    const drawn = await trainee.advance(to, { activity: images.pixels.slice(0, 784) });
    expect(drawn.activity?.scores?.length).toBe(predicted ? 10 : undefined);
  });
});
