import type { CircuitAudit } from './audit.ts';

/** What a circuit needs, in a few words each: `weight transport`, `explicit error`. What optimisers keep is not its. */
export function needsOf(audit: CircuitAudit): readonly string[] {
  const { weightTransport, signTransport, assumedSymmetry, explicitErrors, synapses } = audit;
  const { phases, namedPhases, settling, equilibria, noise, pooled } = audit;
  const noisePhase = namedPhases.some((phase) => phase.silent && phase.noise.length > 0);
  const needs: readonly (readonly [string, boolean])[] = [
    ['weight transport', weightTransport.length > 0],
    ['sign transport', signTransport.length > 0],
    ['mirrored weights', assumedSymmetry.length > 0],
    ['explicit error', explicitErrors.length > 0],
    ['noise phase', noisePhase],
    ['noise', noise.length > 0 && !noisePhase],
    ['phases', !noisePhase && (phases > 1 || namedPhases.length > 1)],
    ['settling', settling > 0 || equilibria.length > 0],
    ['sum over cells', pooled.length > 0],
    ['signals from elsewhere', synapses.some(({ reasons }) => reasons.some((each) => each.startsWith('signals at')))],
  ];
  return needs.filter(([, needed]) => needed).map(([name]) => name);
}
