import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { apical } from './apical.ts';

/** How much is killed: `npm run torture` asks for more. */
export function times(name: string, few: number): number {
  return Number(process.env[name] ?? few);
}

/** A study of short and long runs, some of which diverge. */
const study = `name: torture
base: { samples: 60000, evaluateAt: [100, 1000, 30000] }
axes:
  rates.W1.eta0: [0.001, 0.01, 1000]
  rates.Q.eta0: [0.001, 0.003]
seeds: SEEDS
`;

/** Checkpoints many times a second, and leases that run out soon. */
export const hurried = ['--checkpoint-seconds', '0.02', '--lease-seconds', '6'];

/** Writes the study into a folder. */
export function writeStudy(folder: string, seeds: number): string {
  const path = join(folder, 'study.yaml');
  writeFileSync(path, study.replace('SEEDS', String(seeds)));
  return path;
}

/** Writes the study, does it calmly, and returns where it is and how every run ended. */
export async function calmStudy(folder: string, seeds: number): Promise<{ path: string; calm: Map<string, string> }> {
  const path = writeStudy(folder, seeds);
  const out = join(folder, 'calm');
  expect(await apical('sweep', path, '--out', out, '--quiet')).toMatchObject({ code: 0 });
  return { path, calm: endings(out) };
}

/** Of every run in the folder of a study, its files but for how long it took, and the checksum of that; those that are damaged fail the test. */
export function endings(study: string): Map<string, string> {
  const runs = join(study, 'runs');
  const folders = readdirSync(runs).flatMap((group) =>
    readdirSync(join(runs, group)).map((name) => join(runs, group, name)),
  );
  return new Map(
    folders.map((folder) => {
      const { seconds: _, sha256: __, ...summary } = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'));
      const kept = ['config.json', 'metrics.jsonl'].map((name) => readFileSync(join(folder, name), 'utf8'));
      return [folder.split('/').at(-1) as string, JSON.stringify([summary, ...kept])];
    }),
  );
}

/** Every run of the calm study is there once, complete, and equal; nobody works on any; no file is damaged. */
export async function expectAsCalm(study: string, calm: ReadonlyMap<string, string>): Promise<void> {
  expect(endings(study)).toEqual(calm);
  expect(readdirSync(join(study, 'work'))).toEqual([]);
  expect(await apical('runs', 'verify', study)).toMatchObject({ code: 0 });
}
