import { expect, test } from 'vitest';
import type { RunConfig } from '../config/run-config.ts';
import { parseCondition } from '../query/condition.ts';
import { parseStudy } from './parse-study.ts';
import { studyJsonSchema } from './schema.ts';
import { grid } from './search/grid.ts';
import { trialConfig } from './trial-config.ts';

const minimal = 'name: small\naxes:\n  hidden: [1, 2]\n';

const valuesOf = (axis: string) => {
  const { scale } = parseStudy(`name: a\naxes:\n  rates.W1.eta0: ${axis}\n`, 's.yaml').axes[0]!;
  return scale.kind === 'values' ? scale.values : scale;
};

test('what a file leaves out has its default', () => {
  expect(parseStudy(minimal, 's.yaml')).toMatchObject({
    seeds: [1],
    objective: { metric: 'objective', at: 'last', goal: 'min' },
    search: { method: 'grid' },
    marked: [],
    keepWeights: false,
  });
  expect(parseStudy(`${minimal}seeds: 3\n`, 's.yaml').seeds).toEqual([1, 2, 3]);
});

test('axes are lists, ranges and logarithmic grids', () => {
  expect(valuesOf('[0.1, 0.2]')).toEqual([0.1, 0.2]);
  expect(valuesOf('{ range: [1, 2], step: 0.25 }')).toEqual([1, 1.25, 1.5, 1.75, 2]);
  expect(valuesOf('{ range: [1, 2], points: 3 }')).toEqual([1, 1.5, 2]);
  expect(valuesOf('{ log: [1e-4, 1], perDecade: 1 }')).toEqual([1e-4, 1e-3, 1e-2, 1e-1, 1]);
  const paper = valuesOf('{ log: [1e-4, 1], perDecade: 3 }') as number[];
  expect(paper).toHaveLength(13);
  for (let i = 3; i < 13; i++) expect(paper[i]! / paper[i - 3]!).toBeCloseTo(10, 4);
  const twelve = valuesOf('{ log: [1e-4, 1], points: 12 }') as number[];
  expect([twelve.length, twelve[0], twelve.at(-1)]).toEqual([12, 1e-4, 1]);
});

test("a trial's config is Figure 3's, then the base's, then its own", () => {
  const study = parseStudy(
    `name: a
base:
  samples: 500
  rates: { W1: { eta0: 0.5 }, Q: { eta0: 0.25 } }
  initial: { Q: { normal: 1 } }
axes:
  rule: [bmvr, backprop]
  η: { sets: [rates.W1.eta0, rates.W2.eta0], values: [0.1, 0.2] }
objective: { at: 100 }
`,
    's.yaml',
  );
  const bmvr = trialConfig(study, { settings: { rule: 'bmvr', η: 0.2 } }, 7);
  expect(bmvr).toMatchObject({ seed: 7, samples: 500, initial: { Q: { normal: 1 } } });
  expect(bmvr.rates).toEqual({ W1: { eta0: 0.2 }, W2: { eta0: 0.2, t0: 1000 }, Q: { eta0: 0.25 } });
  expect(bmvr.evaluateAt).toContain(100);
  expect(bmvr.evaluateAt.at(-1)).toBe(500);
  const backprop = trialConfig(study, { settings: { rule: 'backprop' } }, 1);
  expect(backprop.rates).toEqual({ W1: { eta0: 0.5 }, W2: { eta0: 0.02, t0: 1000 } });
  const rung = trialConfig(study, { settings: { rule: 'bmvr', η: 0.2 }, samples: 50 }, 1);
  expect([rung.samples, rung.evaluateAt.at(-1)]).toEqual([50, 50]);
});

test('the JSON Schema is one for editors', () => {
  expect(studyJsonSchema()).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    required: ['name', 'axes'],
  });
});

/** The configs that a study has at all combinations of its axes. */
function configsOf(text: string): RunConfig[] {
  const study = parseStudy(text, 's.yaml');
  return grid(study.axes).map((trial) => trialConfig(study, trial, 1));
}

