import { runRuleNames } from '@apical/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Address, readAddress, writeAddress } from '../src/page/experiment/address.ts';
import { refusalOf } from '../src/page/experiment/circuit.ts';
import {
  type Experiment,
  ratesAt,
  settingsOf,
  withChanged,
  withPresentRates,
} from '../src/page/experiment/experiment.ts';
import { defaultPreset, findPreset, presets } from '../src/page/experiment/presets.ts';
import { runConfigOf, withConfig } from '../src/page/experiment/run-config.ts';
import { fitted } from '../src/page/experiment/usual-settings.ts';

const positive = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
const rate = fc.oneof(fc.record({ eta0: positive }), fc.record({ eta0: positive, t0: positive }));
const rates = (rule: string) =>
  fc.record({ W1: rate, W2: rate, ...(rule === 'bmvr' && { Q: rate }) }) as fc.Arbitrary<
    Record<string, { eta0: number }>
  >;
const initial = fc.oneof(
  fc.record({ normal: positive }),
  fc.record({ uniform: positive, fan: fc.constantFrom('in', 'out', 'sum') }),
  fc.record({ identity: positive }),
);
const change = fc
  .constantFrom('bmvr', 'backprop')
  .chain((rule) => fc.record({ at: fc.integer({ min: 1, max: 1e9 }), rule: fc.constant(rule), rates: rates(rule) }));

const addresses: fc.Arbitrary<Address> = fc
  .record({
    preset: fc.constantFrom(...presets),
    hidden: fc.integer({ min: 1, max: 500 }),
    seed: fc.integer({ min: 0, max: 2 ** 40 }),
    order: fc.constantFrom('repeated', 'reshuffled'),
    ridge: positive,
    fused: fc.boolean(),
    rules: fc.constantFrom(['bmvr'], ['backprop'], ['bmvr', 'backprop']),
    bmvr: fc.record({ rates: rates('bmvr'), W1: initial }),
    changes: fc.array(change, { maxLength: 4 }),
    at: fc.integer({ min: 0, max: 1e9 }),
    weights: fc.option(fc.constantFrom('0123456789ab', 'ffffffffffff'), { nil: undefined }),
  })
  .map(({ preset, bmvr, at, weights, ...shared }) => {
    const { settings } = preset.experiment;
    const own = { ...settings.bmvr, rates: bmvr.rates, initial: { ...settings.bmvr?.initial, W1: bmvr.W1 } };
    return {
      preset,
      at,
      weights,
      experiment: { ...preset.experiment, ...shared, settings: { ...settings, bmvr: own } },
    };
  }) as fc.Arbitrary<Address>;

test('an address says the whole experiment', () => {
  fc.assert(
    fc.property(addresses, (address) => {
      expect(readAddress(writeAddress(address))).toEqual(address);
    }),
  );
});

/** Networks of all kinds, by rules that can have them. */
const networks: fc.Arbitrary<Experiment> = fc
  .record({
    preset: fc.constantFrom(...presets),
    hidden: fc.oneof(
      fc.integer({ min: 1, max: 500 }),
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 3 }),
    ),
    activation: fc.constantFrom('linear', 'relu', 'softplus'),
    output: fc.constantFrom('linear', 'sigmoid', 'softmax'),
    biases: fc.constantFrom(undefined, true, false),
    batch: fc.constantFrom(1, 32),
    fused: fc.boolean(),
    optimiser: fc.constantFrom(undefined, { kind: 'adam', beta1: 0.8, epsilonHat: true }, { kind: 'momentum' }),
    rules: fc.subarray([...runRuleNames], { minLength: 1 }),
  })
  .map(({ preset, rules, ...network }) => {
    const { experiment } = preset;
    const chosen = { ...experiment, ...network, meanRate: undefined, settings: {}, rules } as Experiment;
    const possible = rules.filter((rule) => refusalOf(chosen, rule) === undefined);
    return fitted({ ...chosen, rules: possible.length > 0 ? possible : ['backprop'] }, experiment, experiment);
  });

