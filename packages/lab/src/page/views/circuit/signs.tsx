import type { CircuitDescription } from '@apical/core';

/** What shapes and colours of a drawing mean: of those that it has. */
export function Signs({ description: { pathways } }: { description: CircuitDescription }) {
  const kinds = new Set(pathways.map(({ reversed, effect }) => (reversed === 'transport' ? 'transport' : effect)));
  return (
    <ul class="signs" aria-label="What the drawing means">
      {kinds.has('excitatory') && (
        <li>
          <svg width="14" height="14" viewBox="-7 -12 14 14" class="excitatory" aria-hidden="true">
            <path d="M0 0L-6 -11L6 -11Z" style={{ fill: 'var(--kind)' }} />
          </svg>{' '}
          excitatory
        </li>
      )}
      {kinds.has('inhibitory') && (
        <li>
          <svg width="14" height="14" viewBox="-7 -7 14 14" class="inhibitory" aria-hidden="true">
            <circle r="5" style={{ fill: 'var(--kind)' }} />
          </svg>{' '}
          inhibitory
        </li>
      )}
      {kinds.has('transport') && (
        <li>
          <svg width="22" height="14" viewBox="0 -7 22 14" class="transport" aria-hidden="true">
            <path d="M0 0H22" style={{ stroke: 'var(--kind)', strokeWidth: 2, strokeDasharray: '7 4' }} />
          </svg>{' '}
          transported weights
        </li>
      )}
      <li>
        <Swatch colour="positive" /> positive
      </li>
      <li>
        <Swatch colour="negative" /> negative, in cells and in weights
      </li>
    </ul>
  );
}

function Swatch({ colour }: { colour: 'positive' | 'negative' }) {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <circle cx="6" cy="6" r="5.5" style={{ fill: `var(--${colour})` }} />
    </svg>
  );
}
