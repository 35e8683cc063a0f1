import { rules as registered } from '@apical/core';
import { useRef } from 'preact/hooks';
import { refusalOf } from '../../experiment/circuit.ts';
import { store } from '../../store/store.ts';
import { Fields } from '../controls/fields.tsx';
import { useRestored } from '../controls/use-restored.ts';
import { ruleStyle } from '../rule-colours.ts';
import { change } from './change.ts';

/** The rules that there are, to choose those that learn side by side. */
export function RuleChoice() {
  const experiment = store.experiment.value;
  const { rules } = experiment;
  const toggle = (rule: string, on: boolean) =>
    change({ rules: registered.map(({ name }) => name).filter((name) => (name === rule ? on : rules.includes(name))) });
  return (
    <Fields legend="Rules">
      <ul class="rules">
        {registered.map(({ name, title, year, source }) => {
          const isChosen = rules.includes(name);
          const refusal = isChosen ? undefined : refusalOf(experiment, name);
          const isOnly = isChosen && rules.length === 1;
          return (
            <li key={name} style={ruleStyle(name)} title={source}>
              <label class="toggle">
                <RestoredBox
                  checked={isChosen}
                  disabled={refusal !== undefined || isOnly}
                  onChange={(on) => toggle(name, on)}
                />
                <span>{title}</span>
                <span class="year">{year}</span>
              </label>
              {refusal !== undefined && <p class="note">{refusal}</p>}
            </li>
          );
        })}
      </ul>
    </Fields>
  );
}

interface RestoredBoxProps {
  readonly checked: boolean;
  readonly disabled: boolean;
  onChange(on: boolean): void;
}

function RestoredBox({ checked, disabled, onChange }: RestoredBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  useRestored(() => {
    if (input.current) input.current.checked = checked;
  });
  return (
    <input
      ref={input}
      type="checkbox"
      checked={checked}
      disabled={disabled}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
