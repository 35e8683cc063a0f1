import { findRule, groupOf, layOut, weightName } from '@apical/core';
import { parseStartWords, ruleTitle, startWords } from '@apical/experiments';
import { circuitOptions } from '../../experiment/circuit.ts';
import { type RuleSettings, settingsOf, withChanged } from '../../experiment/experiment.ts';
import { laboratory } from '../../store/laboratory.ts';
import { store } from '../../store/store.ts';
import { Choice } from '../controls/fields.tsx';
import { TextField } from '../controls/text-field.tsx';

const inputWords: Readonly<Record<RuleSettings['inputs'], string>> = {
  raw: 'pixels as they are',
  unit: 'from 0 to 1',
  'unit-length': 'of length 1',
  standardised: 'standardised',
  columns: 'standardised column by column',
  centred: 'without the mean of each pixel, of mean length 1',
};

/** How a rule gets its inputs, and what its weights start with. */
export function Starts({ rule }: { rule: string }) {
  const experiment = store.experiment.value;
  const { inputs, initial } = settingsOf(experiment, rule);
  const { allSynapses } = layOut(findRule(rule), circuitOptions(experiment, rule)).circuit;
  const change = (settings: Partial<RuleSettings>) =>
    laboratory.choose({ ...withChanged(experiment, rule, settings), changes: [] });
  return (
    <details class="starts">
      <summary aria-label={`Inputs and starts of ${ruleTitle(rule)}`}>Inputs and starts</summary>
      <Choice
        label="Inputs"
        value={inputs}
        options={Object.entries(inputWords).map(([value, words]) => ({ value, words }))}
        onChange={(value) => change({ inputs: value as RuleSettings['inputs'] })}
      />
      {allSynapses.map((synapses) => {
        const name = weightName(synapses.name);
        const start = initial[name] ?? initial[groupOf(name)] ?? synapses.initial;
        return (
          <TextField
            key={name}
            label={`${name} starts as`}
            value={'of' in start || 'channel' in start ? '' : startWords(start)}
            check={(text) => text.trim() !== '' && parseStartWords(text)}
            onChange={(text) => {
              const { [name]: _, ...others } = initial;
              change({ initial: text.trim() === '' ? others : { ...others, [name]: parseStartWords(text) } });
            }}
          />
        );
      })}
      <p class="note">normal, uniform, identity or constant: number. Left empty, it is as the rule says.</p>
    </details>
  );
}
