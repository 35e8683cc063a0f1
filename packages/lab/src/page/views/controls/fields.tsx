import type { ComponentChildren } from 'preact';

export function Fields({ legend, children }: { legend: string; children: ComponentChildren }) {
  return (
    <fieldset class="fields">
      <legend>{legend}</legend>
      {children}
    </fieldset>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  /** Values, and how they are shown. */
  readonly options: readonly (readonly [value: string, words: string])[];
  onChange(value: string): void;
}

export function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([each, words]) => (
          <option key={each} value={each} selected={each === value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly value: boolean;
  onChange(value: boolean): void;
}

export function Toggle({ label, value, onChange }: ToggleProps) {
  return (
    <label class="toggle">
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
