import { optimum, type Samples } from '@apical/core';
import { chosenSeeds } from '../config/chosen-seeds.ts';
import { runOnPool } from '../pool/run-on-pool.ts';
import { workerCount } from '../pool/worker-count.ts';
import { WorkerPool } from '../pool/worker-pool.ts';
import { describeMachine, version } from '../provenance.ts';
import { DataSets } from '../runs/data-sets.ts';
import type { RunOutcome } from '../runs/result.ts';
import { figure3Jobs, type Job } from './jobs.ts';
import { chosenPanels, type Figure3Options } from './options.ts';
import { panelResults } from './panel-results.ts';
import { panels } from './panels.ts';
import { figure3Data, type Method, methods, ridge } from './protocol.ts';
import type { Figure3Results, PanelName } from './results.ts';

/**
 * Repeats Figure 3 of Golkar et al. 2020: BMVR and backprop learn rank-k linear regression online on each panel's data set.
 * All but the provenance is the same, bit for bit, at any number of workers.
 *
 * Aborted, it stops its runs at once and returns what is finished: the panels of which a run of each method is there, once
 * their optima are computed, which takes seconds a panel.
 *
 * @throws InputError for options out of range, and where a data set is not there; the signal's reason where no panel is that
 *   far; Error if a worker thread fails
 */
export async function reproduceFigure3(options: Figure3Options = {}): Promise<Figure3Results> {
  const { directory, signal, onStart } = options;
  const start = performance.now();
  const names = chosenPanels(options.panels);
  const jobs = figure3Jobs(names, chosenSeeds('runs', options.runs ?? 5, options.seed ?? 1));
  const workers = workerCount(options.workers, jobs.length);
  const sets = await DataSets.load(
    names.map((name) => ({ data: figure3Data(name) })),
    { directory, signal },
  );
  onStart?.(jobs.map(({ label, config }) => ({ label, samples: config.samples })));

  const computed = await compute(names, jobs, sets, workers, options);
  const ended = (panel: PanelName, method: Method) =>
    jobs.flatMap((job, run) => (job.panel === panel && job.method === method ? (computed.outcomes[run] ?? []) : []));
  const results: Figure3Results['panels'] = {};
  for (const name of names) {
    const outcomes = { bmvr: ended(name, 'bmvr'), backprop: ended(name, 'backprop') };
    if (methods.some((method) => outcomes[method].length === 0)) continue;
    const data = sets.get(figure3Data(name));
    // The runs that were finished first are reported also where it was all cut short before the optimum was there.
    const value = computed.optima.get(name) ?? (await optimumOf(data.samples, name));
    results[name] = panelResults(name, outcomes, value, data);
  }
  if (Object.keys(results).length === 0) signal?.throwIfAborted();
  const seconds = (performance.now() - start) / 1000;
  return { experiment: 'figure-3', version, panels: results, provenance: { ...describeMachine(), seconds, workers } };
}

interface Computed {
  readonly optima: ReadonlyMap<PanelName, number>;
  /** In the order of the jobs; undefined where a run was aborted. */
  readonly outcomes: readonly (RunOutcome | undefined)[];
}

function optimumOptions(name: PanelName): { hidden: number; ridge: number } {
  return { hidden: panels[name].hidden, ridge };
}

/** The same as workers compute, here. Other events have their turn meanwhile, such as a second Ctrl-C. */
async function optimumOf(samples: Samples, name: PanelName): Promise<number> {
  const { signal } = new AbortController();
  return (await optimum(samples, { ...optimumOptions(name), signal })).value;
}

/** Does the runs and computes the optima, these last: each takes seconds only, so that all workers end at about the same time. */
async function compute(
  names: readonly PanelName[],
  jobs: readonly Job[],
  sets: DataSets,
  workers: number,
  { signal, onProgress }: Figure3Options,
): Promise<Computed> {
  const optima = new Map<PanelName, number>();
  const outcomes: (RunOutcome | undefined)[] = jobs.map(() => undefined);
  const pool = new WorkerPool(sets.shared, workers, signal);
  try {
    await Promise.all([
      runOnPool(
        pool,
        sets,
        jobs.map(({ config }) => config),
        {
          onProgress,
          onFinished: (run, outcome) => {
            outcomes[run] = outcome;
          },
        },
      ),
      ...names.map(async (name) => {
        const data = sets.indexOf(figure3Data(name));
        optima.set(name, await pool.optimum({ data, ...optimumOptions(name) }));
      }),
    ]);
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    await pool.close();
  }
  return { optima, outcomes };
}
