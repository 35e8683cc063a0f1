import { InputError } from 'apical';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStudy } from './parse-study.ts';
import { studyJsonSchema } from './schema.ts';
import { trialConfig } from './trial-config.ts';

const minimal = 'name: small\naxes:\n  hidden: [1, 2]\n';

function messageOf(text: string): string {
  try {
    parseStudy(text, 's.yaml');
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'accepted';
}

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

const search = 'search: { method: tpe, trials: 5 }\n';

test.each([
  ['name: a\naxis:\n  hidden: [1]\n', 's.yaml:2:1: axis: there is no such setting (did you mean "axes"?)'],
  ['name: a\naxes:\n  hiden: [1, 2]\n', 's.yaml:3:3: axes.hiden: there is no such setting (did you mean "hidden"?)'],
  [
    'name: a\naxes:\n  rates.W1.eta: [1]\n',
    's.yaml:3:3: axes.rates.W1.eta: there is no such setting (did you mean "eta0"?)',
  ],
  ['name: a\naxes:\n  hidden: [1, 0]\n', 's.yaml:3:3: axes.hidden: must be a whole number from 1, not 0'],
  ['name: a\naxes:\n  hidden: { log: [1], points: 2 }\n', 's.yaml:3:13: axes.hidden.log: Too small'],
  [
    'name: a\naxes:\n  hidden: { logg: [1, 2] }\n',
    's.yaml:3:13: axes.hidden.logg: there is no such setting (did you mean "log"?)',
  ],
  ['name: a\naxes:\n  hidden: { range: [4, 1] }\n', 's.yaml:3:3: axes.hidden: must go up: 4 is not below 1'],
  ['name: a\naxes:\n  ridge: { log: [0, 1] }\n', 's.yaml:3:3: axes.ridge: must be above zero on a logarithmic scale'],
  [
    'name: a\naxes:\n  ridge: { range: [0, 1] }\n',
    's.yaml:3:3: axes.ridge: has all numbers of an interval; a grid needs',
  ],
  ['name: a\naxes:\n  ridge: [1, 1]\n', 's.yaml:3:3: axes.ridge: has a value twice'],
  ['name: a\naxes:\n  hidden: 3\n', 's.yaml:3:3: axes.hidden: must be array or object'],
  ['name: a\nname: b\naxes: {}\n', 's.yaml:2:1: Map keys must be unique'],
  ['name: a\naxes: [\n', 's.yaml:3:1: '],
  [
    `name: a\nbase: { hiden: 2 }\naxes:\n  ridge: [0, 1]\n`,
    's.yaml:2:9: base.hiden: there is no such setting (did you mean "hidden"?)',
  ],
  [
    `name: a\nbase:\n  rule: bmrv\naxes:\n  ridge: [0, 1]\n`,
    's.yaml:2:1: base: unknown learning rule "bmrv" (did you mean "bmvr"?)',
  ],
  [`${minimal}where: hiden>1\n`, 's.yaml:4:1: where: condition "hiden>1": column 1: there is no setting "hiden"'],
  [`${minimal}search: { method: gird }\n`, 's.yaml:4:11: search.method: '],
  [`${minimal}search: { method: tpe }\n`, 's.yaml:4:1: search.trials: is missing; it must be number'],
  [
    `${minimal}marked:\n  - { name: x, settings: { hiddn: 1 } }\n`,
    's.yaml:5:28: marked.0.settings.hiddn: there is no such axis',
  ],
  [`${minimal}seeds: [1, 1]\n`, 's.yaml:4:1: seeds: has a seed twice'],
  [`${minimal}objective: { at: 1000000 }\n${search}`, 's.yaml:4:14: objective.at: must be at most 100000'],
  [
    `${minimal}search: { method: asha, trials: 9, minSamples: 100000 }\n`,
    's.yaml:4:36: search.minSamples: must be below',
  ],
])('%j is refused with line and column', (text, message) => {
  const [first] = messageOf(text).split('\n');
  expect(first?.slice(0, message.length)).toBe(message);
});

test('a study of 10^9 combinations is refused before they are made', () => {
  const axes = Array.from({ length: 9 }, (_, i) => `  a${i}: { sets: [ridge], range: [0, 9], step: 1 }\n`).join('');
  expect(messageOf(`name: a\naxes:\n${axes}search: { method: grid }\n`)).toBe(
    's.yaml:12:1: search: asks for 1,000,000,000 runs, and at most 1,000,000 are done; search by random, sobol or tpe',
  );
});

test('whatever the text is, it is a study or an InputError', () => {
  const lines = fc.constantFrom(
    'name: a',
    'axes:',
    '  hidden: [1]',
    '  ridge: {',
    'seeds: x',
    '- 1',
    '? a',
    'base: 3',
    '%',
    'where: =',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(lines).map((some) => some.join('\n')),
      ),
      (text) => {
        expect(messageOf(text)).toMatch(/^(accepted|s\.yaml:\d+:\d+: )/);
      },
    ),
  );
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
