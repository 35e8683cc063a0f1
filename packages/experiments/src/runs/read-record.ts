import { InputError } from '@apical/core';
import { parseRunConfig } from '../config/parse.ts';
import type { RunConfig } from '../config/run-config.ts';
import { isRecord } from '../config/settings.ts';
import { type Found, jsonOf } from '../files/read-file.ts';
import type { RunEvaluation } from './result.ts';
import { checkedLine, recordText, summaryText } from './sealed.ts';
import type { Summary } from './summary.ts';

// What is read from the folder of a run is checked here and nowhere else, before anything is made of it.

/** What a file, or a line of one, says. */
export interface Reading<T> {
  /** Undefined where it is damaged. */
  readonly value?: T;
  /** What is wrong with it, in words; empty where all is well. */
  readonly problems: readonly string[];
  /** Whether its own checksum says that it is what was written. What versions before 0.1 wrote has none. */
  readonly isSealed: boolean;
  /** Whether its checksum says that it was changed. */
  readonly isChanged?: boolean;
}

/** What `config.json` says. */
export interface RunRecord {
  readonly config: RunConfig;
  /** What determined the run besides: the program's version, the SHA-256 sums of the data. */
  readonly recorded: Readonly<Record<string, unknown>>;
}

/** No `config.json` is larger. */
export const mostConfigBytes = 1 << 20;

/** The sums of the files that a summary can name. */
const summedFiles: ReadonlySet<string> = new Set([
  'config.json',
  'start.safetensors',
  'metrics.jsonl',
  'weights.safetensors',
  'recorded.npz',
  'end.snapshot',
]);

/** Reads `config.json`. @param found its text */
export function parseRecord({ value: text, problem }: Found<string>): Reading<RunRecord> {
  const record = text === undefined ? undefined : jsonOf(text);
  if (!isRecord(record)) return damaged(unreadable(problem));
  if (!isRecord(record.recorded)) return damaged('is damaged: "recorded" is missing');
  const { sha256, ...recorded } = record.recorded;
  const isSealed = sha256 !== undefined;
  if (isSealed && recordText({ ...record, recorded }) !== text) return changed();
  const flaw = Object.entries(recordedChecks).find(([name, check]) => name in recorded && !check(recorded[name]));
  const unknown = Object.keys(recorded).find((name) => !(name in recordedChecks));
  if (flaw || unknown) return damaged(`is damaged: "recorded.${flaw?.[0] ?? unknown}" cannot be`, isSealed);
  try {
    return sound({ config: parseRunConfig(record, ''), recorded: record.recorded }, isSealed);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { problems: error.message.split('\n').map((line) => line.replace(/^: /, '')), isSealed };
  }
}

/** Reads `summary.json`. */
export function parseSummary({ value: text, problem }: Found<string>): Reading<Summary> {
  const held = text === undefined ? undefined : jsonOf(text);
  if (!isRecord(held)) return damaged(unreadable(problem));
  const { sha256, ...summary } = held;
  const isSealed = sha256 !== undefined;
  if (isSealed && summaryText(summary) !== text) return changed();
  const checks = summary.status === 'finished' ? finishedChecks : divergedChecks;
  if (!checks.status(summary.status)) return damaged('is damaged: "status" is neither finished nor diverged', isSealed);
  const flaw = flawOf(summary, checks);
  if (flaw) return damaged(`is damaged: "${flaw}" cannot be`, isSealed);
  return sound(withNaN(summary) as unknown as Summary, isSealed);
}

/** Reads a line of `metrics.jsonl`. */
export function parseEvaluation(text: string): Reading<RunEvaluation> {
  const held = jsonOf(text);
  if (!isRecord(held)) return damaged('is no evaluation');
  const { crc32c, ...evaluation } = held;
  const isSealed = crc32c !== undefined;
  if (isSealed && checkedLine(evaluation) !== text) return changed();
  const flaw = flawOf(evaluation, evaluationChecks);
  if (flaw) return damaged(`is no evaluation: "${flaw}" cannot be`, isSealed);
  return sound(withNaN(evaluation) as unknown as RunEvaluation, isSealed);
}

/** Why there is no object in a file. @param problem what stands there instead */
function unreadable(problem = 'is no file with a JSON object'): string {
  return problem.startsWith('cannot') ? problem : `is damaged: it ${problem}`;
}

function sound<T>(value: T, isSealed: boolean): Reading<T> {
  return { value, problems: [], isSealed };
}

function damaged<T>(problem: string, isSealed = false): Reading<T> {
  return { problems: [problem], isSealed };
}

function changed<T>(): Reading<T> {
  return { problems: ['is not what the run wrote: its checksum is another'], isSealed: true, isChanged: true };
}

type Checks = Readonly<Record<string, (value: unknown) => boolean>>;

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
/** JSON has no word for what is not finite: it writes null. */
const isMeasured = (value: unknown) => value === null || typeof value === 'number';
const isText = (value: unknown) => typeof value === 'string';
const isSum = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const allOf = (check: (value: unknown) => boolean) => (value: unknown) =>
  isRecord(value) && Object.values(value).every(check);
const isAbsentOr = (check: (value: unknown) => boolean) => (value: unknown) => value === undefined || check(value);

const recordedChecks: Checks = { version: isText, dataSha256: allOf(isSum), startSha256: isSum };

const finishedChecks = {
  status: (value: unknown) => value === 'finished',
  samples: isWhole,
  objective: isMeasured,
  accuracy: isAbsentOr(allOf(isMeasured)),
  confusion: isAbsentOr(allOf(isConfusion)),
  weightsSha256: isAbsentOr(isText),
  seconds: isAbsentOr(isMeasured),
  warnings: isAbsentOr(allOf(isText)),
  files: isAbsentOr(areSums),
} satisfies Checks;

const divergedChecks = {
  status: (value: unknown) => value === 'diverged',
  divergedAt: isWhole,
  warnings: isAbsentOr(allOf(isText)),
  files: isAbsentOr(areSums),
} satisfies Checks;

const evaluationChecks = {
  samples: isWhole,
  objective: isMeasured,
  accuracy: isAbsentOr(allOf(isMeasured)),
  probes: isAbsentOr(allOf(isMeasured)),
} satisfies Checks;

/** The first name that should not be there, or whose value cannot be. */
function flawOf(value: Readonly<Record<string, unknown>>, checks: Checks): string | undefined {
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(checks, name));
  return unknown ?? Object.keys(checks).find((name) => !checks[name]!(value[name]));
}

/** A square table of counts. */
function isConfusion(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((row: unknown) => Array.isArray(row) && row.length === value.length && row.every(isWhole))
  );
}

function areSums(value: unknown): boolean {
  return allOf(isSum)(value) && Object.keys(value as object).every((name) => summedFiles.has(name));
}

/** What is not finite as what it is, where JSON could write null only. */
function withNaN(value: unknown): unknown {
  if (value === null) return Number.NaN;
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withNaN(inner)]));
}
