import { createNetwork, letOthersRun, parameterValues, type Rule, recordableOf, weightsDigest } from '@apical/core';
import type { Stream } from '@apical/data';
import { learningOptions } from '../config/network-options.ts';
import type { RunConfig } from '../config/run-config.ts';
import { streamOfRun } from '../config/stream-of-run.ts';
import { teacherCheck } from './check-teacher.ts';
import type { Checkpoint } from './checkpoint.ts';
import { Differences } from './differences.ts';
import type { LearnOptions } from './learn.ts';
import { comparedBy } from './readings-in-time.ts';
import { Recorder } from './recorder.ts';
import type { RunEvaluation, RunResult } from './result.ts';
import { weightReadings } from './weight-readings.ts';

/** Steps between two looks at the clock. */
const chunk = 1000;

/**
 * Does one run in time, in this thread: its samples are steps, and what is measured is how far signals are apart that learning is to bring
 * together, over the steps since the evaluation before.
 *
 * @throws InputError for settings that the rule cannot have; DivergenceError; the signal's reason, after a checkpoint
 */
export async function learnInTime(config: RunConfig, rule: Rule, options: LearnOptions): Promise<RunResult> {
  const { initial, seed, evaluateAt, samples, learnFrom = 0 } = config;
  const { weights, from, checkpoints, signal, onProgress, onEvaluation } = options;
  const start = performance.now() - 1000 * (from?.seconds ?? 0);
  const secondsSoFar = () => (performance.now() - start) / 1000;
  const values = parameterValues(rule.name, rule.parameters, config.parameters);
  const stream = streamOfRun(config, rule);
  const network = await createNetwork({
    ...{ rule, inputs: stream.inputs, labels: stream.teacher, ...learningOptions(config), initial, seed },
    ...(weights && { weights }),
  });
  const checkTeacher = teacherCheck(rule, config, rule.time!.teacher(values), stream.teacher);
  const differences = new Differences(comparedBy(rule, config));
  const recorder = recorderOf(config, rule, stream, values.dt as number);
  const [inputs, teacher] = [new Float32Array(chunk * stream.inputs), new Float32Array(chunk * stream.teacher)];
  const stand = (): Checkpoint => ({
    samples: network.samplesSeen,
    seconds: secondsSoFar(),
    differences: differences.counted,
    ...(recorder && { recorded: recorder.bytes }),
    snapshot: network.snapshot(),
  });
  try {
    if (from) {
      network.restore(from.snapshot);
      differences.resume(from.differences ?? []);
      if (from.recorded) recorder?.resume(from.recorded, from.samples);
    } else recorder?.addWeights(0, network.weights());
    const evaluations: RunEvaluation[] = [...(from?.evaluations ?? [])];
    // What was counted up to an evaluation is kept until the next step, so that a checkpoint there has it.
    let isEvaluated = false;
    let objective = evaluations.at(-1)?.objective ?? 0;
    for (const stop of new Set([...evaluateAt.filter((at) => at >= network.samplesSeen), samples])) {
      while (network.samplesSeen < stop) {
        if (signal?.aborted) {
          checkpoints?.keep(stand());
          signal.throwIfAborted();
        }
        if (isEvaluated) differences.restart();
        isEvaluated = false;
        const first = network.samplesSeen;
        const plastic = first >= learnFrom;
        const next = Math.min(stop, recorder?.boundaryAfter(first) ?? stop, plastic ? stop : learnFrom);
        const count = Math.min(chunk, next - first);
        const recorded = recorder?.signalsAfter(first) ?? [];
        const [X, Y] = [inputs.subarray(0, count * stream.inputs), teacher.subarray(0, count * stream.teacher)];
        stream.fill(X, Y, first, count);
        checkTeacher(Y, first);
        const record = [...new Set([...differences.signals, ...recorded])];
        const signals = network.advance(X, Y, { plastic, record });
        differences.add(signals);
        if (recorded.length > 0) recorder!.add(first, count, signals);
        onProgress?.(network.samplesSeen);
        if (checkpoints?.due()) checkpoints.keep(stand());
        await letOthersRun();
      }
      objective = differences.objective;
      const probes = { ...differences.readings, ...weightReadings(network) };
      isEvaluated = true;
      if (!evaluateAt.includes(stop)) continue;
      const evaluation = { samples: stop, objective, ...(Object.keys(probes).length > 0 && { probes }) };
      evaluations.push(evaluation);
      recorder?.addWeights(stop, network.weights());
      await onEvaluation?.(evaluation);
    }
    checkpoints?.end?.(stand());
    const final = network.weights();
    const weightsSha256 = await weightsDigest(final);
    return {
      ...{ config, evaluations, objective, confusion: {}, weights: final, weightsSha256, seconds: secondsSoFar() },
      ...(recorder && { recorded: recorder.recorded }),
    };
  } finally {
    network.dispose();
  }
}

/** What keeps what the config says; undefined where it says nothing. */
function recorderOf(
  config: RunConfig,
  rule: Rule,
  { inputs, teacher: labels }: Stream,
  dt: number,
): Recorder | undefined {
  if (config.record === undefined) return undefined;
  const { signals } = recordableOf({ rule, inputs, labels, ...learningOptions(config) });
  return new Recorder(config, dt, signals);
}
