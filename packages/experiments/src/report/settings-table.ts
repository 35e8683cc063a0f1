import type { RunConfig } from '../config/run-config.ts';
import { html, type Markup } from './markup.ts';
import { settingsOf } from './settings.ts';
import { table } from './table.ts';

/** Runs that differ in their seeds alone, as a column of a table of settings. */
export interface SettingsColumn {
  readonly label: string;
  readonly config: RunConfig;
  /** When they were evaluated, where not all as the config says. */
  readonly schedules?: readonly (readonly number[])[];
  readonly seeds: readonly number[];
  readonly weightsSha256: readonly (string | null)[];
}

/** Everything that determines some runs: one row a setting; a dash where a column does not have it. */
export function settingsTable(id: string, caption: Markup, columns: readonly SettingsColumn[]): Markup {
  const settings = columns.map(({ config, schedules, seeds }) => [
    ...settingsOf(config, schedules),
    { name: 'Seeds', value: html`${seeds.join(', ')}` },
  ]);
  const names = inOrder(settings.map((list) => list.map(({ name }) => name)));
  return table({
    id,
    caption,
    className: 'settings',
    head: ['setting', ...columns.map(({ label }) => label)],
    rows: names.map((name) => [
      name,
      ...settings.map((list) => list.find((setting) => setting.name === name)?.value ?? '–'),
    ]),
  });
}

/** The names of all lists, each once: what the first have not stands behind what it follows in its own. */
function inOrder(lists: readonly (readonly string[])[]): string[] {
  const all: string[] = [];
  for (const list of lists) {
    for (const [i, name] of list.entries()) {
      if (!all.includes(name)) all.splice(i === 0 ? 0 : all.indexOf(list[i - 1]!) + 1, 0, name);
    }
  }
  return all;
}

/** Runs that differ in their seeds alone: of those without a digest, which have not come to an end. */
interface HashColumn extends Pick<SettingsColumn, 'label' | 'seeds' | 'weightsSha256'> {
  readonly unfinished?: readonly { readonly seed: number }[];
}

/** The SHA-256 sums of data files and of final weights. */
export function hashTable(id: string, files: Readonly<Record<string, string>>, columns: readonly HashColumn[]): Markup {
  const weights = columns.flatMap(({ label, seeds, weightsSha256, unfinished = [] }) =>
    seeds.map((seed, run) => {
      const why = unfinished.some((each) => each.seed === seed) ? 'unfinished' : 'diverged';
      return [`${label}, seed ${seed}`, weightsSha256[run] ?? why] as const;
    }),
  );
  return table({
    id,
    caption: html`SHA-256 of data files and final weights`,
    head: ['of', 'SHA-256'],
    rows: [...Object.entries(files), ...weights].map(([of, hash]) => [of, html`<span class="hash">${hash}</span>`]),
  });
}
