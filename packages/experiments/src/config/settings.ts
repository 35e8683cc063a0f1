import { show } from './fields.ts';

/** Settings by their dotted paths, such as `rates.W1.eta0`. A list is one setting. */
export type Settings = Record<string, unknown>;

/** All that an object of objects holds, by dotted paths, in its order. */
export function flatten(value: object): Settings {
  const flat: Settings = {};
  flattenInto(flat, value, '');
  return flat;
}

function flattenInto(flat: Settings, value: object, prefix: string): void {
  for (const [name, inner] of Object.entries(value)) {
    const path = `${prefix}${name}`;
    if (isRecord(inner)) flattenInto(flat, inner, `${path}.`);
    else if (inner !== undefined) flat[path] = inner;
  }
}

/** One setting that is not the same in two places; undefined where there is none. */
export interface Difference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Where two objects of objects differ. */
export function differences(before: object, after: object): Difference[] {
  const [old, now] = [flatten(before), flatten(after)];
  const paths = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...paths]
    .filter((path) => JSON.stringify(old[path]) !== JSON.stringify(now[path]))
    .map((path) => ({ path, before: old[path], after: now[path] }));
}

/** What was found in the data of a run, and their sums: what a user did not set. */
function isContent(path: string): boolean {
  return /(^|\.)(found|dataSha256)\./.test(path);
}

/** No more differences than this are told. */
const mostTold = 8;

/** `seed: 1 became 2; ridge: 0.1 is gone`: the first of some differences, and how many more there are; last, whether data are other ones. */
export function describeDifferences(found: readonly Difference[]): string {
  const told = [
    ...found.filter(({ path }) => !isContent(path)).map(describeDifference),
    ...(found.some(({ path }) => isContent(path)) ? ["the data's content is other"] : []),
  ];
  const more = told.length - mostTold;
  return [...told.slice(0, mostTold), ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

/** `seed: 1 became 2`, `ridge: 0.1 is gone`, `meanRate: 0.001 is new`. */
function describeDifference({ path, before, after }: Difference): string {
  if (after === undefined) return `${path}: ${show(before)} is gone`;
  if (before === undefined) return `${path}: ${show(after)} is new`;
  return `${path}: ${show(before)} became ${show(after)}`;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
