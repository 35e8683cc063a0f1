import { CheckedField } from './checked-field.tsx';

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

/** A field for a number. */
export function NumberField({ label, help, value, min, max, step, onChange }: NumberFieldProps) {
  const take = ({ valueAsNumber: number }: HTMLInputElement) => {
    const isTaken =
      number >= (min ?? Number.NEGATIVE_INFINITY) &&
      number <= (max ?? Number.POSITIVE_INFINITY) &&
      (step !== 1 || Number.isSafeInteger(number));
    if (!isTaken) return `${step === 1 ? 'A whole number' : 'A number'}${rangeWords(min, max)} is expected.`;
    if (number !== value) onChange(number);
    return undefined;
  };
  const input = { type: 'number', min, max, step: step === 1 ? 1 : 'any' } as const;
  return <CheckedField label={label} help={help} value={value} input={input} take={take} />;
}

function rangeWords(min: number | undefined, max: number | undefined): string {
  if (min === undefined) return max === undefined ? '' : ` up to ${max}`;
  return max === undefined ? ` from ${min} on` : ` from ${min} to ${max}`;
}
