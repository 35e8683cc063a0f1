import { store } from '../../store/store.ts';
import { DataFields } from './data-fields.tsx';
import { LearningFields } from './learning-fields.tsx';
import { NetworkFields } from './network-fields.tsx';
import { PresetChoice } from './preset-choice.tsx';
import { RuleChoice } from './rule-choice.tsx';
import { RuleFields } from './rule-fields.tsx';

/** Whether there is room for all settings beside the rest of the page. */
const wide = matchMedia('(min-width: 60rem)').matches;

/** What is learned, by what, and how. */
export function Settings() {
  const { rules } = store.experiment.value;
  return (
    <aside class="settings" aria-label="Settings">
      <PresetChoice />
      <details open={wide}>
        <summary>All settings</summary>
        <RuleChoice />
        <DataFields />
        <NetworkFields />
        <LearningFields />
        {rules.map((rule) => (
          <RuleFields key={rule} rule={rule} />
        ))}
      </details>
      <p class="note keys">
        Keys: <kbd>Space</kbd> plays and pauses, <kbd>S</kbd> learns one sample or batch, <kbd>E</kbd> to the end of the
        epoch, <kbd>R</kbd> begins anew, <kbd>K</kbd> keeps the curves.
      </p>
    </aside>
  );
}
