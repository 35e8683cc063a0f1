import type { Samples } from '@apical/core';
import { evaluationSchedule } from '../config/evaluation-schedule.ts';
import type { LoadedData } from '../runs/data-sets.ts';
import { hasDiverged, type RunOutcome } from '../runs/result.ts';
import { moments } from '../statistics/moments.ts';
import { panels } from './panels.ts';
import { type PaperCurve, paper } from './paper.ts';
import { figure3Config, figure3Data, type Method } from './protocol.ts';
import type { MethodResults, PanelName, PanelResults, RowVerdict } from './results.ts';
import { compare } from './verdict.ts';

/** The outcomes of one panel's runs, each method's in the order of the seeds. */
export type PanelOutcomes = Readonly<Record<Method, readonly RunOutcome[]>>;

/** Puts a panel's runs beside the paper's. Each method must have a run at least. */
export function panelResults(
  name: PanelName,
  outcomes: PanelOutcomes,
  optimum: number,
  { sha256, samples }: Pick<LoadedData, 'sha256' | 'samples'>,
): PanelResults {
  const { title, hidden, samples: length } = panels[name];
  const { set, split } = figure3Data(name);
  const bmvr = methodResults(name, 'bmvr', outcomes.bmvr);
  const backprop = methodResults(name, 'backprop', outcomes.backprop);
  const untrained = meanLabelPower(samples);
  const verdicts = {
    bmvr: verdictsOf(bmvr, paper[name].bmvr, untrained),
    backprop: verdictsOf(backprop, paper[name].backprop, untrained),
  };
  return {
    title,
    hidden,
    samples: length,
    data: { set, split, count: samples.count, sha256: { ...sha256 } },
    optimum,
    steps: evaluationSchedule(length).map((seen) => seen - 1),
    bmvr,
    backprop,
    paper: structuredClone(paper[name]) as PanelResults['paper'],
    verdicts: {
      ...verdicts,
      final: { bmvr: verdicts.bmvr.at(-1) === 'agrees', backprop: verdicts.backprop.at(-1) === 'agrees' },
    },
  };
}

function methodResults(name: PanelName, method: Method, outcomes: readonly RunOutcome[]): MethodResults {
  const { note } = panels[name][method];
  const seeds = outcomes.map(({ config }) => config.seed);
  const config = figure3Config(name, method, seeds[0] ?? 0);
  const runs = outcomes.map(({ evaluations }) =>
    config.evaluateAt.map((_, step) => finite(evaluations[step]?.objective)),
  );
  const columns = config.evaluateAt.map((_, step) => moments(runs.flatMap((run) => run[step] ?? [])));
  return {
    config,
    ...(note !== undefined && { note }),
    seeds,
    mean: columns.map(({ mean }) => mean),
    sd: columns.map(({ sd }) => sd),
    runs,
    diverged: outcomes.flatMap((outcome) =>
      hasDiverged(outcome) ? [{ seed: outcome.config.seed, sample: outcome.divergedAt }] : [],
    ),
    weightsSha256: outcomes.map((outcome) => (hasDiverged(outcome) ? null : outcome.weightsSha256)),
  };
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** Where a run has diverged, the method differs from the paper's, whatever the others do. */
function verdictsOf({ mean, sd, runs }: MethodResults, curve: PaperCurve, untrained: number): RowVerdict[] {
  return mean.map((value, step) => {
    if (runs.some((run) => run[step] === null)) return 'differs';
    const ours = { mean: value, sd: sd[step] ?? Number.NaN };
    return compare(ours, { mean: curve.mean[step] ?? Number.NaN, sd: curve.sd[step] ?? Number.NaN }, untrained);
  });
}

/** (1/T) Σ ‖y_t‖²: objective (1) of a network that predicts nothing, which an untrained one comes close to. */
function meanLabelPower({ count, labels, classes, targets }: Samples): number {
  const powers: number[] = [];
  for (let start = 0; start < targets.length; start += labels) {
    powers.push(targets.subarray(start, start + labels).reduce((total, value) => total + value * value, 0));
  }
  let total = 0;
  for (let t = 0; t < count; t++) total += powers[classes ? classes[t]! : t] ?? 0;
  return total / count;
}
