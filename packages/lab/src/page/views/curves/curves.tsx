import { useEffect, useRef } from 'preact/hooks';
import { lossWords } from '../../experiment/loss-words.ts';
import { laboratory } from '../../store/laboratory.ts';
import { isMeasurable, offeredMeasures } from '../../store/measures.ts';
import { store } from '../../store/store.ts';
import { spotted } from '../spotted.ts';
import { theme } from '../theme-button.tsx';
import type { Curve } from './curve.ts';
import { CurvePlot } from './curve-plot.ts';
import { Downloads } from './downloads.tsx';
import { plotWords } from './plot-words.ts';
import { shownCurves, shownLevel, shownTitle } from './shown-curves.ts';
import { canBeLogarithmic } from './value-range.ts';

/** What is measured against samples seen: with the optimum, the paper's own points, and the runs that were kept. */
export function Curves() {
  const place = useRef<HTMLElement>(null);
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
    plot.current?.show(curves, level, look, logarithmic);
  });
  const kept = new Set(store.kept.value.map(({ number }) => number)).size;
  const logarithmic = store.logarithmic.value;
  const canBe = canBeLogarithmic(curves, level);
  return (
    <section {...spotted('curves', 'panel curves')} aria-labelledby="curves-title">
      <header>
        <h2 id="curves-title">Against samples seen</h2>
        <fieldset class="tabs" aria-label="What is drawn">
          {offeredMeasures(experiment).map((each) => (
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
      <figure ref={place} class="plot" aria-label={plotWords(shownTitle(measure), curves, level)} />
      <Remarks curves={curves} />
      <footer>
        <label class="toggle" title={canBe ? undefined : 'Some of these values are not positive'}>
          <input
            type="checkbox"
            checked={logarithmic && canBe}
            disabled={!canBe}
            onChange={(event) => {
              store.logarithmic.value = event.currentTarget.checked;
            }}
          />
          <span>Logarithmic</span>
        </label>
        <button type="button" title="Keep these curves (K)" onClick={() => laboratory.keep()}>
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

/** What there is to know of the curves that are drawn, and what can be done about it. */
function Remarks({ curves }: { curves: readonly Curve[] }) {
  const hasPast = !lacksPast();
  const hasGaps = curves.some(({ points }) => points.some(([, value]) => value === null));
  const hasDiverged = curves.some(({ divergedAt }) => divergedAt !== undefined);
  return (
    <>
      {store.brought.value && store.samplesSeen.value === 0 && (
        <p class="note">Curves begin with what is learned here; what the brought networks are now stands below.</p>
      )}
      {hasDiverged && (
        <p class="note">
          ✕ diverged: from there on its values go to infinity{store.logarithmic.value ? '' : ', and leave the axis'}.
        </p>
      )}
      {hasGaps && <p class="note">Where a curve has gaps, nothing was measured: that would have taken too long.</p>}
      {!hasPast && (
        <p class="note">
          Until here, this was not measured.{' '}
          <button
            type="button"
            class="link"
            disabled={store.phase.value !== 'paused'}
            onClick={() => laboratory.learnAgain()}
          >
            Learn the same again, and measure it from the beginning
          </button>
        </p>
      )}
    </>
  );
}

/** Whether networks were measured along the way, but not for what is shown. */
function lacksPast(): boolean {
  const { networks, measure } = store;
  const [reading] = measure.value.readings;
  return networks.value.some(({ points }) => {
    const known = points.filter(({ samples, readings }) => samples > 0 && readings.objective !== undefined);
    const own = known.filter(({ readings }) => reading !== undefined && readings[reading.name] !== undefined);
    return known.length > 1 && own.length > 0 && own.length < known.length && own[0] !== known[0];
  });
}
