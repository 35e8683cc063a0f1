import type { CircuitDescription } from '@apical/core';

/** What shapes and colours of a drawing mean: of those that it has. */
export function Signs({ description: { pathways } }: { description: CircuitDescription }) {
  const kinds = new Set(pathways.map(({ reversed, effect }) => (reversed === 'transport' ? 'transport' : effect)));
  return (
    <ul class="signs" aria-label="What the drawing means">
      {kinds.has('excitatory') && <Sign kind="excitatory" glyph="▼" words="excitatory" />}
      {kinds.has('inhibitory') && <Sign kind="inhibitory" glyph="●" words="inhibitory" />}
      {kinds.has('transport') && <Sign kind="transport" glyph="╌╌" words="transported weights" />}
      <Sign kind="positive" glyph="⬤" words="positive" />
      <Sign kind="negative" glyph="⬤" words="negative, in cells and in weights" />
    </ul>
  );
}

function Sign({ kind, glyph, words }: { kind: string; glyph: string; words: string }) {
  return (
    <li>
      <span aria-hidden="true" style={{ color: `var(--${kind})` }}>
        {glyph}
      </span>{' '}
      {words}
    </li>
  );
}
