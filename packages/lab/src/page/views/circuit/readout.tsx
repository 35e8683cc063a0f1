import type { Signal } from '@preact/signals';
import type { Activity } from '../../training/activity.ts';
import type { Part } from './parts.ts';

interface ReadoutProps {
  readonly parts: readonly Part[];
  /** The key of the part that is shown. */
  readonly shown: Signal<string | undefined>;
  readonly activity: Activity | undefined;
}

/** What a part of the circuit is, its equation, and its value for the image that is shown; and all parts to choose among. */
export function Readout({ parts, shown, activity }: ReadoutProps) {
  const part = parts.find(({ key }) => key === shown.value);
  return (
    <div class="readout">
      <ul aria-label="Parts of the circuit">
        {parts.map(({ key, symbol }) => (
          <li key={key}>
            <button
              type="button"
              aria-pressed={key === shown.value}
              onClick={() => {
                shown.value = key === shown.value ? undefined : key;
              }}
            >
              {symbol}
            </button>
          </li>
        ))}
      </ul>
      <p aria-live="polite">
        {part ? (
          <>
            <strong>{part.equation ?? part.symbol}</strong>: {part.meaning}{' '}
            <span class="value">{part.value(activity)}</span>
          </>
        ) : (
          <span class="hint">
            Point at a part of the drawing, or choose it here: what it is, and its value for this image.
          </span>
        )}
      </p>
    </div>
  );
}
