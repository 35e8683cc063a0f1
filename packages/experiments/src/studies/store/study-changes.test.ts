import { expect, test } from 'vitest';
import { parseStudy } from '../parse-study.ts';
import { studyChanges } from './study-changes.ts';

const file = `name: small
base: { samples: 300 }
axes:
  rule: [bmvr, backprop]
  rates.W1.eta0: { log: [1e-3, 1], perDecade: 1 }
seeds: 4
search: { method: random, trials: 3 }
`;
const recorded = { version: '1.0.0', dataSha256: { mnist: { 'images.gz': 'aa' } } };
const held = (source: string, what = recorded) => ({ study: parseStudy(source, 'study.yaml'), recorded: what, source });

test.each([
  ['seeds: 4', 'seeds: 6', []],
  ['seeds: 4', 'seeds: [9, 4, 3, 2, 1]', []],
  ['trials: 3', 'trials: 8', []],
  ['name: small', 'name: large\ndescription: Which rates?', []],
  ['seeds: 4', 'seeds: 3', ['seeds: 1–4 -> 1–3: without 4']],
  ['seeds: 4', 'seeds: [2, 3, 5]', ['seeds: 1–4 -> 2–3, 5: without 1, 4']],
  ['trials: 3', 'trials: 2', ['search.trials: 3 -> 2']],
  // Of a file in which both what is allowed and what is not was changed, the latter alone.
  [
    'samples: 300 }',
    'samples: 200, ridge: 0.1 }\ndescription: new',
    ['base.samples: 300 -> 200', 'base.ridge: nothing -> 0.1'],
  ],
  ['[bmvr, backprop]', '[bmvr]', ['axes.rule: ["bmvr","backprop"] -> ["bmvr"]']],
  [
    '[1e-3, 1]',
    '[1e-3, 10]',
    ['axes.rates.W1.eta0: {"log":[0.001,1],"perDecade":1} -> {"log":[0.001,10],"perDecade":1}'],
  ],
  ['seeds: 4', '  hidden: [1, 2]\nseeds: 5', ['axes.hidden: nothing -> [1,2]']],
  ['seeds: 4', 'seeds: 4\nkeepWeights: true', ['keepWeights: nothing -> true']],
  // What says the same in other words is the same.
  ['seeds: 4', 'seeds: [1, 2, 3, 4]', []],
])('%s became %s', (before, after, changes) => {
  expect(studyChanges(held(file), held(file.replace(before, after)))).toEqual(changes);
});

test('the order of axes, the version and the data', () => {
  const [rule = '', rate = ''] = file.split('\n').slice(3, 5);
  const turned = file.replace(`${rule}\n${rate}`, `${rate}\n${rule}`);
  expect(studyChanges(held(file), held(turned))).toEqual([
    'axes, in this order: rule, rates.W1.eta0 -> rates.W1.eta0, rule',
  ]);
  const later = { version: '1.1.0', dataSha256: { mnist: { 'images.gz': 'bb' } } };
  expect(studyChanges(held(file), held(file, later))).toEqual([
    'apical: 1.0.0 -> 1.1.0',
    'mnist, images.gz: SHA-256 aa… -> bb…',
  ]);
});
