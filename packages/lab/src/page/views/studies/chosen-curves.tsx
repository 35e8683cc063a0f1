import { useEffect, useRef } from 'preact/hooks';
import { runStudies } from '../../store/run-studies.ts';
import { store } from '../../store/store.ts';
import { shortName } from '../../studies/run-row.ts';
import type { Curve } from '../curves/curve.ts';
import { CurvePlot } from '../curves/curve-plot.ts';
import { curvesCsv } from '../curves/curves-csv.ts';
import { plotWords } from '../curves/plot-words.ts';
import { download } from '../download.ts';
import { theme } from '../theme-button.tsx';
import { ChosenRun } from './chosen-run.tsx';
import { curveLook } from './curve-looks.ts';
import { MetricChoice } from './metric-choice.tsx';

/** What was measured along the runs that are chosen, against the samples that they learned. */
export function ChosenCurves() {
  const place = useRef<HTMLElement>(null);
  const plot = useRef<CurvePlot>(undefined);
  const { chosen, metric } = store.studies.route.value;
  const curves = drawnCurves();
  const look = theme.value;
  const isEmpty = curves.length === 0;
  useEffect(() => {
    if (isEmpty) return;
    const made = new CurvePlot(place.current!);
    plot.current = made;
    return () => {
      made.destroy();
      plot.current = undefined;
    };
  }, [isEmpty]);
  useEffect(() => {
    plot.current?.show(curves, undefined, look);
  });
  return (
    <section class="panel curves" aria-labelledby="chosen-title">
      <header>
        <h2 id="chosen-title">Curves of the chosen runs</h2>
        <MetricChoice />
        {chosen.length > 0 && (
          <button type="button" onClick={() => runStudies.choose([])}>
            Choose none
          </button>
        )}
      </header>
      {chosen.length === 0 && (
        <p class="hint">Choose runs in the table, by their boxes or with the Enter key, to compare their curves.</p>
      )}
      {isEmpty ? null : <figure ref={place} class="plot" aria-label={plotWords(metric, curves)} />}
      {isEmpty ? null : (
        <footer>
          <fieldset class="downloads" aria-label="Download the curves">
            <span>Download all that was measured along them</span>
            <button type="button" onClick={() => download('curves.csv', 'text/csv', curvesCsv([], measuredRuns()))}>
              CSV
            </button>
          </fieldset>
        </footer>
      )}
      <ol class="chosen">
        {chosen.map((name, i) => (
          <ChosenRun key={name} name={name} number={i + 1} look={curveLook(i)} />
        ))}
      </ol>
    </section>
  );
}

/** The chosen runs by their full names, with all their evaluations that are known. */
function measuredRuns() {
  const { route, curves } = store.studies;
  return route.value.chosen.map((name) => ({ label: name, points: curves.value.get(name)?.curve?.points ?? [] }));
}

function drawnCurves(): Curve[] {
  const { route, curves } = store.studies;
  const { chosen, metric } = route.value;
  return chosen.flatMap((name, i) => {
    const points = (curves.value.get(name)?.curve?.points ?? []).flatMap(({ samples, readings }) => {
      const value = readings[metric];
      return samples > 0 && value !== undefined && Number.isFinite(value) ? [[samples, value] as const] : [];
    });
    const { colour, isDashed } = curveLook(i);
    return points.length === 0
      ? []
      : [
          {
            label: `${i + 1}: ${shortName(name)}`,
            colour,
            kind: isDashed ? ('second' as const) : ('live' as const),
            points,
          },
        ];
  });
}
