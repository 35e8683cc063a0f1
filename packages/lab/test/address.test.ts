import { type Method, methods } from '@apical/experiments';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Address, readAddress, writeAddress } from '../src/page/experiment/address.ts';
import { ratesAt, withPresentRates } from '../src/page/experiment/experiment.ts';
import { defaultPreset, presets } from '../src/page/experiment/presets.ts';

const positive = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
const rate = fc.oneof(fc.record({ eta0: positive }), fc.record({ eta0: positive, t0: positive }));
const rates = (method: Method) =>
  fc.record({ W1: rate, W2: rate, ...(method === 'bmvr' && { Q: rate }) }) as fc.Arbitrary<
    Record<string, { eta0: number }>
  >;
const initial = fc.oneof(fc.record({ normal: positive }), fc.record({ identity: positive }));
const change = fc
  .constantFrom(...methods)
  .chain((method) =>
    fc.record({ at: fc.integer({ min: 1, max: 1e9 }), method: fc.constant(method), rates: rates(method) }),
  );

const addresses: fc.Arbitrary<Address> = fc
  .record({
    preset: fc.constantFrom(...presets),
    hidden: fc.integer({ min: 1, max: 500 }),
    seed: fc.integer({ min: 0, max: 2 ** 40 }),
    order: fc.constantFrom('repeated', 'reshuffled'),
    ridge: positive,
    rules: fc.constantFrom<Method[][]>(['bmvr'], ['backprop'], ['bmvr', 'backprop']),
    bmvr: fc.record({ rates: rates('bmvr'), W1: initial }),
    changes: fc.array(change, { maxLength: 4 }),
    at: fc.integer({ min: 0, max: 1e9 }),
    weights: fc.option(fc.constantFrom('0123456789ab', 'ffffffffffff'), { nil: undefined }),
  })
  .map(({ preset, bmvr, at, weights, ...shared }) => {
    const { settings } = preset.experiment;
    const own = { ...settings.bmvr, rates: bmvr.rates, initial: { ...settings.bmvr.initial, W1: bmvr.W1 } };
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
  ['?bmvr.initial.W1=uniform:1', /"uniform:1", which is neither/],
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
    { at: 10, method: 'bmvr' as const, rates: first },
    { at: 20, method: 'bmvr' as const, rates: second },
  ];
  const experiment = { ...defaultPreset.experiment, changes };
  const at = (samples: number) => ratesAt(experiment, 'bmvr', samples);
  expect([at(9), at(10), at(19), at(20)]).toEqual([defaultPreset.experiment.settings.bmvr.rates, first, first, second]);
  expect(withPresentRates(experiment)).toMatchObject({ changes: [], settings: { bmvr: { rates: second } } });
});
