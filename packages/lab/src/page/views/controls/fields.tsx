import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { useRestored } from './use-restored.ts';

interface FieldsProps {
  readonly legend: string;
  readonly style?: Readonly<Record<string, string>>;
  readonly children: ComponentChildren;
}

export function Fields({ legend, style, children }: FieldsProps) {
  return (
    <fieldset class="fields" {...(style && { style: { ...style } })}>
      <legend>{legend}</legend>
      {children}
    </fieldset>
  );
}

export interface Option {
  readonly value: string;
  /** How it is shown. */
  readonly words: string;
  /** Why it cannot be chosen, where it cannot. */
  readonly whyNot?: string | undefined;
}

interface ChoiceProps {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  readonly options: readonly Option[];
  onChange(value: string): void;
}

export function Choice({ label, help, value, options, onChange }: ChoiceProps) {
  const description = useId();
  const select = useRef<HTMLSelectElement>(null);
  useRestored(() => {
    if (select.current) select.current.value = value;
  });
  return (
    <div class="choice">
      <label class="field">
        <span>{label}</span>
        <select
          ref={select}
          value={value}
          aria-describedby={help === undefined ? undefined : description}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {options.map(({ value: each, words, whyNot }) => (
            <option
              key={each}
              value={each}
              selected={each === value}
              disabled={whyNot !== undefined && each !== value}
              title={whyNot}
            >
              {words}
            </option>
          ))}
        </select>
      </label>
      {help !== undefined && (
        <p id={description} class="note">
          {help}
        </p>
      )}
    </div>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly help?: string;
  readonly value: boolean;
  onChange(value: boolean): void;
}

export function Toggle({ label, help, value, onChange }: ToggleProps) {
  const description = useId();
  const input = useRef<HTMLInputElement>(null);
  useRestored(() => {
    if (input.current) input.current.checked = value;
  });
  return (
    <div class="choice">
      <label class="toggle">
        <input
          ref={input}
          type="checkbox"
          checked={value}
          aria-describedby={help === undefined ? undefined : description}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      {help !== undefined && (
        <p id={description} class="note">
          {help}
        </p>
      )}
    </div>
  );
}
