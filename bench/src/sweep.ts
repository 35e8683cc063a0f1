// What a sweep of many short runs takes beside what they learn: see docs/studies.md. node bench/src/sweep.ts [RUNS] [SAMPLES]
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRuns, type ListedRun, parseStudy, runSweep } from '@apical/experiments';

const [runs = 2000, samples = 20000] = process.argv.slice(2).map(Number);

/** Does a study of so many runs that differ in their seeds, in a folder of its own. */
async function sweep(
  count: number,
  workers: number,
): Promise<{ seconds: number; cpuSeconds: number; of: ListedRun[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'apical-bench-sweep-'));
  const source = `name: short\nbase: { samples: ${samples}, evaluateAt: [] }\naxes: { hidden: [1] }\nseeds: ${count}\n`;
  try {
    const [start, cpuBefore] = [performance.now(), process.cpuUsage()];
    await runSweep(parseStudy(source, 'study.yaml'), source, join(folder, 'study'), { workers });
    const { user, system } = process.cpuUsage(cpuBefore);
    const seconds = (performance.now() - start) / 1000;
    return { seconds, cpuSeconds: (user + system) / 1e6, of: findRuns(join(folder, 'study')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long a run learns and is evaluated, in milliseconds, where nothing else goes on: the median. */
function learning(of: readonly ListedRun[]): number {
  const seconds = of.flatMap(({ summary }) => (summary?.status === 'finished' ? [summary.seconds] : []));
  return 1000 * (seconds.toSorted((a, b) => a - b)[seconds.length >> 1] as number);
}

const workers = availableParallelism();
const alone = learning((await sweep(200, 1)).of);
const { seconds, cpuSeconds } = await sweep(runs, workers);
const wall = (1000 * workers * seconds) / runs;
const cpu = (1000 * cpuSeconds) / runs;
const times = (milliseconds: number) =>
  `${milliseconds.toFixed(1)} ms, ${(milliseconds / alone).toFixed(2)} times that`;
process.stdout.write(`${runs} runs of ${samples} samples on ${workers} workers, ${seconds.toFixed(1)} s in all
a run alone learns     ${alone.toFixed(1)} ms
wall time of a worker  ${times(wall)}
processor time         ${times(cpu)}
`);
