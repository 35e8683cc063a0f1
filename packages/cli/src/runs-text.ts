import {
  differingNames,
  type ObjectiveKind,
  objectiveTitle,
  type RunEvaluation,
  type Settings,
} from '@apical/experiments';
import { formatCount, formatObjective, formatPercent, formatReading, formatTable } from './format.ts';
import { heldOut } from './held-out.ts';

/** What a list says of every run, whether or not it is the same for all. */
const always = ['run', 'status'];
/** How runs end, after the settings. */
const endings = ['reached', 'objective', 'divergedAt', 'seconds', 'weightsSha256'];
/** What a list leaves out, for it is long. */
const omitted = ['evaluateAt', 'weightsSha256', 'seconds'];
/** Of a longer list only the ends are shown beside those of other runs. */
const longestList = 6;

/**
 * A table of runs: where they are, how they stand, the settings in which they differ, how they ended.
 *
 * @param among the runs of which these are some: a setting in which they differ is shown, whether or not these do
 * @param asked names that are shown in any case: of what probes read, and of what was found in tables, these alone are
 */
export function formatRuns(rows: readonly Settings[], among = rows, asked: readonly string[] = []): string {
  const settings = differing(among).filter((name) => !/^probes\.|^data\.table\.found\./.test(name));
  const columns = [...new Set([...always, ...settings, ...endings, ...asked])]
    .filter((name) => !omitted.includes(name))
    .filter((name) => rows.some((row) => row[name] !== undefined));
  return formatTable([columns, ...rows.map((row) => columns.map((name) => formatValue(name, row[name])))]);
}

/** One run: its settings, what was recorded, its evaluations. @param kind what their objective is */
export function formatRun(
  row: Settings,
  recorded: Settings,
  evaluations: readonly RunEvaluation[],
  kind: ObjectiveKind,
): string {
  const { run: _, ...settings } = row;
  const facts = formatTable(Object.entries(settings).map(([name, value]) => [name, formatValue(name, value)]));
  const origin = formatTable(
    Object.entries(recorded).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
  const parts = [...new Set(evaluations.flatMap(({ accuracy = {} }) => Object.keys(accuracy)))];
  const held = heldOut.filter(({ name }) => evaluations.some(({ probes }) => probes?.[name] !== undefined));
  const curve = formatTable(
    [
      ['samples', objectiveTitle(kind), ...parts, ...held.map(({ title }) => title)],
      ...evaluations.map(({ samples, objective, accuracy = {}, probes = {} }) => [
        ...[formatCount(samples), formatObjective(objective)],
        ...parts.map((part) => (accuracy[part] === undefined ? '–' : formatPercent(accuracy[part]))),
        ...held.map(({ name, format }) => (probes[name] === undefined ? '–' : format(probes[name]))),
      ]),
    ],
    [0, 1, ...[...parts, ...held].map((_, i) => i + 2)],
  );
  return [facts, origin, ...(evaluations.length > 0 ? [curve] : [])].join('\n\n');
}

/** Runs side by side, a column each: the settings in which they differ and how they ended. */
export function formatComparison(rows: readonly Settings[]): string {
  const names = ['run', 'status', ...differing(rows), ...endings];
  const there = names.filter((name) => rows.some((row) => row[name] !== undefined));
  const table = formatTable(there.map((name) => [name, ...rows.map((row) => formatBeside(name, row[name]))]));
  const digests = new Set(rows.map((row) => row.weightsSha256));
  const verdict = digests.has(undefined)
    ? 'not all of them have finished'
    : digests.size === 1
      ? 'their final weights are the same, bit for bit'
      : 'their final weights differ';
  return `${table}\n\n${verdict}`;
}

/** The settings that are not the same in all runs. */
function differing(rows: readonly Settings[]): string[] {
  return differingNames(rows).filter((name) => !always.includes(name) && !endings.includes(name));
}

function formatValue(name: string, value: unknown): string {
  if (value === undefined) return '–';
  if (name === 'objective' && typeof value === 'number') return formatObjective(value);
  if (/^accuracy\.[^.]+$/.test(name) && typeof value === 'number') return formatPercent(value);
  if (/^probes\./.test(name) && typeof value === 'number') return formatReading(value);
  if (name === 'seconds' && typeof value === 'number') return formatDuration(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A setting beside those of other runs: of a long list its ends, and how many there are. */
function formatBeside(name: string, value: unknown): string {
  if (!Array.isArray(value) || value.length <= longestList) return formatValue(name, value);
  return `[${value.slice(0, 3).join(',')},…,${value.at(-1)}] (${formatCount(value.length)})`;
}

/** Seconds with at least three significant digits; whole ones from 100 on. */
function formatDuration(seconds: number): string {
  return seconds < 100 ? String(Number(seconds.toPrecision(3))) : formatCount(Math.round(seconds));
}
