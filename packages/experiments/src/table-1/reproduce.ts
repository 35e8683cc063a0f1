import type { Matrix } from '@apical/core';
import { runUntilAborted } from '../pool/run-until-aborted.ts';
import { workerCount } from '../pool/worker-count.ts';
import { describeMachine, version } from '../provenance.ts';
import { DataSets } from '../runs/data-sets.ts';
import { hasDiverged, type RunOutcome } from '../runs/result.ts';
import { chosen, type Table1Choice, type Table1Options } from './options.ts';
import { paper } from './paper.ts';
import { table1Config } from './protocol.ts';
import { type Method, methods, type Table1Results, type Width, type WidthResults } from './results.ts';
import { type SettingsName, settings } from './settings.ts';
import { methodResults, verdictsOf } from './summary.ts';

/** Table 1 with the weights of its networks. */
export interface Table1 {
  results: Table1Results;
  /** W1 of the first run of each method that came to its end, k × 784. */
  firstLayers: { settings: SettingsName; width: Width; method: Method; W1: Matrix }[];
}

interface Job {
  readonly name: SettingsName;
  readonly width: Width;
  readonly method: Method;
  readonly seed: number;
}

/**
 * Repeats Table 1 of Golkar et al. 2020: networks of 64 and 256 mean-subtracted rectified units learn to classify MNIST's 10,000
 * test images by BMVR and by backprop, and are tested on its train images, which none of them learned. All but the provenance
 * is the same, bit for bit, at any number of workers.
 *
 * Aborted, it stops at once and returns what is finished.
 *
 * @throws InputError for options out of range, and where MNIST's train images are not there; the signal's reason where no run
 *   is finished; Error if a worker thread fails
 */
export async function reproduceTable1(options: Table1Options = {}): Promise<Table1> {
  const start = performance.now();
  const choice = chosen(options);
  const jobs = jobsOf(choice);
  const configs = jobs.map(({ name, width, method, seed }) =>
    table1Config(name, width, method, { seed, epochs: choice.epochs }),
  );
  const workers = workerCount(options.workers, jobs.length);
  const { directory, signal, onStart, onProgress } = options;
  const sets = await DataSets.load(configs, { directory, signal });
  onStart?.(jobs.map((job, run) => ({ label: labelOf(job), samples: configs[run]?.samples ?? 0 })));

  const outcomes = await runUntilAborted(configs, { workers, sets, signal, onProgress });
  const ended = (name: SettingsName, width: Width, method: Method) =>
    jobs.flatMap((job, run) =>
      job.name === name && job.width === width && job.method === method ? (outcomes[run] ?? []) : [],
    );
  const resultsOf = (name: SettingsName) => columns(choice, (width, method) => ended(name, width, method), name);
  const reproduced = choice.settings.includes('paper') ? resultsOf('paper') : {};
  const [first] = configs;
  return {
    results: {
      experiment: 'table-1',
      version,
      quick: choice.quick,
      widths: reproduced,
      ...(choice.settings.includes('best') && { best: resultsOf('best') }),
      paper: structuredClone(paper) as Table1Results['paper'],
      verdicts: choice.quick ? [] : verdictsOf(reproduced),
      data: {
        set: 'mnist',
        learned: first === undefined ? 0 : sets.get(first.data).samples.count,
        heldOut: first === undefined ? 0 : sets.get(first.data, 'train').samples.count,
        sha256: first === undefined ? {} : sets.sha256(first),
      },
      provenance: { ...describeMachine(), seconds: (performance.now() - start) / 1000, workers },
    },
    firstLayers: choice.settings.flatMap((name) =>
      choice.widths.flatMap((width) =>
        methods.flatMap((method) =>
          firstLayer(ended(name, width, method)).map((W1) => ({ settings: name, width, method, W1 })),
        ),
      ),
    ),
  };
}

/** All methods of a seed are neighbours, so that a table cut short has as many runs of one as of the other. */
function jobsOf({ settings: names, widths, seeds }: Table1Choice): Job[] {
  return names.flatMap((name) =>
    widths.flatMap((width) => seeds.flatMap((seed) => methods.map((method) => ({ name, width, method, seed })))),
  );
}

function labelOf({ name, width, method, seed }: Job): string {
  return `k = ${width} ${method}${name === 'best' ? ' (best)' : ''} seed ${seed}`;
}

function columns(
  { widths, epochs }: Table1Choice,
  outcomesOf: (width: Width, method: Method) => readonly RunOutcome[],
  name: SettingsName,
): Partial<Record<Width, WidthResults>> {
  const results: Partial<Record<Width, WidthResults>> = {};
  for (const width of widths) {
    const column: WidthResults = {};
    for (const method of methods) {
      const { reasons, epochs: usual } = settings[name][width][method];
      const cut = epochs === undefined ? [] : [`${epochs} epochs, as asked for, instead of ${usual}.`];
      const found = methodResults(outcomesOf(width, method), [...cut, ...reasons]);
      if (found !== undefined) column[method] = found;
    }
    if (Object.keys(column).length > 0) results[width] = column;
  }
  return results;
}

function firstLayer(outcomes: readonly RunOutcome[]): Matrix[] {
  return outcomes.flatMap((outcome) => (hasDiverged(outcome) ? [] : (outcome.weights.W1 ?? []))).slice(0, 1);
}
