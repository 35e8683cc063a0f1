import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max?: number;
  /** 1 for whole numbers; otherwise all are taken, and the buttons of the field step by it. */
  readonly step: number;
  onChange(value: number): void;
}

/** A field for a number. One that is none of those it takes stays in it, with a message, and changes nothing. */
export function NumberField({ label, value, min, max, step, onChange }: NumberFieldProps) {
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
          aria-describedby={isRefused ? message : undefined}
          onChange={({ currentTarget: { value: text, valueAsNumber: number } }) => {
            const isTaken =
              number >= min &&
              number <= (max ?? Number.POSITIVE_INFINITY) &&
              (step !== 1 || Number.isSafeInteger(number));
            refused.value = isTaken ? undefined : text;
            if (isTaken && number !== value) onChange(number);
          }}
        />
      </label>
      {isRefused && (
        <p id={message} class="refused" role="alert">
          {step === 1 ? 'A whole number' : 'A number'} {max === undefined ? `from ${min} on` : `from ${min} to ${max}`}{' '}
          is expected. It is still {value}.
        </p>
      )}
    </div>
  );
}
