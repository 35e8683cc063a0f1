import { CheckedField } from './checked-field.tsx';

interface TextFieldProps {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  /** Throws an error that says what is wrong with a text. */
  check(text: string): void;
  onChange(text: string): void;
}

/** A field for a setting that is written as a word. */
export function TextField({ label, help, value, check, onChange }: TextFieldProps) {
  const take = ({ value: text }: HTMLInputElement) => {
    try {
      check(text);
    } catch (error) {
      return (error as Error).message;
    }
    if (text !== value) onChange(text);
    return undefined;
  };
  const input = { type: 'text', autocomplete: 'off', spellcheck: false } as const;
  return <CheckedField label={label} help={help} value={value} input={input} take={take} />;
}
