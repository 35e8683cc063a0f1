import { type ImplementationName, implementationNames } from '../race/implementations.ts';
import type { Measured } from '../race/race.ts';
import type { BenchReport } from '../report.ts';
import { percent, threeDigits } from './labels.ts';
import { columnLabel, isFair } from './peers.ts';
import type { Table } from './table.ts';

/** What was raced, and how it is called in tables. */
export interface Raced<Result extends Measured> {
  readonly raced: readonly Result[];
  readonly head: string;
  readonly label: (result: Result) => string;
  /** What a title says besides. */
  readonly of: string;
}

/** The ways in which apical computes. */
const apicals = ['apical', 'apical256', 'apicalFused'] as const satisfies readonly ImplementationName[];

/** What took how long, how many times as long as apical in each of its ways, and how far from float64. */
export function raceTables<Result extends Measured>(report: BenchReport, raced: Raced<Result>): Table[] {
  const { of } = raced;
  const bases = apicals.filter((name) => raced.raced.some(({ microseconds }) => name in microseconds));
  const fair = (name: ImplementationName) => isFair(report, name);
  const unfair = (name: ImplementationName) => name === 'apical' || !fair(name);
  const ratiosTo =
    (base: ImplementationName): Show =>
    ({ microseconds }, name) =>
      cell(ratio(microseconds[name], microseconds[base]));
  const apart = comparison(
    report,
    raced,
    `Not to be quoted: times as long as apical${of}, of programs that multiply matrices by a reference BLAS, or by nobody knows what`,
    ratiosTo('apical'),
    unfair,
  );
  return [
    comparison(report, raced, `Microseconds a sample${of}: medians, and half the distance of the quartiles`, medians),
    ...bases.map((base) =>
      comparison(report, raced, `Times as long as ${columnLabel(report, base)}${of}`, ratiosTo(base), fair),
    ),
    ...(apart.header.length > 2 ? [apart] : []),
    comparison(report, raced, `Distance of the weights from float64 at the end${of}`, ({ relativeError }, name) =>
      cell(relativeError[name], (value) => value.toExponential(1)),
    ),
  ];
}

type Show = (result: Measured, name: ImplementationName) => string;

const medians: Show = ({ microseconds, quartiles }, name) => {
  const [low, high] = quartiles[name] ?? [0, 0];
  return cell(microseconds[name], (median) => `${threeDigits(median)} ±${percent((high - low) / 2 / median)}`);
};

/** One row a result, one column an implementation that took part. */
function comparison<Result extends Measured>(
  report: BenchReport,
  { raced, head, label }: Raced<Result>,
  title: string,
  show: Show,
  isShown: (name: ImplementationName) => boolean = () => true,
): Table {
  const present = implementationNames.filter(
    (name) => isShown(name) && raced.some(({ microseconds }) => name in microseconds),
  );
  return {
    title,
    header: [head, ...present.map((name) => columnLabel(report, name))],
    rows: raced.map((result) => [label(result), ...present.map((name) => show(result, name))]),
  };
}

export function ratio(value: number | undefined, base: number | undefined): number | undefined {
  return value === undefined || base === undefined ? undefined : value / base;
}

/** A number as text; a dash where there is none. */
export function cell(value: number | undefined, show: (value: number) => string = threeDigits): string {
  return value === undefined ? '–' : show(value);
}
