import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** The version of the program, as the package's package.json has it. */
export const version: string = packageVersion();

/** Where and when something was computed. */
export interface Machine {
  /** ISO 8601. */
  created: string;
  node: string;
  platform: string;
  cpu: string;
}

/** This machine, now. */
export function describeMachine(): Machine {
  return {
    created: new Date().toISOString(),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() || 'unknown',
  };
}

function packageVersion(): string {
  const description: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return (description as { version: string }).version;
}
