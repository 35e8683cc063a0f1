import { findRule } from '@apical/core';
import { settingsOf } from '../../experiment/experiment.ts';
import { withParameters } from '../../experiment/usual-settings.ts';
import { laboratory } from '../../store/laboratory.ts';
import { store } from '../../store/store.ts';
import { Fields } from '../controls/fields.tsx';
import { ruleStyle } from '../rule-colours.ts';
import { ParameterField } from './parameter-field.tsx';
import { Rates } from './rates.tsx';
import { Starts } from './starts.tsx';

/** What a rule has of its own: parameters, rates, inputs, and how its synapses start. */
export function RuleFields({ rule }: { rule: string }) {
  const { title, parameters } = findRule(rule);
  const experiment = store.experiment.value;
  const own = settingsOf(experiment, rule);
  return (
    <Fields legend={title} style={ruleStyle(rule)}>
      {Object.entries(parameters).map(([name, parameter]) => (
        <ParameterField
          key={name}
          name={name}
          parameter={parameter}
          value={own.parameters[name] ?? parameter.default}
          onChange={(value) => {
            const { [name]: _, ...others } = own.parameters;
            const chosen = value === parameter.default ? others : { ...others, [name]: value };
            laboratory.choose({
              ...withParameters(experiment, store.preset.value.experiment, rule, chosen),
              changes: [],
            });
          }}
        />
      ))}
      <Rates rule={rule} />
      <Starts rule={rule} />
    </Fields>
  );
}
