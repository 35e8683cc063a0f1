import { activationNames } from '@apical/core';
import { findDataSet } from '@apical/data';
import type { Experiment } from '../experiment/experiment.ts';
import { ruleTitle } from '../experiment/rule-title.ts';
import { isPreset } from '../experiment/preset-of.ts';
import { findPreset, presets } from '../experiment/presets.ts';
import { laboratory } from '../store/laboratory.ts';
import { store } from '../store/store.ts';
import { Choice, Fields, Toggle } from './controls/fields.tsx';
import { NumberField } from './controls/number-field.tsx';
import { Rates } from './rates.tsx';

/** Whether there is room for all settings beside the rest of the page. */
const wide = matchMedia('(min-width: 60rem)').matches;

/** What is learned, by what, and how. */
export function Settings() {
  const experiment = store.experiment.value;
  const change = (changes: Partial<Experiment>) => laboratory.choose({ ...experiment, ...changes, changes: [] });
  return (
    <aside class="settings" aria-label="Settings">
      <PresetChoice />
      <details open={wide}>
        <summary>All settings</summary>
        <Fields legend="Data">
          <Choice
            label="Images"
            value={`${experiment.set}|${experiment.split}`}
            options={listedSplits(experiment)}
            onChange={(value) => {
              const [set = '', split] = value.split('|');
              change({ set, split: split as Experiment['split'] });
            }}
          />
          <Choice
            label="Order of samples"
            value={experiment.order}
            options={[
              ['repeated', 'the same every epoch'],
              ['reshuffled', 'new every epoch'],
            ]}
            onChange={(value) => change({ order: value as Experiment['order'] })}
          />
          <NumberField label="Seed" value={experiment.seed} min={0} step={1} onChange={(seed) => change({ seed })} />
        </Fields>
        <Fields legend="Network">
          <div class="rules">
            {methods.map((rule) => (
              <Toggle
                key={rule}
                label={ruleTitle(rule)}
                value={experiment.rules.includes(rule)}
                onChange={(on) => {
                  const rules = methods.filter((each) => (each === rule ? on : experiment.rules.includes(each)));
                  if (rules.length > 0) change({ rules });
                }}
              />
            ))}
          </div>
          <NumberField
            label="Hidden units k"
            value={experiment.hidden}
            min={1}
            max={512}
            step={1}
            onChange={(hidden) => change({ hidden })}
          />
          <Choice
            label="Activation"
            value={experiment.activation}
            options={activationNames.map((name) => [name, name])}
            onChange={(value) => change({ activation: value as Experiment['activation'] })}
          />
          {experiment.activation === 'linear' ? (
            <NumberField
              label="Ridge λ"
              value={experiment.ridge}
              min={0}
              step={0.01}
              onChange={(ridge) => change({ ridge })}
            />
          ) : (
            <Toggle
              label="Subtract a running mean"
              value={experiment.meanRate !== undefined}
              onChange={(on) => change({ meanRate: on ? 1e-4 : undefined })}
            />
          )}
          <Toggle
            label="Decoupled interneurons"
            value={experiment.decoupled}
            onChange={(decoupled) => change({ decoupled })}
          />
        </Fields>
        {experiment.rules.map((rule: string) => (
          <Rates key={rule} rule={rule} />
        ))}
      </details>
    </aside>
  );
}

function PresetChoice() {
  const { name, note, title, experiment: own } = store.preset.value;
  const experiment = store.experiment.value;
  const isChanged = isChangedPreset();
  const here = presets.filter(({ experiment }) => experiment.set in store.catalogue.value);
  const groups = Map.groupBy(here, ({ group }) => group);
  return (
    <Fields legend="Preset">
      <label class="field">
        <span>Experiment of the paper</span>
        <select
          value={isChanged ? '' : name}
          onChange={({ currentTarget }) => {
            const preset = findPreset(currentTarget.value);
            if (preset) laboratory.choose(preset.experiment, preset);
          }}
        >
          {isChanged && (
            <option value="" selected>
              {experiment.set === own.set && experiment.split === own.split ? `changed: ${title}` : 'none of them'}
            </option>
          )}
          {[...groups].map(([group, members]) => (
            <optgroup key={group} label={group}>
              {members.map((preset) => (
                <option key={preset.name} value={preset.name} selected={!isChanged && preset.name === name}>
                  {preset.title}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      {note !== undefined && !isChanged && <p class="note">{note}</p>}
    </Fields>
  );
}

/** Whether what is learned is another experiment than the preset that it began from. */
function isChangedPreset(): boolean {
  return store.brought.value !== undefined || !isPreset(store.experiment.value, store.preset.value);
}

/** The images to choose among: those that there are, and those of the experiment, even where they are missing. */
function listedSplits({ set, split }: Experiment): [string, string][] {
  const own = store.ownImages.value;
  const listed = Object.entries(store.catalogue.value).flatMap(([set, splits]) =>
    Object.keys(splits).map((split): [string, string] => {
      return [`${set}|${split}`, `${findDataSet(set).title.replace(/,.*| handwritten.*/, '')}, ${split} images`];
    }),
  );
  if (own) listed.push([`${own.name}|${own.split}`, own.name]);
  const present = `${set}|${split}`;
  return listed.some(([value]) => value === present)
    ? listed
    : [...listed, [present, `${set}, ${split} images: missing`]];
}
