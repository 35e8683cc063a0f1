import { expect } from 'vitest';
import type { RunConfig } from '../../src/config/run-config.ts';
import { runTraining } from '../../src/runs/run-training.ts';

/** Aborts a run once it has been evaluated at this many samples. */
export async function interruptAt(samples: number, config: RunConfig, folder: string): Promise<void> {
  const controller = new AbortController();
  const interrupted = runTraining(config, {
    folder,
    signal: controller.signal,
    onEvaluation: (evaluation) => {
      if (evaluation.samples === samples) controller.abort(new Error('enough'));
    },
  });
  await expect(interrupted).rejects.toThrow('enough');
}

/** What a line of metrics.jsonl says, without its checksum. */
export function evaluationIn(line: string): object {
  const { crc32c, ...evaluation } = JSON.parse(line);
  expect(crc32c).toMatch(/^[0-9a-f]{8}$/);
  return evaluation;
}
