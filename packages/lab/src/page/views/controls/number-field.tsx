import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';

interface NumberFieldProps {
  readonly label: string;
  readonly help?: string;
  readonly value: number;
  readonly min?: number;
  readonly max?: number;
  /** 1 for whole numbers; otherwise all are taken, and the buttons of the field step by it. */
  readonly step: number;
  onChange(value: number): void;
}

/** A field for a number. One that is none of those it takes stays in it, with a message, and changes nothing. */
export function NumberField({ label, help, value, min, max, step, onChange }: NumberFieldProps) {
  const refused = useSignal<string | undefined>(undefined);
  const message = useId();
  // What was refused goes when the setting becomes another.
  useEffect(() => {
    refused.value = undefined;
  }, [value, refused]);
  const isRefused = refused.value !== undefined;
  return (
    <div class="number-field">
      <label class="field short">
        <span>{label}</span>
        <input
          type="number"
          value={refused.value ?? value}
          min={min}
          max={max}
          step={step === 1 ? 1 : 'any'}
          aria-invalid={isRefused}
          aria-describedby={isRefused || help !== undefined ? message : undefined}
          onChange={({ currentTarget: { value: text, valueAsNumber: number } }) => {
            const isTaken =
              number >= (min ?? Number.NEGATIVE_INFINITY) &&
              number <= (max ?? Number.POSITIVE_INFINITY) &&
              (step !== 1 || Number.isSafeInteger(number));
            refused.value = isTaken ? undefined : text;
            if (isTaken && number !== value) onChange(number);
          }}
        />
      </label>
      {isRefused ? (
        <p id={message} class="refused" role="alert">
          {step === 1 ? 'A whole number' : 'A number'}
          {rangeWords(min, max)} is expected. It is still {value}.
        </p>
      ) : (
        help !== undefined && (
          <p id={message} class="note">
            {help}
          </p>
        )
      )}
    </div>
  );
}

function rangeWords(min: number | undefined, max: number | undefined): string {
  if (min === undefined) return max === undefined ? '' : ` up to ${max}`;
  return max === undefined ? ` from ${min} on` : ` from ${min} to ${max}`;
}
