import type { Parameter, ParameterValue } from '@apical/core';
import { Choice, Toggle } from '../controls/fields.tsx';
import { NumberField } from '../controls/number-field.tsx';

interface ParameterFieldProps {
  readonly name: string;
  readonly parameter: Parameter;
  readonly value: ParameterValue;
  onChange(value: ParameterValue): void;
}

/** A parameter of a rule: a number, a choice, or whether something is so. */
export function ParameterField({ name, parameter, value, onChange }: ParameterFieldProps) {
  const { says } = parameter;
  if ('choices' in parameter) {
    const options = parameter.choices.map((each) => ({ value: each, words: each }));
    return <Choice label={name} help={says} value={String(value)} options={options} onChange={onChange} />;
  }
  if (typeof value === 'boolean') return <Toggle label={name} help={says} value={value} onChange={onChange} />;
  const { min, max, whole = false } = parameter as { min?: number; max?: number; whole?: boolean };
  return (
    <NumberField
      label={name}
      help={says}
      value={Number(value)}
      {...(min !== undefined && { min })}
      {...(max !== undefined && { max })}
      step={whole ? 1 : 0.01}
      onChange={onChange}
    />
  );
}
