/** What runs in the threads of a WorkerPool. */
import { DivergenceError, InputError, optimum as optimumOf } from '@apical/core';
import Tinypool from 'tinypool';
import { dataAt } from '../runs/data-sets.ts';
import { learn } from '../runs/learn.ts';
import type { RunEvaluation } from '../runs/result.ts';
import type { Answer, OptimumTask, RunTask, SharedData, ToldRun, WorkerFunctions } from './tasks.ts';
import { throttle } from './throttle.ts';

const millisecondsBetweenReports = 100;

const shared: SharedData = Tinypool.workerData;

/** Does a run; that it diverged is a result. */
export const run: WorkerFunctions['run'] = ({ config, data, progress }: RunTask) =>
  answer(async (): Promise<ToldRun> => {
    const evaluations: RunEvaluation[] = [];
    const notes: string[] = [];
    try {
      const outcome = await learn(config, dataAt(shared, data), {
        onProgress: throttle((samplesSeen) => progress.postMessage(samplesSeen), millisecondsBetweenReports),
        onEvaluation: (evaluation) => void evaluations.push(evaluation),
        onNote: (text) => void notes.push(text),
      });
      return { outcome, notes };
    } catch (error) {
      if (error instanceof DivergenceError) {
        return { outcome: { config, evaluations, divergedAt: error.sample }, notes };
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
