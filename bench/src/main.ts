// npm run bench: see --help, and docs/performance.md for what the numbers mean.
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@apical/core';
import { CommanderError } from 'commander';
import { layersShapeName, layersShapes } from './layers/shapes.ts';
import { partNames } from './part-names.ts';
import { type BenchOptions, createProgram } from './program.ts';
import { quickCells, quickShapes } from './quick.ts';
import { shapeName, shapes } from './race/shapes.ts';
import { type BenchReport, notWritable, readReport, writeReport } from './report.ts';
import { representationShapes } from './representation/shapes.ts';
import { insertReport, origin, readDocument } from './show/markdown.ts';
import { textTable } from './show/table.ts';
import { tablesOf } from './show/tables.ts';

try {
  await createProgram(run).parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

async function run(options: BenchOptions): Promise<void> {
  const { from, out, picture, markdown } = options;
  for (const file of [out, picture]) if (file !== undefined) await checkWritable(file);
  const document = markdown === undefined ? undefined : readDocument(markdown);
  const results = from === undefined ? await measureAsAsked(options) : readReport(from);
  process.stdout.write(`${[...origin(results), ...results.notes, ...tablesOf(results).map(textTable)].join('\n\n')}\n`);
  if (out !== undefined) await writeReport(out, results);
  if (picture !== undefined) {
    const { reportPicture } = await import('./show/picture.ts');
    await writeFile(picture, reportPicture(results));
  }
  if (markdown !== undefined) await writeFile(markdown, insertReport(document!, results));
}

async function measureAsAsked({ shape, part, quick, whole, python, out }: BenchOptions): Promise<BenchReport> {
  // Only now: what it needs takes longer to load than a mistake on the command line to be told.
  const { measure } = await import('./measure.ts');
  const start = performance.now();
  const onProgress = (text: string) => {
    process.stderr.write(`${((performance.now() - start) / 1000).toFixed(0).padStart(5)} s  ${text}\n`);
  };
  const isAsked = (name: string) => (shape ?? (quick ? quickShapes : undefined))?.includes(name) ?? true;
  return await measure({
    shapes: shapes.filter((each) => isAsked(shapeName(each))),
    layers: layersShapes.filter((each) => isAsked(layersShapeName(each))),
    representations: representationShapes.filter(({ k }) => !quick || k === quickCells),
    parts: part ?? partNames,
    quick: quick === true,
    whole: whole === true,
    ...(python !== undefined && { python }),
    onProgress,
    // So that a run of many minutes that is broken off has not been for nothing. A disk that is full for a while does not break it off.
    onMeasured: async (report) => {
      if (out !== undefined) await writeReport(out, report).catch((error) => onProgress(error.message));
    },
  });
}

/** So that a run of many minutes does not end at a file that cannot be written. Makes its folder. */
async function checkWritable(file: string): Promise<void> {
  const isThere = existsSync(file);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '', { flag: 'a' });
    if (!isThere) await rm(file);
  } catch (error) {
    throw notWritable(file, error);
  }
}

/** Says in one line what went wrong; returns the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const message = error instanceof Error ? error.message.replace(/^error: /, '') : String(error);
  process.stderr.write(`bench: ${message.replaceAll(/\s*\n\s*/g, ' ')}\n`);
  return error instanceof CommanderError || error instanceof InputError ? 2 : 1;
}
