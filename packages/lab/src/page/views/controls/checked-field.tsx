import { useSignal } from '@preact/signals';
import type { InputHTMLAttributes } from 'preact';
import { useEffect, useId } from 'preact/hooks';

interface CheckedFieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  readonly value: string | number;
  /** What the input is besides. */
  readonly input: InputHTMLAttributes<HTMLInputElement>;
  /** Takes what was entered; or says why it is none. */
  take(input: HTMLInputElement): string | undefined;
}

/** A field for a setting. What is refused stays in it, with a message, and changes nothing. */
export function CheckedField({ label, help, value, input, take }: CheckedFieldProps) {
  const refused = useSignal<{ readonly text: string; readonly why: string } | undefined>(undefined);
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
          {...input}
          value={refused.value?.text ?? value}
          aria-invalid={isRefused}
          aria-describedby={isRefused || help !== undefined ? message : undefined}
          onChange={({ currentTarget }) => {
            const { value: text } = currentTarget;
            const why = take(currentTarget);
            refused.value = why === undefined ? undefined : { text, why };
          }}
        />
      </label>
      {refused.value ? (
        <p id={message} class="refused" role="alert">
          {refused.value.why} It is still {value}.
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
