import { attempt } from './attempt.ts';
import { presentNumber } from './begun.ts';
import { writeHistory } from './history.ts';
import { conductor, lookClosely } from './networks.ts';
import { endRateStep } from './rate-steps.ts';
import { store } from './store.ts';

/** Learning that goes on, and looking at the networks when they stand. */
let journey: Promise<void> = Promise.resolve();

/** Has the networks learn until they have seen so many samples, and stand. */
export function learnTo(target: number): Promise<void> {
  if (store.phase.value === 'busy') return journey;
  const number = presentNumber();
  endRateStep();
  store.phase.value = 'playing';
  const own: Promise<void> = attempt(() => conductor.play(target)).then(async () => {
    // A longer journey may have been begun meanwhile.
    const isCurrent = () => number === presentNumber() && own === journey;
    if (isCurrent()) await stand(isCurrent);
  });
  journey = own;
  return own;
}

/** Stops after the present round, and looks at the networks. */
export async function pause(): Promise<void> {
  await conductor.stop();
  await journey;
}

/** Stops where the networks are, and keeps that in the address for the browser to come back to. */
export async function leave(): Promise<void> {
  const wasBusy = store.phase.value === 'busy';
  await pause();
  if (!wasBusy) writeHistory('replace');
}

/** The networks stand: all of what they are is looked at and can be linked to. */
export async function stand(isCurrent: () => boolean): Promise<void> {
  await attempt(lookClosely);
  if (!isCurrent()) return;
  store.errand.value = undefined;
  store.phase.value = 'paused';
  writeHistory('replace');
}
