import { auditCircuit, type CircuitDescription } from '@apical/core';

/** What each of the synapses learns from, and whether it can know that. */
export function Audit({ description }: { description: CircuitDescription }) {
  const { synapses, definitions } = auditCircuit(description);
  return (
    <div class="audit">
      <ul>
        {synapses.map(({ synapses: name, update, local, transported }) => (
          <li key={name}>
            <span class="equation">{update}</span>
            <span class={local ? 'local' : 'transported'}>
              {local ? 'local' : `needs ${transported.join(', ') || 'what is elsewhere'} transported`}
            </span>
          </li>
        ))}
      </ul>
      <p class="definitions">{definitions.join(';  ')}</p>
    </div>
  );
}
