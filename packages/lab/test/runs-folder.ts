import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultRunConfig, type RunConfig } from '@apical/experiments';

/** A folder of runs, written to as runs do, but at will. */
export class RunsFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'apical-runs-'));

  /** A run that has begun. */
  begin(name: string, settings: Partial<RunConfig> = {}): void {
    const folder = join(this.path, name);
    mkdirSync(folder, { recursive: true });
    const config = { ...defaultRunConfig('bmvr', 'mnist'), samples: 1000, evaluateAt: [10, 100, 1000], ...settings };
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...config, recorded: { version: '0' } }));
  }

  measure(name: string, samples: number, objective: number): void {
    appendFileSync(join(this.path, name, 'metrics.jsonl'), `${JSON.stringify({ samples, objective })}\n`);
  }

  finish(name: string, objective: number): void {
    this.measure(name, 1000, objective);
    const summary = { status: 'finished', samples: 1000, objective, weightsSha256: '', seconds: 1.5, files: {} };
    writeFileSync(join(this.path, name, '.summary'), JSON.stringify(summary));
    renameSync(join(this.path, name, '.summary'), join(this.path, name, 'summary.json'));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
