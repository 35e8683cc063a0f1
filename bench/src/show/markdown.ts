import { InputError } from '@apical/core';
import { type BenchReport, readText } from '../report.ts';
import { implementationLabels } from './labels.ts';
import { markdownTable } from './table.ts';
import { tablesOf } from './tables.ts';

/** Between these lines of a document stands what was measured. */
export const markers = { begin: '<!-- measured: begin -->', end: '<!-- measured: end -->' };

/** On what the numbers were measured, and, of a quick run, how little they say. */
export function origin({ created, version, quick, machine, versions, blas, seconds }: BenchReport): string[] {
  const found = Object.entries(versions).map(([name, value]) => `${name} ${value}`);
  const where = `${machine.cpu} (${machine.cores} cores), ${machine.platform}`;
  return [
    `Measured on ${created.slice(0, 10)} with apical ${version} on ${where}; ${found.join(', ')}.`,
    ...(blas ? [products(blas)] : []),
    ...(seconds ? [costs(seconds)] : []),
    ...(quick ? ['A quick run: its numbers say little.'] : []),
  ];
}

/** How long the parts took. */
function costs(seconds: NonNullable<BenchReport['seconds']>): string {
  const each = Object.entries(seconds).map(([part, taken]) => `${part} ${Math.round(taken)}`);
  return `Seconds that the parts took: ${each.join(', ')}.`;
}

/** How fast each peer multiplies two matrices on one core, and by what. */
function products(blas: NonNullable<BenchReport['blas']>): string {
  const told = (['numpy', 'torch'] as const).flatMap((name) => {
    const found = blas[name];
    return found ? [`${implementationLabels[name]} by ${found.library}, ${found.gigaflops.toFixed(1)} GFLOP/s`] : [];
  });
  return `A product of 512 × 512 matrices on one core: ${told.join('; ')}.`;
}

/** Everything that was measured, in Markdown: where, what was left out, and the tables. */
export function reportMarkdown(report: BenchReport): string {
  const { notes } = report;
  return [
    ...origin(report),
    ...(notes.length > 0 ? [notes.map((note) => `- ${note}`).join('\n')] : []),
    ...tablesOf(report).map(markdownTable),
  ].join('\n\n');
}

/** A document with a place for a report: what stands before it, up to the marker, and after it. */
export interface ReportDocument {
  readonly before: string;
  readonly after: string;
}

/** Reads a document. @throws InputError where it cannot be read, or its markers are missing */
export function readDocument(file: string): ReportDocument {
  const text = readText(file);
  const begin = text.indexOf(markers.begin);
  const end = text.indexOf(markers.end);
  if (begin < 0 || end < begin) {
    throw new InputError(`${file} has no lines ${markers.begin} and ${markers.end}, between which the tables go`);
  }
  return { before: text.slice(0, begin + markers.begin.length), after: text.slice(end) };
}

/** The document with the report in the place of what stood between the markers. */
export function insertReport({ before, after }: ReportDocument, report: BenchReport): string {
  return `${before}\n\n${reportMarkdown(report)}\n\n${after}`;
}
