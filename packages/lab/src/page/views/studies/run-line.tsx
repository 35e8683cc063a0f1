import { runStudies } from '../../store/run-studies.ts';
import { type RunRow, shortName } from '../../studies/run-row.ts';
import { type Column, formatCell, wholeText } from './columns.ts';
import { Status } from './status.tsx';

interface RunLineProps {
  readonly row: RunRow;
  readonly index: number;
  readonly columns: readonly Column[];
  readonly isChosen: boolean;
  /** Whether the keyboard gets to it. */
  readonly isReachable: boolean;
  onReach(): void;
}

/** A run in the table. */
export function RunLine({ row, index, columns, isChosen, isReachable, onReach }: RunLineProps) {
  return (
    <tr aria-rowindex={index + 2} class={isChosen ? 'chosen-line' : ''}>
      <td class="choice">
        <input
          type="checkbox"
          tabIndex={isReachable ? 0 : -1}
          checked={isChosen}
          aria-label={`Draw the curve of ${row.name}`}
          onFocus={onReach}
          onChange={() => runStudies.toggle(row.name)}
        />
      </td>
      {columns.map(({ name, kind }) => (
        <td key={name} class={name === 'run' ? 'run' : kind} title={titleOf(name, row)}>
          {name === 'status' ? (
            <Status status={row.status} />
          ) : name === 'run' ? (
            shortName(row.name)
          ) : (
            formatCell(name, row.values[name])
          )}
        </td>
      ))}
    </tr>
  );
}

function titleOf(column: string, { name, status, values }: RunRow): string | undefined {
  if (column === 'run') return name;
  if (typeof values[column] === 'string' && column !== 'status') return wholeText(values[column]);
  return column === 'status' && status === 'damaged'
    ? 'Its config.json cannot be read: choose it to see why'
    : undefined;
}
