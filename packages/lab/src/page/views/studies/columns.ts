import { computed } from '@preact/signals';
import { store } from '../../store/store.ts';
import { sharedFolder, shortText } from '../../studies/short-path.ts';
import { formatCount, formatObjective } from '../format.ts';

/** A column of the table. */
export interface Column {
  readonly name: string;
  readonly title: string;
  readonly kind: 'text' | 'number';
  /** In units of the text's height. */
  readonly width: number;
}

/** Results but for the objective in the order in which they are shown, after the settings; accuracies come before those that are not named here. */
const resultOrder = ['accuracy', 'learned', 'seconds', 'divergedAt'];
const titles: Readonly<Record<string, string>> = { learned: 'samples learned', divergedAt: 'diverged at' };

/** The columns: where a run is, how it stands, its objective, the settings in which runs differ, what they came to besides. */
export const shownColumns = computed((): Column[] => {
  const { differing, results, rows } = store.studies;
  const isNumber = (name: string) =>
    rows.value.every(({ values }) => values[name] === undefined || typeof values[name] === 'number');
  const ordered = results.value.toSorted((a, b) => rankOf(a) - rankOf(b));
  const [objective, others] = [ordered.filter(isObjective), ordered.filter((name) => !isObjective(name))];
  return [
    { name: 'run', title: 'run', kind: 'text', width: 12 },
    { name: 'status', title: 'status', kind: 'text', width: 8 },
    ...objective.map((name) => column(name, true)),
    ...differing.value.map((name) => column(name, isNumber(name))),
    ...others.map((name) => column(name, true)),
  ];
});

const isObjective = (name: string) => name === 'objective';

function rankOf(name: string): number {
  const rank = resultOrder.indexOf(name.replace(/\..*$/, ''));
  return rank < 0 ? resultOrder.length : rank;
}

/** As wide as what stands in it, so that nothing is cut. */
function column(name: string, isNumber: boolean): Column {
  const title = titles[name] ?? name;
  const values = new Set(store.studies.rows.value.map((row) => row.values[name]));
  let longest = title.length;
  for (const value of values) longest = Math.max(longest, formatCell(name, value).length);
  return { name, title, kind: isNumber ? 'number' : 'text', width: Math.max(6, 0.55 * longest + 2) };
}

/** Where all tables of the runs lie. */
const folder = computed(() => sharedFolder(store.studies.rows.value.map(({ values }) => String(values['data.set']))));

/** What is no number, uncut. */
export function wholeText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A setting or a result in words. */
export function formatCell(name: string, value: unknown): string {
  if (value === undefined) return '–';
  if (typeof value !== 'number') return shortText(wholeText(value), name === 'data.set' ? folder.value : '');
  if (name === 'objective') return formatObjective(value);
  if (name.startsWith('accuracy.')) return `${(100 * value).toFixed(2)} %`;
  if (name === 'seconds') return formatDuration(value);
  return Number.isInteger(value) && Math.abs(value) >= 10_000
    ? formatCount(value)
    : String(Number(value.toPrecision(6)));
}

/** Seconds with at least three significant digits; whole ones from 100 on. */
function formatDuration(seconds: number): string {
  return seconds < 100 ? String(Number(seconds.toPrecision(3))) : formatCount(seconds);
}
