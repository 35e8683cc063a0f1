import { type ActivationFunction, activationNames, InputError, lossNames, outputNames } from '@apical/core';
import { rateWords, ruleTitle } from '@apical/experiments';
import { hiddenWords, lossOf } from '../../experiment/circuit.ts';
import { type Experiment, settingsOf, withPresentRates } from '../../experiment/experiment.ts';
import { readHidden, writeHidden } from '../../experiment/notation.ts';
import { withHidden } from '../../experiment/width-rates.ts';
import { laboratory } from '../../store/laboratory.ts';
import { store } from '../../store/store.ts';
import { Choice, Fields, Toggle } from '../controls/fields.tsx';
import { TextField } from '../controls/text-field.tsx';
import { change, whyNot } from './change.ts';

/** The layers of the networks: all rules have the same. */
export function NetworkFields() {
  const experiment = store.experiment.value;
  const { hidden, activation, meanRate, output, biases } = experiment;
  const usual = lossOf({ ...experiment, loss: undefined });
  return (
    <Fields legend="Network">
      <TextField
        label="Hidden units k"
        help="Of several layers: 256,256"
        value={writeHidden(hidden)}
        check={(text) => checkHidden(text)}
        onChange={(text) => changeHidden(readHidden(text))}
      />
      <Choice
        label="Activation"
        value={activation}
        options={activationNames.map((name) => ({ value: name, words: name, whyNot: whyNot({ activation: name }) }))}
        onChange={(name) => change({ activation: name as ActivationFunction })}
      />
      {activation !== 'linear' && (
        <Toggle
          label="Subtract a running mean"
          value={meanRate !== undefined}
          onChange={(on) => change({ meanRate: on ? 1e-4 : undefined })}
        />
      )}
      <Choice
        label="Outputs"
        value={output}
        options={outputNames.map((name) => ({
          value: name,
          words: name,
          whyNot: whyNot({ output: name, loss: undefined }),
        }))}
        onChange={(name) => change({ output: name as Experiment['output'], loss: undefined })}
      />
      {output !== 'linear' && (
        <Choice
          label="Loss"
          value={lossOf(experiment)}
          options={lossNames.map((name) => ({ value: name, words: name, whyNot: whyNot({ loss: name }) }))}
          onChange={(name) => change({ loss: name === usual ? undefined : (name as Experiment['loss']) })}
        />
      )}
      <Choice
        label="Biases"
        value={biases === undefined ? 'usual' : String(biases)}
        options={[
          { value: 'usual', words: 'as usual' },
          { value: 'true', words: 'yes', whyNot: whyNot({ biases: true }) },
          { value: 'false', words: 'no' },
        ]}
        onChange={(value) => change({ biases: value === 'usual' ? undefined : value === 'true' })}
      />
    </Fields>
  );
}

/** Rates that belong to the preset's k follow, and that is said. */
async function changeHidden(hidden: Experiment['hidden']): Promise<void> {
  const { experiment, preset, notice } = store;
  const present = withPresentRates(experiment.value);
  const chosen = withHidden(present, preset.value.experiment, hidden);
  const follow = chosen.rules.filter((rule) => chosen.settings[rule] !== present.settings[rule]);
  await laboratory.choose({ ...chosen, changes: [] });
  if (follow.length === 0 || store.experiment.value.hidden !== hidden) return;
  const [first] = Object.values(settingsOf(chosen, follow[0]!).rates);
  const words = `Rates follow k: ${follow.map(ruleTitle).join(' and ')} now ${follow.length > 1 ? 'learn' : 'learns'}`;
  const isPresets = hiddenWords(hidden) === hiddenWords(preset.value.experiment.hidden);
  const own = isPresets ? 'as the preset does' : `at ${rateWords(first!)}, since those of the preset are for its own k`;
  notice.value = [notice.value, `${words} ${own}.`].filter((part) => part !== undefined).join('\n');
}

/** @throws InputError for units that there cannot be, and layers that none of the rules can have */
function checkHidden(text: string): void {
  const layers = text.split(',').map(Number);
  if (text.trim() === '' || !layers.every((units) => Number.isInteger(units) && units >= 1)) {
    throw new InputError('A whole number from 1 on is expected, or several of them, one a layer: 256,256.');
  }
  const refusal = whyNot({ hidden: readHidden(text) });
  if (refusal !== undefined) throw new InputError(`Another number is expected: ${refusal}.`);
}
