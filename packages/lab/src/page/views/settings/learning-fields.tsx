import { checkOptimiser, InputError, type Optimiser, optimiserNames, optimiserNumbers } from '@apical/core';
import { ruleTitle } from '@apical/experiments';
import { takesRidge } from '../../experiment/run-config.ts';
import { store } from '../../store/store.ts';
import { Choice, Fields } from '../controls/fields.tsx';
import { NumberField } from '../controls/number-field.tsx';
import { TextField } from '../controls/text-field.tsx';
import { change } from './change.ts';

/** How all rules learn: batches, the optimiser, the ridge. */
export function LearningFields() {
  const experiment = store.experiment.value;
  const { batch, optimiser = { kind: 'plain' }, ridge, rules } = experiment;
  const without = rules.filter((rule) => !takesRidge(experiment, rule));
  return (
    <Fields legend="Learning">
      <NumberField
        label="Samples in a batch"
        value={batch}
        min={1}
        max={store.images.value?.count ?? 1}
        step={1}
        onChange={(size) => change({ batch: size })}
      />
      <Choice
        label="Optimiser"
        value={optimiser.kind}
        options={optimiserNames.map((kind) => ({ value: kind, words: kind }))}
        onChange={(kind) => change({ optimiser: kind === 'plain' ? undefined : ({ kind } as Optimiser) })}
      />
      {optimiser.kind !== 'plain' && <OptimiserNumbers optimiser={optimiser} />}
      {without.length < rules.length && (
        <NumberField label="Ridge λ" value={ridge} min={0} step={0.01} onChange={(value) => change({ ridge: value })} />
      )}
      {without.length > 0 && without.length < rules.length && ridge > 0 && (
        <p class="note">Without a ridge: {without.map(ruleTitle).join(', ')}. By default they have none.</p>
      )}
    </Fields>
  );
}

/** The numbers of an optimiser. */
function OptimiserNumbers({ optimiser }: { optimiser: Optimiser }) {
  const numbers: Readonly<Record<string, number>> = { ...optimiserNumbers[optimiser.kind], weightDecay: 0 };
  const given = optimiser as unknown as Readonly<Record<string, number | undefined>>;
  const withNumber = (name: string, text: string) => ({ ...optimiser, [name]: Number(text) }) as Optimiser;
  return (
    <>
      {Object.entries(numbers).map(([name, usual]) => (
        <TextField
          key={name}
          label={name}
          value={String(given[name] ?? usual)}
          check={(text) => {
            if (text.trim() === '') throw new InputError('A number is expected.');
            checkOptimiser(optimiser.kind, withNumber(name, text));
          }}
          onChange={(text) => change({ optimiser: withNumber(name, text) })}
        />
      ))}
    </>
  );
}
