import type { Activity } from '../../training/activity.ts';
import type { Part } from './parts.ts';

/** A part's equation or symbol, what it is, and its value for the image that is shown. */
export function PartWords({ part, activity }: { part: Part; activity: Activity | undefined }) {
  return (
    <>
      <strong>{part.equation ?? part.symbol}</strong>: {part.meaning} <span class="value">{part.value(activity)}</span>
    </>
  );
}
