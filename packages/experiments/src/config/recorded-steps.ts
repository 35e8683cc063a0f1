import type { RunConfig } from './run-config.ts';

/** The spans of steps that a run records, none where it records no signals. */
export function spansOf({ record, samples }: Pick<RunConfig, 'record' | 'samples'>): readonly [number, number][] {
  if (record?.signals === undefined) return [];
  return record.spans ?? [[0, samples]];
}

/** How many steps a run records. */
export function recordedSteps(config: Pick<RunConfig, 'record' | 'samples'>): number {
  const { every = 1 } = config.record ?? {};
  return spansOf(config).reduce((sum, [from, until]) => sum + multiplesIn(from, until, every), 0);
}

/** How many multiples of a number are more than `from` and at most `until`. */
function multiplesIn(from: number, until: number, every: number): number {
  return Math.floor(until / every) - Math.floor(from / every);
}
