import { allOperations, type Trace } from '../../circuit/trace.ts';

/** The names of the noises in these traces. */
export function noiseNames(traces: readonly Trace[]): readonly string[] {
  const noises = traces.flatMap(allOperations).flatMap((each) => (each.kind === 'noise' ? [each.name] : []));
  return [...new Set(noises)];
}
