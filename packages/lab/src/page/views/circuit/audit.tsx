import { auditCircuit, type CircuitDescription, needsOf } from '@apical/core';

/** What each of the synapses learns from, and whether it can know that; what the circuit needs as a whole. */
export function Audit({ description }: { description: CircuitDescription }) {
  const audit = auditCircuit(description);
  const { synapses, fixed, definitions } = audit;
  const needs = needsOf(audit);
  return (
    <div class="audit">
      <ul>
        {synapses.map(({ update, phase, local, reasons }) => (
          <li key={update}>
            <span class="equation">{update}</span>
            <span class={local ? 'local' : 'transported'}>
              {local ? 'local' : `needs ${reasons.join(', ')}`}
              {phase === undefined ? '' : `, while ${phase}`}
            </span>
          </li>
        ))}
      </ul>
      <p class="definitions">{definitions.join(';  ')}</p>
      {fixed.length > 0 && <p class="definitions">{fixed.join(', ')} never learn.</p>}
      {needs.length > 0 && <p class="definitions">In all it needs: {needs.join(', ')}.</p>}
    </div>
  );
}
