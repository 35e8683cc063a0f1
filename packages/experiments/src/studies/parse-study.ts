import { InputError } from '@apical/core';
import type { z } from 'zod';
import { suggestion } from '../config/suggestion.ts';
import { parseCondition } from '../query/condition.ts';
import { scaleOf } from './axis-scale.ts';
import { checkRuns } from './check-runs.ts';
import { checkWhere } from './check-where.ts';
import { expectation, issueWords } from './issue-words.ts';
import { type StudyFile, studySchema } from './schema.ts';
import { gridSize } from './search/grid.ts';
import { sobolDimensions } from './search/sobol.ts';
import type { Axis, Objective, SearchSettings, Study } from './study.ts';
import { type Report, StudySource } from './study-source.ts';

/** More runs than this are a mistake, or take years. */
const mostRuns = 1_000_000;

/**
 * Reads the file of a study.
 *
 * @param text YAML: see `studyJsonSchema`
 * @param name the file's, for messages
 * @throws InputError with all problems, one a line, each with line and column: `study.yaml:3:1: axis: there is no such setting
 *   (did you mean "axes"?)`
 */
export function parseStudy(text: string, name: string): Study {
  const source = new StudySource(text, name);
  const parsed = studySchema.safeParse(source.value);
  if (!parsed.success) {
    // What is misnamed first: it is often the reason why something else is missing.
    const issues = parsed.error.issues.toSorted((a, b) => Number(isMisnamed(b)) - Number(isMisnamed(a)));
    fail(issues.flatMap((issue) => describe(issue, source)));
  }
  const problems: string[] = [];
  const report = (path: readonly PropertyKey[], message: string) => problems.push(source.mistake(path, message));
  const study = completed(parsed.data, report);
  if (problems.length === 0) checkStudy(study, report);
  if (problems.length === 0) checkWhere(study, report);
  if (problems.length === 0) checkRuns(study, report);
  if (problems.length > 0) fail(problems);
  return study;
}

/** The name that the file of a study gives it, whatever else is wrong with it; undefined where it gives none. @throws InputError for what is not YAML */
export function studyNameIn(text: string, name: string): string | undefined {
  return studySchema.shape.name.safeParse(new StudySource(text, name).valueAt(['name'])).data;
}

function fail(problems: readonly string[]): never {
  throw new InputError(problems.join('\n'));
}

/** The study with all that its file leaves out. */
function completed(file: StudyFile, report: Report): Study {
  const { seeds = 1, objective = {}, marked = [], keepWeights = false } = file;
  const axes = Object.entries(file.axes).flatMap(([name, entry]): Axis[] => {
    const { sets = [name], when, ...given } = Array.isArray(entry) ? { values: entry } : entry;
    const scale = scaleOf(given);
    if (typeof scale !== 'string') return [{ name, sets, scale, ...(when !== undefined && { when }) }];
    report(['axes', name], scale);
    return [];
  });
  // Before a list of them is made.
  const isTooMany = typeof seeds === 'number' && seeds > mostRuns;
  if (isTooMany)
    report(['seeds'], `must be at most ${mostRuns.toLocaleString('en')}, not ${seeds.toLocaleString('en')}`);
  return {
    name: file.name,
    description: file.description ?? '',
    base: file.base ?? {},
    axes,
    ...(file.where !== undefined && { where: file.where }),
    seeds: Array.isArray(seeds) ? seeds : Array.from({ length: isTooMany ? 1 : seeds }, (_, i) => i + 1),
    objective: completedObjective(objective),
    search: completedSearch(file.search),
    marked,
    keepWeights,
  };
}

function completedObjective({
  metric = 'objective',
  at = 'last',
  goal,
}: NonNullable<StudyFile['objective']>): Objective {
  const isBestLargest = metric === 'running' || metric.startsWith('accuracy.');
  return { metric, at, goal: goal ?? (isBestLargest ? 'max' : 'min') };
}

function completedSearch(search: StudyFile['search'] = { method: 'grid' }): SearchSettings {
  if (search.method === 'grid') return search;
  const { seed = 1 } = search;
  if (search.method === 'tpe') return { ...search, seed, batch: search.batch ?? 8, startup: search.startup ?? 16 };
  if (search.method === 'asha') return { ...search, seed, eta: search.eta ?? 3, parallel: search.parallel ?? 8 };
  return { ...search, seed };
}

