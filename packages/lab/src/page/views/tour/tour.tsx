import { useEffect, useRef } from 'preact/hooks';
import { laboratory } from '../../store/laboratory.ts';
import { findMeasure } from '../../store/measures.ts';
import { store } from '../../store/store.ts';
import { countWords } from '../format.ts';
import { type Interrupted, interrupt, resume } from './interrupted.ts';
import { scrollToFreePart } from './scroll-to-free-part.ts';
import { preset, type Step, steps } from './steps.tsx';

/** What the tour interrupted, until it ends. */
let interrupted: Interrupted | undefined;

/** The page being set up for a step. */
let settingUp: Promise<void> = Promise.resolve();

/** The guided tour: it explains the circuit in some steps, and sets the page up for each. */
export function Tour() {
  const step = store.tourStep.value;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const shown = typeof step === 'number' ? steps[step] : undefined;
    store.spot.value = shown?.spot;
    title.current?.focus();
    if (!shown) return;
    const isCurrent = () => store.tourStep.value === step;
    // One after the other: the step before may be at it still, and ends where it stands.
    laboratory.pause();
    settingUp = settingUp.then(() => (isCurrent() ? setUp(shown, isCurrent) : undefined));
  }, [step]);
  useEffect(() => {
    if (step === undefined) return;
    const press = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') end();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [step]);
  if (step === undefined) return null;
  const shown = typeof step === 'number' ? steps[step] : undefined;
  return (
    <aside class="tour" aria-labelledby="tour-title">
      <header>
        <h2 id="tour-title" ref={title} tabIndex={-1}>
          {shown ? `${Number(step) + 1}. ${shown.title}` : 'Guided tour'}
        </h2>
        <button type="button" class="quiet" aria-label="Close the tour" onClick={end}>
          ✕
        </button>
      </header>
      {shown ? shown.text : <Invitation />}
      {typeof step === 'number' ? <Ways step={step} /> : null}
    </aside>
  );
}

/** Asks before an experiment of one's own makes room for those of the tour. */
function Invitation() {
  const samples = countWords(store.samplesSeen.value, 'sample');
  return (
    <>
      <p>
        The tour has {steps.length} steps, and does experiments of its own. Yours makes room for them, and comes back
        when the tour ends: it then learns its {samples} again, to the same weights. Curves that you want to compare
        with: keep them before.
      </p>
      <footer>
        <button type="button" onClick={end}>
          Not now
        </button>
        <button
          type="button"
          class="primary"
          onClick={() => {
            interrupted = interrupt();
            store.tourStep.value = 0;
          }}
        >
          Begin
        </button>
      </footer>
    </>
  );
}

function Ways({ step }: { step: number }) {
  const go = (to: number) => {
    store.tourStep.value = to;
  };
  return (
    <footer>
      <button type="button" disabled={step === 0} onClick={() => go(step - 1)}>
        Back
      </button>
      <span>
        {step + 1} of {steps.length}
      </span>
      {step + 1 < steps.length ? (
        <button type="button" class="primary" onClick={() => go(step + 1)}>
          Next
        </button>
      ) : (
        <button type="button" class="primary" onClick={end}>
          Done
        </button>
      )}
    </footer>
  );
}

/** Closes the tour; what it interrupted comes back. */
function end(): void {
  store.tourStep.value = undefined;
  if (interrupted) resume(interrupted);
  interrupted = undefined;
}

/** Sets the page up for a step, and shows the part that it is about; gives up when another step is gone to. */
async function setUp({ experiment, measure, samples, speed, spot }: Step, isCurrent: () => boolean): Promise<void> {
  await laboratory.pause();
  if (!isCurrent()) return;
  store.speed.value = Number.POSITIVE_INFINITY;
  // Networks begin anew that have learned more than the step is about, or were not measured so from the beginning.
  const { samplesSeen } = store;
  const isOther = store.measure.value.name !== measure && samplesSeen.value > 0;
  store.measure.value = findMeasure(measure);
  await laboratory.choose(experiment, preset, isOther || samplesSeen.value > samples);
  if (!isCurrent()) return;
  await laboratory.chooseMeasure(findMeasure(measure));
  if (!isCurrent()) return;
  showSpot(spot);
  if (store.samplesSeen.value < samples) await laboratory.learnTo(samples);
  if (!isCurrent()) return;
  store.speed.value = speed;
  // What networks show once they have learned may have moved it.
  requestAnimationFrame(() => showSpot(spot));
}

function showSpot(spot: Step['spot']): void {
  const target = document.querySelector(`[data-spot="${spot}"]`);
  if (target) scrollToFreePart(target);
}
