import { ruleOf } from '../config/rule-of.ts';
import type { RunConfig } from '../config/run-config.ts';
import { moments } from '../statistics/moments.ts';
import { hasObjective } from './readings-in-time.ts';
import type { Confusion, RunEvaluation } from './result.ts';

/** What was measured along some runs, a value an evaluation point. A value that a run does not have is null. */
export interface Curve {
  /** Over the runs that have a value there; null where none has. */
  mean: (number | null)[];
  sd: (number | null)[];
  /** Run × evaluation point. */
  runs: (number | null)[][];
}

/** Runs whose configs differ in their seeds, in the order of images where that is drawn by the seed, and in when they are evaluated. */
export interface RunGroup {
  /** With the first seed. */
  config: RunConfig;
  seeds: number[];
  /** The evaluation points that all of them have: samples seen. */
  samples: number[];
  /** What was measured there, by name: `objective`, `accuracy.test`, `constraint.largest`, … */
  curves: Record<string, Curve>;
  diverged: { seed: number; sample: number }[];
  /** What goes wrong by the theory of the rule, in the words of the first run of which it was said; absent where nothing does. */
  warnings?: { seeds: number[]; text: string }[];
  /** How the first run that came to its end classifies images, by the names of the config's `accuracy`. */
  confusion: Record<string, Confusion>;
  /** SHA-256 of each run's final weights; null where it diverged, or is not finished. */
  weightsSha256: (string | null)[];
}

/** What is known of a run, whether it is finished or not. */
export interface RecordedRun {
  readonly config: RunConfig;
  readonly evaluations: readonly RunEvaluation[];
  readonly confusion?: RunGroup['confusion'];
  readonly divergedAt?: number;
  readonly warnings?: Readonly<Record<string, string>> | undefined;
  readonly weightsSha256?: string;
}

/** Puts runs together whose configs differ in their seeds, and in when they are evaluated, alone. There must be one at least. */
export function groupOf(outcomes: readonly RecordedRun[]): RunGroup {
  const [first] = outcomes;
  if (first === undefined) throw new RangeError('a group needs a run');
  const { config } = first;
  const samples = commonPoints(outcomes.map((outcome) => outcome.config.evaluateAt));
  const readings = outcomes.map(
    ({ evaluations }) => new Map(evaluations.map((each) => [each.samples, readingsOf(each)])),
  );
  const measured = [...new Set(readings.flatMap((run) => [...run.values()].flatMap(Object.keys)))];
  const names = hasObjective(ruleOf(config), config) ? measured : measured.filter((name) => name !== 'objective');
  const warnings = warningsOf(outcomes);
  return {
    config,
    seeds: outcomes.map((outcome) => outcome.config.seed),
    samples,
    curves: Object.fromEntries(
      names.map((name) => [name, curveOf(readings.map((run) => samples.map((at) => finite(run.get(at)?.[name]))))]),
    ),
    diverged: outcomes.flatMap(({ config: { seed }, divergedAt }) =>
      divergedAt === undefined ? [] : [{ seed, sample: divergedAt }],
    ),
    ...(warnings.length > 0 && { warnings }),
    confusion: outcomes.find(({ confusion }) => confusion !== undefined)?.confusion ?? {},
    weightsSha256: outcomes.map(({ weightsSha256 = null }) => weightsSha256),
  };
}

/** The points that are in all of some lists. */
export function commonPoints([first = [], ...others]: readonly (readonly number[])[]): number[] {
  const sets = others.map((points) => new Set(points));
  return first.filter((point) => sets.every((points) => points.has(point)));
}

function warningsOf(outcomes: readonly RecordedRun[]): NonNullable<RunGroup['warnings']> {
  const all = outcomes.flatMap(({ config: { seed }, warnings = {} }) =>
    Object.entries(warnings).map(([kind, text]) => ({ kind, text, seed })),
  );
  return [...Map.groupBy(all, ({ kind }) => kind).values()].map((same) => ({
    seeds: same.map(({ seed }) => seed),
    text: same[0]!.text,
  }));
}

/** All that an evaluation measured, by name. */
export function readingsOf({ objective, accuracy = {}, probes = {} }: RunEvaluation): Record<string, number> {
  const named = Object.entries(accuracy).map(([name, value]) => [`accuracy.${name}`, value]);
  return { objective, ...Object.fromEntries(named), ...probes };
}

/** @param runs run × evaluation point */
export function curveOf(runs: (number | null)[][]): Curve {
  const points = Math.max(0, ...runs.map((run) => run.length));
  const columns = Array.from({ length: points }, (_, point) => moments(runs.flatMap((run) => run[point] ?? [])));
  return { mean: columns.map(({ mean }) => finite(mean)), sd: columns.map(({ sd }) => finite(sd)), runs };
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
