import { useEffect, useRef } from 'preact/hooks';
import { lossWords } from '../../experiment/loss-words.ts';
import { laboratory } from '../../store/laboratory.ts';
import { isMeasurable, measures } from '../../store/measures.ts';
import { store } from '../../store/store.ts';
import { spotted } from '../spotted.ts';
import { theme } from '../theme-button.tsx';
import { CurvePlot } from './curve-plot.ts';
import { Downloads } from './downloads.tsx';
import { shownCurves, shownLevel, shownTitle } from './shown-curves.ts';

/** What is measured against samples seen: with the optimum, the paper's own points, and the runs that were kept. */
export function Curves() {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<CurvePlot>(undefined);
  useEffect(() => {
    const made = new CurvePlot(place.current!);
    plot.current = made;
    return () => made.destroy();
  }, []);
  const measure = store.measure.value;
  const experiment = store.experiment.value;
  const [curves, level, look] = [shownCurves(), shownLevel(), theme.value];
  useEffect(() => {
    plot.current?.show(curves, level, look);
  });
  const kept = store.kept.value.length;
  return (
    <section {...spotted('curves', 'panel curves')} aria-labelledby="curves-title">
      <header>
        <h2 id="curves-title">Against samples seen</h2>
        <fieldset class="tabs" aria-label="What is drawn">
          {measures.map((each) => (
            <button
              key={each.name}
              type="button"
              aria-pressed={each === measure}
              disabled={!isMeasurable(each, experiment)}
              title={isMeasurable(each, experiment) ? undefined : 'None of these networks has it'}
              onClick={() => laboratory.chooseMeasure(each)}
            >
              {shownTitle(each)}
            </button>
          ))}
        </fieldset>
      </header>
      <p class="note">{measure.name === 'objective' ? lossWords(experiment).meaning : measure.meaning}</p>
      <div ref={place} class="plot" />
      <footer>
        <button type="button" onClick={() => laboratory.keep()}>
          Keep these curves
        </button>
        {kept > 0 && (
          <button type="button" onClick={() => laboratory.forget()}>
            Forget {kept} kept
          </button>
        )}
        <Downloads />
      </footer>
    </section>
  );
}
