import type { Rate } from '@apical/core';
import { type Experiment, settingsOf, withChanged } from './experiment.ts';
import { isOfKind } from './usual-settings.ts';

/** Rates of Figure 3 suit its own k. Wider networks need a slower decay, too: 1 / (1 + t / t0) with a t0 of this at least. */
const leastDecay = 1e4;

/**
 * The experiment with so many hidden units. Rates of Figure 3 that nobody changed follow: with more units than the preset has, all
 * synapses learn at η k0 / k, where η is the largest rate and k0 the units of the preset; with no more than that, at the preset's.
 */
export function withHidden(experiment: Experiment, preset: Experiment, hidden: Experiment['hidden']): Experiment {
  const wider = { ...experiment, hidden };
  if (!isOfKind(experiment, preset) || !isOfKind(wider, preset) || preset.activation !== 'linear') return wider;
  let followed: Experiment = wider;
  for (const rule of experiment.rules) {
    const { rates } = settingsOf(experiment, rule);
    if (!isSame(rates, widthRates(preset, rule, experiment.hidden))) continue;
    const own = widthRates(preset, rule, hidden);
    if (own) followed = withChanged(followed, rule, { rates: own });
  }
  return followed;
}

/** The rates of a rule of the preset with so many hidden units; undefined where the preset has none. */
export function widthRates(
  preset: Experiment,
  rule: string,
  hidden: Experiment['hidden'],
): Readonly<Record<string, Rate>> | undefined {
  const rates = preset.settings[rule]?.rates;
  if (!rates || typeof hidden !== 'number' || typeof preset.hidden !== 'number' || hidden <= preset.hidden)
    return rates;
  const all = Object.values(preset.settings).flatMap((settings) => Object.values(settings.rates));
  const largest = Math.max(...all.map(({ eta0 }) => eta0));
  const eta0 = Number(((largest * preset.hidden) / hidden).toPrecision(3));
  const t0 = Math.max(leastDecay, ...all.map((rate) => rate.t0 ?? leastDecay));
  return Object.fromEntries(Object.keys(rates).map((name) => [name, { eta0, t0 }]));
}

function isSame(rates: Readonly<Record<string, Rate>>, other: Readonly<Record<string, Rate>> | undefined): boolean {
  const sorted = (all: object) => JSON.stringify(Object.entries(all).toSorted());
  return other !== undefined && sorted(rates) === sorted(other);
}