/** What is wrong with parts that are right one by one. */
function checkStudy({ base, axes, where, seeds, objective, search, marked }: Study, report: Report): void {
  const names = axes.map((axis) => axis.name);
  axes.forEach(({ name, when }, i) => {
    if (when !== undefined) checkCondition(when, names.slice(0, i), ['axes', name, 'when'], report);
  });
  if (where !== undefined) checkCondition(where, names, ['where'], report);
  marked.forEach(({ settings }, i) => {
    for (const name of Object.keys(settings)) {
      if (names.includes(name)) continue;
      const setter = axes.find(({ sets }) => sets.includes(name));
      const instead = setter ? `: the axis "${setter.name}" sets it` : hint(name, names);
      report(['marked', i, 'settings', name], `there is no such axis${instead}`);
    }
  });
  if (new Set(seeds).size < seeds.length) report(['seeds'], 'has a seed twice');
  checkDecided({ base, axes, search }, report);
  const combinations = gridSize(axes);
  if (search.method === 'grid' && combinations === Infinity) {
    for (const { name, scale } of axes.filter(({ scale }) => scale.kind !== 'values')) {
      const wanted = scale.kind === 'log' ? 'perDecade' : 'step';
      report(
        ['axes', name],
        `is an interval without ${wanted} or points, and a grid needs one; or search by random, sobol or tpe`,
      );
    }
  }
  const trials = search.method === 'grid' ? combinations : search.trials;
  const runs = trials * seeds.length;
  if (Number.isFinite(runs) && runs > mostRuns) {
    const [counted, most, settings, each] = [runs, mostRuns, trials, seeds.length].map((n) => n.toLocaleString('en'));
    const many = `${counted} runs, and at most ${most} are done`;
    if (trials <= mostRuns && seeds.length > trials) {
      report(['seeds'], `${each} seeds of ${settings} settings are ${many}; take fewer seeds`);
    } else {
      const less = search.method === 'grid' ? 'search by random, sobol or tpe' : 'take fewer trials or seeds';
      report(['search'], `asks for ${many}; ${less}`);
    }
  }
  if (search.method === 'asha' && typeof objective.at === 'number') {
    report(['objective', 'at'], 'must be last or best: asha compares runs of every length');
  }
  if (search.method === 'sobol' && axes.length > sobolDimensions) {
    report(['axes'], `has ${axes.length} axes; sobol can have ${sobolDimensions}`);
  }
}

/** What of a run's settings the study says elsewhere: an axis or the base would say it in vain. */
function checkDecided({ base, axes, search }: Pick<Study, 'base' | 'axes' | 'search'>, report: Report): void {
  const seeds = 'every setting is done with each of the seeds: say seeds: [1, 2, 3] beside the axes instead';
  if ('seed' in base) report(['base', 'seed'], seeds);
  const decided: Record<string, string> = {
    seed: seeds,
    evaluateAt: 'all runs are evaluated at the same samples: say it in base instead',
    ...(search.method === 'asha' && { samples: 'asha decides how many samples a run learns' }),
  };
  for (const { name, sets } of axes) {
    for (const path of sets) {
      const reason = path.startsWith('data.table')
        ? 'all runs of a study learn one table: say it in base instead'
        : decided[path];
      if (reason !== undefined) report(['axes', name], reason);
    }
  }
}

function checkCondition(text: string, known: readonly string[], path: readonly PropertyKey[], report: Report): void {
  try {
    parseCondition(text, known);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    report(path, error.message);
  }
}

/** The lines for one of zod's issues. */
function describe(issue: z.core.$ZodIssue, source: StudySource): string[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.path);
    return issue.keys.map((key) => source.mistake([...issue.path, key], `there is no such setting${hint(key, known)}`));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // An axis that is no list was meant to be an object, and the other way round.
    const branches = issue.errors.toSorted((a, b) => depth(b) - depth(a));
    const inner = branches[0] ?? [];
    if (inner.some((each) => each.path.length > 0 || isMisnamed(each))) {
      return inner.flatMap((each) => describe({ ...each, path: [...issue.path, ...each.path] }, source));
    }
    const expected = issue.errors.map(([first]) => (first && expectation(first)) ?? first?.message);
    return [source.mistake(issue.path, `must be ${expected.join(' or ')}`)];
  }
  return [source.mistake(issue.path, issueWords(issue, source.valueAt(issue.path)))];
}

function isMisnamed({ code }: z.core.$ZodIssue): boolean {
  return code === 'unrecognized_keys';
}

/** How far into the value a branch of a union got before it failed. */
function depth(errors: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...errors.map((each) => 2 * each.path.length + Number(isMisnamed(each))));
}

/** The names that the file may have at a path, for suggestions. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  const [first] = path;
  if (first === undefined) return Object.keys(studySchema.shape);
  if (first === 'axes') return ['sets', 'values', 'range', 'step', 'log', 'perDecade', 'points', 'whole', 'when'];
  if (first === 'search') return ['method', 'trials', 'seed', 'batch', 'startup', 'eta', 'minSamples', 'parallel'];
  if (first === 'objective') return ['metric', 'at', 'goal'];
  return ['name', 'settings'];
}

function hint(name: string, known: readonly string[]): string {
  return suggestion(name, known) || `; there are ${known.join(', ')}`;
}
