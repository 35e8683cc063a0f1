import { useRef } from 'preact/hooks';
import { isPreset } from '../../experiment/preset-of.ts';
import { findPreset, presets } from '../../experiment/presets.ts';
import { laboratory } from '../../store/laboratory.ts';
import { store } from '../../store/store.ts';
import { Fields } from '../controls/fields.tsx';
import { useRestored } from '../controls/use-restored.ts';

/** The experiments of the paper. */
export function PresetChoice() {
  const { name, note, title, experiment: own } = store.preset.value;
  const experiment = store.experiment.value;
  const isChanged = isChangedPreset();
  const select = useRef<HTMLSelectElement>(null);
  useRestored(() => {
    if (select.current) select.current.value = isChanged ? '' : name;
  });
  const here = presets.filter(({ experiment }) => experiment.set in store.catalogue.value);
  const groups = Map.groupBy(here, ({ group }) => group);
  return (
    <Fields legend="Preset">
      <label class="field">
        <span>Experiment of the paper</span>
        <select
          ref={select}
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
