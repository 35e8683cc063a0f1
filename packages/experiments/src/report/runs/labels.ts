import { ruleTitle } from '../../config/rule-of.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { flatten, type Settings } from '../../config/settings.ts';
import { count } from '../numbers.ts';
import { hiddenWords } from '../settings.ts';

/** Settings that say little of how a network learns, or follow from others: they are named where no others tell runs apart. */
const secondary = /^(rates\.Q\..*|initial\..*|evaluateAt|probes|ruleModule\.sha256|accuracy\..*|ridge)$/;

/** "BMVR, k = 4", and of what differs between those that would be called the same as much as tells them apart. */
export function labelsOf(configs: readonly RunConfig[]): string[] {
  const titles = configs.map(({ rule, hidden }) => `${ruleTitle(rule)}, k = ${hiddenWords(hidden)}`);
  const settings = configs.map(({ seed: _, ...others }) => flatten(others));
  return titles.map((title, index) => {
    const alike = settings.filter((_, i) => titles[i] === title);
    const own = settings[index]!;
    return [title, ...tellingNames(alike).flatMap((name) => words(name, own[name]))].join(', ');
  });
}

/** Settings that tell all of some configs apart: one after the other the one that leaves the most kinds, secondary ones last. */
function tellingNames(all: readonly Settings[]): string[] {
  const kinds = (names: readonly string[]) =>
    new Set(all.map((each) => JSON.stringify(names.map((name) => each[name] ?? null)))).size;
  const names = [...new Set(all.flatMap((each) => Object.keys(each)))].filter((name) => kinds([name]) > 1);
  const chosen: string[] = [];
  for (const some of [names.filter((name) => !secondary.test(name)), names.filter((name) => secondary.test(name))]) {
    for (;;) {
      const gains = some.map((name) => kinds([...chosen, name]) - kinds(chosen));
      const most = Math.max(0, ...gains);
      if (most === 0) break;
      chosen.push(some[gains.indexOf(most)]!);
    }
  }
  return names.filter((name) => chosen.includes(name));
}

/** A setting in words: "decoupled", "samples = 20000"; nothing for one that is not there. */
function words(name: string, value: unknown): string[] {
  // Only those that have no sample in common are told apart by it.
  if (name === 'evaluateAt') return [`first evaluated after ${count((value as number[])[0] ?? 0)}`];
  if (value === undefined || value === false) return [];
  return [value === true ? name : `${name} = ${String(value)}`];
}
