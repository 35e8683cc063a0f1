/** What runs in the threads of a WorkerPool. */
import { DivergenceError, type Evaluation, InputError, optimum as optimumOf } from 'apical';
import Tinypool from 'tinypool';
import { learn } from '../runs/learn.ts';
import type { RunOutcome } from '../runs/result.ts';
import type { Answer, OptimumTask, RunTask, SharedData, WorkerFunctions } from './tasks.ts';
import { throttle } from './throttle.ts';

const millisecondsBetweenReports = 100;

const shared: SharedData = Tinypool.workerData;

/** Does a run; that it diverged is a result. */
export const run: WorkerFunctions['run'] = ({ config, data, progress }: RunTask) =>
  answer(async (): Promise<RunOutcome> => {
    const evaluations: Evaluation[] = [];
    try {
      return await learn(config, samplesOf(data), {
        onProgress: throttle((samplesSeen) => progress.postMessage(samplesSeen), millisecondsBetweenReports),
        onEvaluation: (evaluation) => void evaluations.push(evaluation),
      });
    } catch (error) {
      if (error instanceof DivergenceError) return { config, evaluations, divergedAt: error.sample };
      throw error;
    } finally {
      progress.close();
    }
  });

/** Objective (1) at the optimum. */
export const optimum: WorkerFunctions['optimum'] = ({ data, hidden, ridge }: OptimumTask) =>
  answer(async () => (await optimumOf(samplesOf(data), { hidden, ridge })).value);

function samplesOf(data: number) {
  const samples = shared[data];
  if (samples === undefined) throw new RangeError(`there is no shared data set ${data}`);
  return samples;
}

async function answer<T>(compute: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await compute() };
  } catch (error) {
    if (error instanceof InputError) return { inputError: error.message };
    throw error;
  }
}
