import { sampleRules as registered } from '@apical/core';
import { useRef } from 'preact/hooks';
import { refusalOf, unitsFor } from '../../experiment/circuit.ts';
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
    change({
      ...(on && unitsFor(experiment, rule)),
      rules: registered.map(({ name }) => name).filter((name) => (name === rule ? on : rules.includes(name))),
    });
  const list = useRef<HTMLUListElement>(null);
  useRestored(() => {
    const boxes = list.current?.querySelectorAll<HTMLInputElement>('input') ?? [];
    for (const [i, box] of [...boxes].entries()) box.checked = rules.includes(registered[i]!.name);
  });
  return (
    <Fields legend="Rules">
      <ul ref={list} class="rules">
        {registered.map(({ name, title, year, source }) => {
          const isChosen = rules.includes(name);
          const refusal = isChosen ? undefined : refusalOf(experiment, name);
          const units = refusal === undefined ? undefined : unitsFor(experiment, name);
          const isOnly = isChosen && rules.length === 1;
          return (
            <li key={name} style={ruleStyle(name)} title={source}>
              <label class="toggle">
                <input
                  type="checkbox"
                  checked={isChosen}
                  disabled={(refusal !== undefined && !units) || isOnly}
                  onChange={(event) => toggle(name, event.currentTarget.checked)}
                />
                <span>{title}</span>
                <span class="year">{year}</span>
              </label>
              {refusal !== undefined && (
                <p class="note">
                  {units ? `gives all networks ${units.activation} units, ${units.output} outputs` : refusal}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </Fields>
  );
}
