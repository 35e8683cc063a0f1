import { useEffect, useRef } from 'preact/hooks';
import { laboratory } from '../../store/laboratory.ts';
import { findMeasure } from '../../store/measures.ts';
import { store } from '../../store/store.ts';
import { scrollToFreePart } from './scroll-to-free-part.ts';
import { preset, type Step, steps } from './steps.tsx';

/** The guided tour: it explains the circuit in some steps, and sets the page up for each. */
export function Tour() {
  const step = store.tourStep.value;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const shown = step === undefined ? undefined : steps[step];
    store.spot.value = shown?.spot;
    if (!shown) return;
    title.current?.focus();
    setUp(shown, () => store.tourStep.value === step);
  }, [step]);
  useEffect(() => {
    if (step === undefined) return;
    const press = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') store.tourStep.value = undefined;
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [step]);
  const shown = step === undefined ? undefined : steps[step];
  if (step === undefined || !shown) return null;
  const go = (to: number | undefined) => {
    store.tourStep.value = to;
  };
  return (
    <aside class="tour" aria-labelledby="tour-title">
      <header>
        <h2 id="tour-title" ref={title} tabIndex={-1}>
          {step + 1}. {shown.title}
        </h2>
        <button type="button" class="quiet" aria-label="Close the tour" onClick={() => go(undefined)}>
          ✕
        </button>
      </header>
      {shown.text}
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
          <button type="button" class="primary" onClick={() => go(undefined)}>
            Done
          </button>
        )}
      </footer>
    </aside>
  );
}

/** Sets the page up for a step, and shows the part that it is about; gives up when another step is gone to. */
async function setUp({ experiment, measure, samples, speed, spot }: Step, isCurrent: () => boolean): Promise<void> {
  await laboratory.pause();
  if (!isCurrent()) return;
  store.speed.value = Number.POSITIVE_INFINITY;
  await laboratory.choose(experiment, preset);
  if (!isCurrent()) return;
  await laboratory.chooseMeasure(findMeasure(measure));
  if (!isCurrent()) return;
  const target = document.querySelector(`[data-spot="${spot}"]`);
  if (target) scrollToFreePart(target);
  if (store.samplesSeen.value < samples) await laboratory.learnTo(samples);
  if (isCurrent()) store.speed.value = speed;
}
