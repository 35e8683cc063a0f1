import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { runStudies } from '../../store/run-studies.ts';
import { store } from '../../store/store.ts';
import { formatCount } from '../format.ts';
import { formatCell, wholeText } from './columns.ts';
import { MetricChoice } from './metric-choice.tsx';
import { useEdge } from './use-edge.ts';

const shownSettings = 5;

/** The settings whose runs came to the best values, mean ± standard deviation over the seeds. */
export function BestSettings() {
  const { differing, ranking, route } = store.studies;
  const { metric, goal } = route.value;
  const shown = ranking.value?.results.slice(0, shownSettings) ?? [];
  // All that is ranked has the same length.
  const settings = differing.value.filter((name) => name !== 'seed' && name !== 'samples');
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
        <LengthChoice />
      </header>
      <p class="note">
        Of the settings shown above, each with all its seeds: mean ± standard deviation of the final {metric}. Settings
        of which a run diverged, or has not ended, have no rank. <LeftOut />
      </p>
      {shown.length === 0 ? (
        <p class="hint">No settings can be ranked yet.</p>
      ) : (
        <Scroller>
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
                    <td key={name} class="number" title={titleOf(runs[0]!.row.values[name])}>
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
        </Scroller>
      )}
    </section>
  );
}

function titleOf(value: unknown): string | undefined {
  return typeof value === 'string' ? wholeText(value) : undefined;
}

/** What is wider than the panel is scrolled; the edge shows that there is more. */
function Scroller({ children }: { children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  return (
    <div class={useEdge(place) ? 'edge more' : 'edge'}>
      <div ref={place} class="scroller">
        {children}
      </div>
    </div>
  );
}

/** Of how many samples the runs are whose settings are ranked; nothing where there is one length only. */
function LengthChoice() {
  const id = useId();
  const { ranking, rankings } = store.studies;
  const alike = rankings.value.filter(({ criterion }) => criterion === ranking.value?.criterion);
  if (alike.length < 2) return null;
  const lengths = alike.map(({ samples }) => samples).sort((a, b) => a - b);
  return (
    <span class="length">
      <label for={id}>after</label>
      <select
        id={id}
        value={String(ranking.value?.samples)}
        onChange={(event) => runStudies.rankLength(Number(event.currentTarget.value))}
      >
        {lengths.map((samples) => (
          <option key={samples} value={String(samples)}>
            {formatCount(samples)} samples
          </option>
        ))}
      </select>
    </span>
  );
}

/** How many settings could be ranked, but for their length or their data. */
function LeftOut() {
  const { ranking, rankings } = store.studies;
  const others = rankings.value.filter((each) => each !== ranking.value);
  const isOfSameData = ({ criterion }: (typeof others)[number]) => criterion === ranking.value?.criterion;
  const [alike, different] = [others.filter(isOfSameData), others.filter((each) => !isOfSameData(each))].map((all) =>
    all.reduce((sum, { results }) => sum + results.length, 0),
  ) as [number, number];
  return (
    <>
      {alike > 0 && `Only runs of one length can be compared: ${leftOut(alike, 'length')}. `}
      {different > 0 &&
        `Only runs that learned the same of the same data can be compared: ${leftOut(different, 'data')}; a condition such as data.set=iris chooses others.`}
    </>
  );
}

function leftOut(settings: number, what: 'length' | 'data'): string {
  const [one, several] = what === 'length' ? ['another length', 'other lengths'] : ['other data', 'other data'];
  return `${formatCount(settings)} ${settings === 1 ? `setting of ${one} is` : `settings of ${several} are`} left out`;
}
