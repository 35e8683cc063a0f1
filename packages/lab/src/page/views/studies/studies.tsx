import { store } from '../../store/store.ts';
import { BestSettings } from './best-settings.tsx';
import { ChosenCurves } from './chosen-curves.tsx';
import { FilterBar } from './filter-bar.tsx';
import { RunTable } from './run-table.tsx';

/** The runs that the server watches: a table, the curves of those that are chosen, and which settings are best. */
export function Studies() {
  const { rows, filtered, hasLooked, problem } = store.studies;
  return (
    <main id="main" class="studies" tabIndex={-1}>
      <FilterBar />
      {problem.value !== undefined && (
        <p class="warning" role="alert">
          Not all of the folder can be read: {problem.value}
        </p>
      )}
      {rows.value.length === 0 ? (
        <p class="panel waiting" role="status">
          {hasLooked.value
            ? `There are no runs in ${store.runsFolder.value} yet. They appear here as soon as "apical train --out" or "apical sweep" begins one there.`
            : 'Reading the runs …'}
        </p>
      ) : (
        <>
          {filtered.value.rows.length === 0 ? <NoRun /> : <RunTable />}
          <ChosenCurves />
          <BestSettings />
        </>
      )}
    </main>
  );
}

/** In place of the table, where no run meets the condition. */
function NoRun() {
  const { filtered, route } = store.studies;
  return (
    <div class="panel waiting" role="status">
      <p>
        No run meets the condition <code>{route.value.where}</code>.
      </p>
      {filtered.value.unmet?.map((words) => (
        <p key={words} class="note">
          {words}
        </p>
      ))}
    </div>
  );
}
