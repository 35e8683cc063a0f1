import type { RawInputs } from '@apical/core';
import { formatValue } from './format.ts';

/** At most so many numbers are shown. */
const mostShown = 12;

interface SampleNumbersProps {
  readonly numbers: RawInputs;
  /** The names of the columns, where they have any; otherwise their numbers from 1 on stand for these. */
  readonly names: readonly string[] | undefined;
}

/** The numbers of a sample that is no image. */
export function SampleNumbers({ numbers, names }: SampleNumbersProps) {
  const shown = Array.from(numbers.subarray(0, mostShown));
  const more = numbers.length - shown.length;
  return (
    <dl class="numbers" aria-label="The numbers of the sample">
      {shown.map((value, i) => {
        const name = names?.[i] ?? String(i + 1);
        return (
          <div key={name} title={`${name}: ${value}`}>
            <dt>{name}</dt>
            <dd>{formatValue(value)}</dd>
          </div>
        );
      })}
      {more > 0 && (
        <div>
          <dt>… and {more} more</dt>
        </div>
      )}
    </dl>
  );
}
