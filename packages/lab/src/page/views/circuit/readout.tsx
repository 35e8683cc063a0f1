import type { Activity } from '../../training/activity.ts';
import { PartWords } from './part-words.tsx';
import type { Part } from './parts.ts';

interface ReadoutProps {
  readonly parts: readonly Part[];
  /** The key of the part that is shown. */
  readonly shown: string | undefined;
  readonly activity: Activity | undefined;
  /** Shows a part, or none. */
  onShow(key: string | undefined): void;
  /** The keyboard goes elsewhere. */
  onLeave(): void;
}

/** What a part of the circuit is, its equation, and its value for the image that is shown; and all parts to choose among. */
export function Readout({ parts, shown, activity, onShow, onLeave }: ReadoutProps) {
  const part = parts.find(({ key }) => key === shown);
  return (
    <div class="readout">
      <ul aria-label="Parts of the circuit">
        {parts.map(({ key, symbol }) => (
          <li key={key}>
            <button
              type="button"
              aria-pressed={key === shown}
              onClick={() => onShow(key === shown ? undefined : key)}
              // A click chooses by itself; the keyboard shows each on its way.
              onBlur={onLeave}
              onFocus={(event) => event.currentTarget.matches(':focus-visible') && onShow(key)}
            >
              {symbol}
            </button>
          </li>
        ))}
      </ul>
      <p aria-live="polite">
        {part ? (
          <PartWords part={part} activity={activity} />
        ) : (
          <span class="hint">
            Point at a part of the drawing, or choose it here: what it is, and its value for this sample.
          </span>
        )}
      </p>
    </div>
  );
}
