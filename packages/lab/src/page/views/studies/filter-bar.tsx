import { useId } from 'preact/hooks';
import { runStudies } from '../../store/run-studies.ts';
import { store } from '../../store/store.ts';
import { formatCount } from '../format.ts';
import { Status, statuses } from './status.tsx';

/** Which runs are shown, how many they are, and whether changes come in. */
export function FilterBar() {
  const id = useId();
  const { counts, filtered, rows, route } = store.studies;
  const { problem, rows: shown } = filtered.value;
  return (
    <section class="filter-bar" aria-label="Which runs">
      <h2>
        Runs in <span class="folder">{store.runsFolder.value}</span>
      </h2>
      <Connection />
      <form onSubmit={(event) => event.preventDefault()}>
        <label for={id}>Only where</label>
        <input
          id={id}
          type="search"
          spellcheck={false}
          autocomplete="off"
          placeholder="rule=bmvr and objective<0.8"
          value={route.value.where}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-problem`}
          onInput={(event) => runStudies.filter(event.currentTarget.value)}
        />
      </form>
      <p id={`${id}-problem`} class="warning" role="status">
        {problem}
      </p>
      <p class="counts">
        <span>
          {shown.length === rows.value.length ? '' : `${formatCount(shown.length)} of `}
          {formatCount(rows.value.length)} {rows.value.length === 1 ? 'run' : 'runs'}
        </span>
        {statuses
          .filter((status) => counts.value.has(status))
          .map((status) => (
            <span key={status}>
              {formatCount(counts.value.get(status)!)} <Status status={status} />
            </span>
          ))}
      </p>
    </section>
  );
}

const connectionWords = {
  connecting: 'connecting …',
  live: 'live',
  reconnecting: 'reconnecting …',
} as const;

function Connection() {
  const connection = store.studies.connection.value;
  return (
    <p class={`connection ${connection}`} role="status" data-testid="connection">
      {connectionWords[connection]}
    </p>
  );
}
