import { runStudies } from '../../store/run-studies.ts';
import { store } from '../../store/store.ts';

/** What is drawn and ranked by; nothing where there is one metric only. */
export function MetricChoice() {
  const { metrics, route } = store.studies;
  const { metric } = route.value;
  // The address may name one that is yet to come.
  const offered = metrics.value.includes(metric) ? metrics.value : [...metrics.value, metric];
  if (offered.length < 2) return null;
  return (
    <fieldset class="tabs" aria-label="What is drawn and ranked by">
      {offered.map((name) => (
        <button key={name} type="button" aria-pressed={name === metric} onClick={() => runStudies.rankBy(name)}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}
