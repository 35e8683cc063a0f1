import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';

interface TextFieldProps {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  /** Throws an error that says what is wrong with a text. */
  check(text: string): void;
  onChange(text: string): void;
}

/** A field for a setting that is written as a word. One that is none stays in it, with a message, and changes nothing. */
export function TextField({ label, help, value, check, onChange }: TextFieldProps) {
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
          type="text"
          value={refused.value?.text ?? value}
          aria-invalid={isRefused}
          aria-describedby={isRefused || help !== undefined ? message : undefined}
          autocomplete="off"
          spellcheck={false}
          onChange={({ currentTarget: { value: text } }) => {
            try {
              check(text);
              refused.value = undefined;
            } catch (error) {
              refused.value = { text, why: (error as Error).message };
              return;
            }
            if (text !== value) onChange(text);
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
