import { readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { InputError } from '@apical/core';
import manifest from '@apical/core/package.json' with { type: 'json' };
import type { PartName } from './part-names.ts';
import type { AccuracyResult } from './parts/accuracy.ts';
import type { BrowserResult } from './parts/browser.ts';
import type { EvaluationResult } from './parts/evaluation.ts';
import type { Growth } from './parts/growth.ts';
import type { InTimeResult } from './parts/in-time.ts';
import type { LayersAccuracyResult } from './parts/layers-accuracy.ts';
import type { MemoryResult } from './parts/memory.ts';
import type { Roofline } from './parts/roofline.ts';
import type { ScalingResult } from './parts/scaling.ts';
import type { SettlingResult } from './parts/settling.ts';
import type { WholeResult } from './parts/whole.ts';
import type { BlasOf } from './race/implementations.ts';
import type { LayersResult, RepresentationResult, ShapeResult } from './race/race.ts';

/** All that was measured in one run, as `--out` writes it. */
export interface BenchReport {
  /** ISO 8601. */
  readonly created: string;
  /** Of apical. */
  readonly version: string;
  /** Whether it was a quick run, whose numbers say little. */
  readonly quick: boolean;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly platform: string };
  /** Of the engine, languages and libraries. */
  readonly versions: Readonly<Record<string, string>>;
  /** What was left out, and what else a reader must know. */
  readonly notes: readonly string[];
  /** By what the peers multiplied matrices; absent in reports of before 0.2, which say nothing of it. */
  readonly blas?: BlasOf;
  /** How many seconds each part took. */
  readonly seconds?: { readonly [part in PartName]?: number };
  readonly shapes: readonly ShapeResult[];
  readonly layers?: readonly LayersResult[];
  readonly representation?: readonly RepresentationResult[];
  readonly roofline?: Roofline;
  readonly growth?: Growth;
  readonly browser?: BrowserResult;
  readonly evaluation?: readonly EvaluationResult[];
  readonly 'layers-accuracy'?: readonly LayersAccuracyResult[];
  readonly memory?: readonly MemoryResult[];
  readonly settling?: readonly SettlingResult[];
  readonly 'in-time'?: readonly InTimeResult[];
  readonly scaling?: readonly ScalingResult[];
  readonly accuracy?: readonly AccuracyResult[];
  readonly whole?: readonly WholeResult[];
}

/** What can be said before anything is measured. */
export function describeRun(): Pick<BenchReport, 'created' | 'version' | 'machine' | 'versions'> {
  const processors = cpus();
  return {
    created: new Date().toISOString(),
    version: manifest.version,
    machine: {
      cpu: processors[0]?.model.trim() || 'unknown',
      cores: processors.length,
      platform: `${process.platform} ${process.arch}`,
    },
    versions: { 'Node.js': process.versions.node, V8: process.versions.v8 },
  };
}

/** Reads what `--out` wrote. @throws InputError for a file that cannot be read or is something else */
export function readReport(file: string): BenchReport {
  const report = parse(readText(file));
  if (typeof report !== 'object' || report === null || !('shapes' in report) || !Array.isArray(report.shapes)) {
    throw new InputError(`${file} is not what npm run bench -- --out writes`);
  }
  return report as BenchReport;
}

/** Writes it, whole at any time, so that `readReport` reads it. @throws InputError where that cannot be done; an earlier file is kept then */
export async function writeReport(file: string, report: BenchReport): Promise<void> {
  const part = `${file}.part`;
  try {
    await writeFile(part, `${JSON.stringify(report, undefined, 2)}\n`);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw notWritable(file, error);
  }
}

/** What is said of a file that cannot be written. */
export function notWritable(file: string, error: unknown): InputError {
  return new InputError(`${file} cannot be written: ${error instanceof Error ? error.message : error}`);
}

/** The text of a file. @throws InputError where it cannot be read */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
