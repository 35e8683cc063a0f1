import { show } from '../../config/fields.ts';
import { rangesOf } from '../../config/ranges.ts';
import { type Difference, differences, isRecord } from '../../config/settings.ts';
import type { RuleSums } from '../load-study-rules.ts';
import type { Study } from '../study.ts';
import { StudySource } from '../study-source.ts';
import type { HeldStudy, Recorded } from './held-study.ts';

/** A study, and the text of its file, where that is there. */
export interface SourcedStudy extends HeldStudy {
  readonly source: string | undefined;
}

/** What no run depends on. */
const words = ['name', 'description'];

/**
 * What of a study was changed since it began, a line each, as its file says it: `base.samples: 500 -> 600`. Nothing for what a study
 * takes: more trials, more seeds, another name or description.
 */
export function studyChanges(before: SourcedStudy, now: SourcedStudy): string[] {
  const [old, young] = [before, now].map(({ study }) => ({ ...study }) as Record<string, unknown>) as [object, object];
  const others = Object.keys({ ...old, ...young }).filter((name) => name !== 'seeds' && !words.includes(name));
  const files = [fileOf(before), fileOf(now)] as const;
  return [
    ...others.flatMap((name) => sectionChanges(name, [old, young], files)),
    ...seedChanges(before.study, now.study),
    ...recordedChanges(before.recorded, now.recorded),
  ];
}

/** `seeds: 1–4 -> 1–3: 4 is left out`. */
function seedChanges({ seeds: before }: Study, { seeds: after }: Study): string[] {
  const left = before.filter((seed) => !after.includes(seed));
  if (left.length === 0) return [];
  const [from, to, gone] = [before, after, left].map((seeds) => rangesOf(seeds.toSorted((a, b) => a - b)));
  return [`seeds: ${from} -> ${to}: without ${gone}`];
}

type Two = readonly [object, object];

/** What changed in a section of a study: by its file where that shows it, otherwise by what it stands for. */
function sectionChanges(name: string, studies: Two, files: Two): string[] {
  const changed = changesOf(name, studies);
  if (changed.length === 0) return [];
  const inFile = changesOf(name, files);
  if (inFile.length > 0) return inFile.map(changeWords);
  const [before, after] = files.map((file) => Object.keys(partOf(file, name)).join(', '));
  if (name === 'axes' && before !== after) return [`axes, in this order: ${before} -> ${after}`];
  return changed.map(changeWords);
}

function changesOf(name: string, [before, after]: Two): Difference[] {
  const [old, young] = [partOf(before, name), partOf(after, name)];
  if (name !== 'axes') return differences({ [name]: old }, { [name]: young }).filter((each) => !isMoreTrials(each));
  // An axis is one thing, however many words it takes.
  return [...new Set([...Object.keys(old), ...Object.keys(young)])]
    .map((axis) => ({ path: `axes.${axis}`, before: old[axis], after: young[axis] }))
    .filter((each) => JSON.stringify(each.before) !== JSON.stringify(each.after));
}

function partOf(whole: object, name: string): Record<string, unknown> {
  return (whole as Record<string, Record<string, unknown>>)[name] ?? {};
}

function isMoreTrials({ path, before, after }: Difference): boolean {
  return path === 'search.trials' && Number(after) > Number(before);
}

function recordedChanges(before: Recorded, after: Recorded): string[] {
  return [
    ...(before.version === after.version ? [] : [`apical: ${before.version} -> ${after.version}`]),
    ...sumChanges('the module ', before.ruleSha256 ?? {}, after.ruleSha256 ?? {}),
    ...Object.keys({ ...before.dataSha256, ...after.dataSha256 }).flatMap((set) =>
      sumChanges(`${set}, `, before.dataSha256[set] ?? {}, after.dataSha256[set] ?? {}),
    ),
  ];
}

/** `the module ./my-rule.ts: SHA-256 4de844eb… -> 9caa581c…`. */
function sumChanges(what: string, before: RuleSums, after: RuleSums): string[] {
  const short = (sum: string | undefined) => (sum === undefined ? 'nothing' : `${sum.slice(0, 8)}…`);
  return Object.keys({ ...before, ...after })
    .filter((file) => before[file] !== after[file])
    .map((file) => `${what}${file}: SHA-256 ${short(before[file])} -> ${short(after[file])}`);
}

function changeWords({ path, before, after }: Difference): string {
  const [from, to] = [before, after].map((value) => (value === undefined ? 'nothing' : show(value)));
  return `${path}: ${from} -> ${to}`;
}

/** What the file of a study says; nothing where it cannot be read. */
function fileOf({ source }: SourcedStudy): object {
  try {
    const { value } = new StudySource(source ?? '', '');
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
