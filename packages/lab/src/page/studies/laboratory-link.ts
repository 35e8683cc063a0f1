import { isSynthetic } from '@apical/data';
import type { RunConfig, RunCurve } from '@apical/experiments';
import type { Catalogue } from '../data/catalogue.ts';
import { readAddress, writeAddress } from '../experiment/address.ts';
import { sorted } from '../experiment/preset-of.ts';
import { defaultPreset } from '../experiment/presets.ts';
import { runConfigOf, withConfig } from '../experiment/run-config.ts';

/**
 * The address at which the laboratory does a run again, to the same weights; undefined where it cannot: weights to start from
 * were given, the server has not the data, or the settings are none of the laboratory's.
 */
export function laboratoryLink({ config, isStarted }: RunCurve, catalogue: Catalogue): string | undefined {
  if (config === undefined || isStarted || !isThere(config.data, catalogue)) return undefined;
  try {
    const experiment = withConfig(config);
    const address = writeAddress({ preset: defaultPreset, experiment, at: config.samples });
    const [rule = ''] = experiment.rules;
    const again = runConfigOf(readAddress(address).experiment, rule, config.samples);
    return essence(again) === essence(config) ? address : undefined;
  } catch {
    return undefined;
  }
}

/** What the weights depend on. */
function essence({ evaluateAt: _, accuracy: __, probes: ___, data, ...others }: RunConfig): string {
  const { table, ...named } = data;
  const { found, ...settings } = table ?? {};
  return sorted({ ...others, data: { ...named, ...(table && { table: settings, sha256: found?.sha256 }) } });
}

function isThere({ set, split }: RunConfig['data'], catalogue: Catalogue): boolean {
  return isSynthetic(set) || catalogue[set]?.[split] !== undefined;
}
