import type { TargetKind } from '@apical/data';
import { store } from '../store/store.ts';
import { Choice } from './controls/fields.tsx';

/** What was decided of a table that was dropped, to be decided otherwise: what is learned, as what, and what line 1 is. */
export function OwnTable() {
  if (!store.ownTable.value) return null;
  const { choices, choose } = store.ownTable.value;
  const { columns, target, header, kind, isEither } = choices;
  return (
    <fieldset class="notice own-table" aria-label="How the table is read">
      <Choice
        label="Target"
        value={target ?? ''}
        options={[
          ...(target === undefined ? [{ value: '', words: 'choose a column' }] : []),
          ...columns.map((column, place) => ({
            value: column,
            words: column === String(place + 1) ? `column ${column}` : column,
          })),
        ]}
        onChange={(chosen) => choose({ target: chosen, kind: undefined })}
      />
      {isEither && kind !== undefined && (
        <Choice
          label="Its whole numbers"
          value={kind}
          options={(['classes', 'numbers'] as const).map((each) => ({ value: each, words: `are ${each}` }))}
          onChange={(chosen) => choose({ target, kind: chosen as TargetKind })}
        />
      )}
      {header !== undefined && (
        <Choice
          label="Line 1"
          value={header ? 'header' : 'row'}
          options={[
            { value: 'header', words: 'names the columns' },
            { value: 'row', words: 'is a sample' },
          ]}
          onChange={(chosen) => choose({ header: chosen === 'header', target: undefined, kind: undefined })}
        />
      )}
      <button
        type="button"
        class="quiet"
        aria-label="Close the choices"
        onClick={() => {
          store.ownTable.value = undefined;
        }}
      >
        ✕
      </button>
    </fieldset>
  );
}
