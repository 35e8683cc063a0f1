import { groupOf } from '@apical/core';
import { isRecord, type Settings } from '../config/settings.ts';
import { assign } from './assign.ts';
import type { Study } from './study.ts';

/** The parts of a config whose names depend on the rule. */
const parts = ['rates', 'initial', 'optimisers', 'parameters'] as const;
type Part = (typeof parts)[number];

/** Whether a dotted path is one in such a part. */
export function isOfPart(path: string): boolean {
  return parts.some((part) => path.startsWith(`${part}.`));
}

export interface PartSources {
  readonly study: Study;
  readonly defaults: Readonly<Record<string, unknown>>;
  /** What the axes set, by dotted paths. */
  readonly wanted: Settings;
  /** The names that the rule has; undefined where they are not known: then all count. */
  readonly own: readonly string[] | undefined;
}

/**
 * A part of a trial's config as `{ [part]: … }`; nothing where it is empty and optional. It has what the axes set over what the base has
 * of the rule, and of the defaults what neither says anything of: `rates.W` is for all W.
 */
export function ownPart(part: Part, { study, defaults, wanted, own }: PartSources): Record<string, unknown> {
  const base = study.base[part];
  if (base !== undefined && !isRecord(base)) return { [part]: base };
  const isOwn = (name: string) => own === undefined || own.includes(name);
  const given = Object.fromEntries(Object.entries(base ?? {}).filter(([name]) => isOwn(name)));
  const assigned = Object.entries(wanted).filter(
    ([path]) => path.startsWith(`${part}.`) && (isOwn(nameIn(path)) || !isOneOfMany(study, path)),
  );
  const said = [...Object.keys(given), ...assigned.map(([path]) => nameIn(path))];
  const kept = Object.entries(defaults).filter(([name]) => groupOf(name) === name || !said.includes(groupOf(name)));
  const result: Record<string, unknown> = { [part]: structuredClone({ ...Object.fromEntries(kept), ...given }) };
  for (const [path, value] of assigned) assign(result, path, value);
  const isOptional = part === 'optimisers' || part === 'parameters';
  return isOptional && Object.keys(result[part] as object).length === 0 ? {} : result;
}

/** W1 of `rates.W1.eta0`. */
function nameIn(path: string): string {
  return path.split('.')[1] ?? '';
}

/** Whether an axis sets a path among others: where the rule has not what it names, it is for other rules. */
function isOneOfMany({ axes }: Study, path: string): boolean {
  return axes.some(({ sets }) => sets.length > 1 && sets.includes(path));
}
