import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { defaultRunConfig } from '../../src/config/default-config.ts';
import type { RunConfig } from '../../src/config/run-config.ts';

/** A run of BMVR that takes no time, evaluated four times. */
export const shortRun: RunConfig = { ...defaultRunConfig('bmvr', 'mnist'), samples: 2000, evaluateAt: [10, 100, 1000] };

/** A place for a run, and what is in it: `folder`, not made yet, in `parent`, which is removed when the test has ended. */
export interface RunPlace {
  readonly parent: string;
  readonly folder: string;
  /** The text of a file of the run. */
  read(name: string): string;
  /** The names of its files, in order. */
  names(): string[];
}

export function placeForRun(): RunPlace {
  const parent = mkdtempSync(join(tmpdir(), 'apical-run-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, 'runs', 'first');
  return {
    parent,
    folder,
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    names: () => readdirSync(folder).toSorted(),
  };
}
