import { runStudies } from '../../store/run-studies.ts';
import { store } from '../../store/store.ts';
import { formatCell } from './columns.ts';
import { MetricChoice } from './metric-choice.tsx';

const shownSettings = 5;

/** The settings whose runs came to the best values, mean ± standard deviation over the seeds. */
export function BestSettings() {
  const { best, differing, route } = store.studies;
  const { metric, goal } = route.value;
  const shown = best.value.slice(0, shownSettings);
  const settings = differing.value.filter((name) => name !== 'seed');
  return (
    <section class="panel best" aria-labelledby="best-title">
      <header>
        <h2 id="best-title">Best settings</h2>
        <MetricChoice />
        <fieldset class="tabs" aria-label="Which values are best">
          {(['min', 'max'] as const).map((each) => (
            <button key={each} type="button" aria-pressed={each === goal} onClick={() => runStudies.rankTo(each)}>
              {each === 'min' ? 'smallest' : 'largest'}
            </button>
          ))}
        </fieldset>
      </header>
      <p class="note">
        Of the settings shown above, each with all its seeds: mean ± standard deviation of the final {metric}. Settings
        of which a run diverged, or has not ended, or that learned fewer samples than others have no rank.
      </p>
      {shown.length === 0 ? (
        <p class="hint">No settings can be ranked yet.</p>
      ) : (
        <div class="scroller">
          <table>
            <thead>
              <tr>
                <th scope="col" class="number">
                  rank
                </th>
                <th scope="col" class="number">
                  {metric}
                </th>
                <th scope="col" class="number">
                  seeds
                </th>
                {settings.map((name) => (
                  <th key={name} scope="col" class="number">
                    {name}
                  </th>
                ))}
                <th scope="col">
                  <span class="unseen">Curves</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ runs, mean, sd }, i) => (
                <tr key={runs[0]!.group}>
                  <td class="number">{i + 1}</td>
                  <td class="number">
                    {formatCell(metric, mean)}
                    {runs.length > 1 && ` ± ${formatCell(metric, sd)}`}
                  </td>
                  <td class="number">{runs.length}</td>
                  {settings.map((name) => (
                    <td key={name} class="number">
                      {formatCell(name, runs[0]!.row.values[name])}
                    </td>
                  ))}
                  <td>
                    <button type="button" onClick={() => runStudies.choose(runs.map(({ row }) => row.name))}>
                      Curves<span class="unseen"> of rank {i + 1}</span>
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