test('an address says every network that rules can have; what rules have of their own comes back with it', () => {
  fc.assert(
    fc.property(networks, fc.constantFrom(...presets), fc.nat(7), (experiment, preset, i) => {
      const rule = experiment.rules[i % experiment.rules.length]!;
      const { rates } = settingsOf(experiment, rule);
      const changed = withChanged(experiment, rule, {
        inputs: 'raw',
        rates: { ...rates, ...('W1' in rates && { W1: { eta0: 0.5 } }) },
      });
      const written = writeAddress({ preset, experiment: changed, at: 0 });
      const read = readAddress(written);
      for (const each of changed.rules) {
        const config = runConfigOf(changed, each);
        expect(runConfigOf(read.experiment, each)).toEqual(config);
        expect(runConfigOf(withConfig(config), each)).toEqual(config);
      }
      expect(writeAddress(read)).toBe(written);
    }),
    { numRuns: 60 },
  );
});

test('addresses from before rules had parameters say what they said', () => {
  const old = '?preset=figure-3/mnist&decoupled=yes&rules=bmvr&bmvr.initial.R=identity:1';
  const { experiment } = readAddress(old);
  const config = runConfigOf(experiment, 'bmvr');
  expect(config).toMatchObject({ decoupled: true, hidden: 1, ridge: 0.1, initial: { R: { identity: 1 } } });
  // Without decoupled interneurons there is no R to start.
  const plain = readAddress(old.replace('decoupled=yes&', ''));
  expect(runConfigOf(plain.experiment, 'bmvr')).toEqual(runConfigOf(findPreset('figure-3/mnist')!.experiment, 'bmvr'));
});

test('nothing says the preset that the page opens with; what is as in the preset is not said', () => {
  expect(readAddress('')).toEqual({ preset: defaultPreset, experiment: defaultPreset.experiment, at: 0 });
  for (const preset of presets) {
    expect(writeAddress({ preset, experiment: preset.experiment, at: 0 })).toBe(`?preset=${preset.name}`);
  }
});

test.each([
  ['?preset=figure-9', /a preset "figure-9"/],
  ['?hidden=many', /hidden: "many" is no number/],
  ['?hidden=0', /hidden: must be a whole number from 1/],
  ['?bmvr.rates.W1=-1', /rates\.W1\.eta0: must be a positive/],
  ['?bmvr.rates.W3=1', /rates\.W3: there is no such setting/],
  ['?bmvr.initial.W1=gamma:1', /normal:SD, .* is expected, not "gamma:1"/],
  ['?bmvr.initial.W9=normal:1', /initial\.W9: there is no such setting/],
  ['?bmvr.parameters.decoupled=maybe', /decoupled must be true or false/],
  ['?bmvr.parameters.amplitude=1', /amplitude: there is no such setting/],
  ['?hidden=4,4', /hidden: must be one number: bmvr has one hidden layer/],
  ['?rules=backprop&hidden=4,x', /hidden: "x" is no number/],
  ['?rules=backprop&output=softmax&labels=one-hot-centred', /labels: must be one-hot/],
  ['?optimiser=newton', /is expected, not "newton"/],
  ['?batch=0', /batch: must be a whole number from 1/],
  ['?then=5 perceptron W1=0.1', /there is no rule "perceptron"/],
  ['?rules=bmvr hebb', /there is no rule "hebb"/],
  ['?decoupled=maybe', /decoupled: "maybe" is neither yes nor no/],
  ['?hiden=3', /hiden: there is no such setting/],
  ['?bmvr.ratez.W1=1', /bmvr\.ratez\.W1: there is no such setting/],
  ['?weights=mine', /weights: must be as the page marks/],
  ['?at=-3', /at: must be a whole number/],
])('%s is refused', (query, message) => {
  expect(() => readAddress(query)).toThrow(message);
});

test('rates that were changed act from their sample on, and are the first ones of a run that begins with them', () => {
  const [first, second] = [{ W1: { eta0: 1 } }, { W1: { eta0: 2 } }];
  const changes = [
    { at: 10, rule: 'bmvr', rates: first },
    { at: 20, rule: 'bmvr', rates: second },
  ];
  const experiment = { ...defaultPreset.experiment, changes };
  const at = (samples: number) => ratesAt(experiment, 'bmvr', samples);
  expect([at(9), at(10), at(19), at(20)]).toEqual([
    settingsOf(defaultPreset.experiment, 'bmvr').rates,
    first,
    first,
    second,
  ]);
  expect(withPresentRates(experiment)).toMatchObject({ changes: [], settings: { bmvr: { rates: second } } });
});
