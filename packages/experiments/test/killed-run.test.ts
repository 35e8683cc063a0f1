import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RandomStream } from '@apical/core';
import { expect, onTestFinished, test } from 'vitest';
import { runTraining } from '../src/runs/run-training.ts';
import { killedConfig } from './support/killed-config.ts';

const child = new URL('./support/train-child.ts', import.meta.url);

/** `npm run torture` asks for more. */
const kills = Number(process.env.APICAL_KILLS ?? 6);

/** Goes on with the run in a process of its own, which is killed so many milliseconds after its first evaluation. */
function trainAndKill(folder: string, milliseconds: number): Promise<'finished' | 'killed'> {
  const running = fork(child, [folder], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  running.once('message', () => setTimeout(() => running.kill('SIGKILL'), milliseconds));
  return new Promise((resolve, reject) => {
    running.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve('killed');
      else if (code === 0) resolve('finished');
      else reject(new Error(`the process that trains ended with ${code ?? signal}`));
    });
  });
}

test(`a run that is killed ${kills} times at any instant ends as a calm one, byte for byte`, async () => {
  const parent = mkdtempSync(join(tmpdir(), 'apical-killed-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const calm = join(parent, 'calm');
  await runTraining(killedConfig, { folder: calm });
  const instants = new RandomStream(1, 'instants');
  for (let killed = 0, run = 0; killed < kills; run++) {
    const folder = join(parent, String(run));
    let outcome: 'finished' | 'killed' = 'killed';
    while (outcome === 'killed') {
      outcome = await trainAndKill(folder, killed < kills ? 300 * instants.uniform() : 1e6);
      if (outcome === 'killed') killed++;
    }
    for (const name of ['config.json', 'metrics.jsonl', 'weights.safetensors']) {
      expect(readFileSync(join(folder, name)).equals(readFileSync(join(calm, name))), `${name} of run ${run}`).toBe(
        true,
      );
    }
  }
}, 1_200_000);
