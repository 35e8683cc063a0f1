import type { RunConfig, RunCurve } from '@apical/experiments';
import type { Catalogue } from '../data/catalogue.ts';
import { readAddress, writeAddress } from '../experiment/address.ts';
import { runConfigOf, withConfig } from '../experiment/experiment.ts';
import { defaultPreset } from '../experiment/presets.ts';

/**
 * The address at which the laboratory does a run again, to the same weights; undefined where it cannot: weights to start from
 * were given, the server has not the data, or the settings are none of the laboratory's.
 */
export function laboratoryLink({ config, isStarted }: RunCurve, catalogue: Catalogue): string | undefined {
  if (config === undefined || isStarted || !catalogue[config.data.set]?.[config.data.split]) return undefined;
  try {
    const experiment = withConfig(defaultPreset.experiment, config);
    const address = writeAddress({ preset: defaultPreset, experiment, at: config.samples });
    const [rule] = experiment.rules;
    const again = runConfigOf(readAddress(address).experiment, rule!, config.samples);
    return essence(again) === essence(config) ? address : undefined;
  } catch {
    return undefined;
  }
}

/** What the weights depend on. */
function essence({
  rule,
  data,
  hidden,
  activation,
  meanRate,
  decoupled,
  ridge,
  order,
  seed,
  ...rest
}: RunConfig): string {
  const sorted = (settings: object) => Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
  const { set, split, inputs, labels } = data;
  return JSON.stringify([
    ...[rule, set, split, inputs, labels, hidden, activation, meanRate, decoupled, ridge, order, seed, rest.samples],
    sorted(rest.rates),
    sorted(rest.initial),
  ]);
}
