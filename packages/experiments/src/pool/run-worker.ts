/** What runs in the threads of a WorkerPool. */
import { DivergenceError, InputError, optimum as optimumOf } from '@apical/core';
import Tinypool from 'tinypool';
import { dataAt } from '../runs/data-sets.ts';
import { learn } from '../runs/learn.ts';
import type { RunEvaluation, RunOutcome } from '../runs/result.ts';
import type { Answer, OptimumTask, RunTask, SharedData, WorkerFunctions } from './tasks.ts';
import { throttle } from './throttle.ts';

const millisecondsBetweenReports = 100;

const shared: SharedData = Tinypool.workerData;

/** Does a run; that it diverged is a result. */
export const run: WorkerFunctions['run'] = ({ config, data, progress }: RunTask) =>
  answer(async (): Promise<RunOutcome> => {
    const evaluations: RunEvaluation[] = [];
    const warnings: Record<string, string> = {};
    try {
      return await learn(config, dataAt(shared, data), {
        onProgress: throttle((samplesSeen) => progress.postMessage(samplesSeen), millisecondsBetweenReports),
        onEvaluation: (evaluation) => void evaluations.push(evaluation),
        onWarning: (kind, text) => {
          warnings[kind] = text;
        },
      });
    } catch (error) {
      if (error instanceof DivergenceError) {
        return { config, evaluations, divergedAt: error.sample, warnings };
      }
      throw error;
    } finally {
      progress.close();
    }
  });

/** Objective (1) at the optimum. */
export const optimum: WorkerFunctions['optimum'] = ({ data, hidden, ridge }: OptimumTask) =>
  answer(async () => {
    const { samples } = dataAt(shared, { samples: data, splits: {} });
    return (await optimumOf(samples, { hidden, ridge })).value;
  });

async function answer<T>(compute: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await compute() };
  } catch (error) {
    if (error instanceof InputError) return { inputError: error.message };
    throw error;
  }
}
