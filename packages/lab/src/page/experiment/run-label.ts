import { ruleTitle } from '@apical/experiments';
import { writeAddress } from './address.ts';
import { hiddenWords } from './circuit.ts';
import type { Experiment } from './experiment.ts';
import type { Preset } from './presets.ts';

/** What tells a run from others beside which it is drawn. */
export function runLabel(rule: string, { hidden, seed }: Experiment): string {
  return `${ruleTitle(rule)}, k = ${hiddenWords(hidden)}, seed ${seed}`;
}

/** What a label says already, or the legend need not say. */
const unsaid = ['preset', 'hidden', 'seed', 'rules', 'weights', 'at'];

/** The label of a run that is kept as the `number`-th: with what it has otherwise than its preset. */
export function keptLabel(rule: string, experiment: Experiment, preset: Preset, number: number): string {
  const query = new URLSearchParams(writeAddress({ preset, experiment, at: 0 }));
  const words = [...query].flatMap(([name, value]) => {
    const [owner = '', kind, ...setting] = name.split('.');
    if (name === 'then') return value.split(' ')[1] === rule ? [`rates changed at ${value.split(' ')[0]}`] : [];
    if (kind === undefined) return unsaid.includes(name) ? [] : [`${name} ${value}`];
    return owner === rule ? [`${kind === 'rates' ? 'η ' : ''}${setting.join('.') || kind} ${value}`] : [];
  });
  return [runLabel(rule, experiment), ...words, number === 1 ? 'kept' : `kept ${number}`].join(', ');
}