test('axes are any settings, lists of layers included; what a rule has not is for others', () => {
  const configs = configsOf(`name: a
base: { rates: { W: { eta0: 0.02 } }, initial: { B: { normal: 2 } }, parameters: { amplitude: 0.2 }, activation: tanh }
axes:
  rule: [weight-mirror, backprop]
  hidden: [8, [8, 4]]
  optimiser.kind: [momentum, adam]
  batch: [1, 64]
  amplitude: { sets: [parameters.amplitude], values: [0.1, 0.3], when: rule=weight-mirror }
`);
  expect(configs).toHaveLength(24);
  expect(new Set(configs.map(({ hidden }) => JSON.stringify(hidden)))).toEqual(new Set(['8', '[8,4]']));
  const mirrors = configs.filter(({ rule }) => rule === 'weight-mirror');
  expect(new Set(mirrors.map(({ parameters }) => parameters?.amplitude))).toEqual(new Set([0.1, 0.3]));
  for (const { initial, rates, parameters, rule, optimiser, batch, samples } of configs) {
    const isMirror = rule === 'weight-mirror';
    expect(initial.B).toEqual(isMirror ? { normal: 2 } : undefined);
    expect(parameters === undefined).toBe(!isMirror);
    expect(rates.W).toEqual({ eta0: 0.02 });
    expect(Object.keys(rates)).toEqual(isMirror ? ['W', 'B'] : ['W']);
    expect(optimiser?.kind).toMatch(/momentum|adam/);
    expect([batch, samples]).toEqual([batch, 100_000]);
  }
});

test('a rate of a group that an axis sets is for all that the group has', () => {
  for (const { rates } of configsOf('name: a\nbase: { rule: backprop }\naxes: { rates.W.eta0: [0.1, 0.2] }\n')) {
    expect(Object.keys(rates)).toEqual(['W']);
  }
});

test('where a search says how many samples, the last batch is learned whole', () => {
  const study = parseStudy(
    'name: a\nbase: { batch: 64, data: { first: 100 }, samples: 1000 }\naxes: { hidden: [1] }\nsearch: { method: asha, trials: 3, minSamples: 110 }\n',
    's.yaml',
  );
  const { samples, evaluateAt } = trialConfig(study, { settings: {}, samples: 110 }, 1);
  expect(samples).toBe(164);
  expect(evaluateAt).toEqual([64, 100, 164]);
});

test('merge keys of YAML are followed', () => {
  const text =
    'name: a\nbase:\n  rule: backprop\n  rates:\n    W1: &r { eta0: 0.01, t0: 100 }\n    W2: { <<: *r, eta0: 0.02 }\naxes: { hidden: [1] }\n';
  expect(configsOf(text)[0]?.rates.W2).toEqual({ t0: 100, eta0: 0.02 });
});

test('an axis has null for a setting that is left out', () => {
  const text =
    'name: a\nbase: { rule: backprop, activation: tanh }\naxes: { rates.W1.t0: [null, 1000], meanRate: [0.1, null] }\n';
  const found = configsOf(text).map(({ rates, meanRate }) => [rates.W1, meanRate]);
  const eta0 = configsOf(text)[0]?.rates.W1?.eta0;
  expect(found).toContainEqual([{ eta0 }, 0.1]);
  expect(found).toContainEqual([{ eta0, t0: 1000 }, undefined]);
  const { axes } = parseStudy(text, 's.yaml');
  const { holds } = parseCondition('rates.W1.t0!=null');
  expect(grid(axes).filter(({ settings }) => holds(settings))).toHaveLength(2);
  for (const values of ['null, 2', '2, null']) {
    const left = `name: a\nbase: { rule: backprop }\naxes: { hidden: [${values}] }\n`;
    expect(() => parseStudy(left, 's.yaml')).toThrow('hidden: is missing');
  }
});

test('of accuracies the largest is best, unless it is said', () => {
  const goalOf = (objective: string) =>
    parseStudy(
      `name: a\nbase: { accuracy: { test: { split: test } } }\naxes: { hidden: [1, 2] }\nobjective: ${objective}\n`,
      'a.yaml',
    ).objective.goal;
  expect(goalOf('{ metric: accuracy.test }')).toBe('max');
  expect(goalOf('{ metric: accuracy.test, goal: min }')).toBe('min');
  expect(goalOf('{ metric: objective }')).toBe('min');
});
