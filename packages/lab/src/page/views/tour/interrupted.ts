import type { Address } from '../../experiment/address.ts';
import { sameStart } from '../../experiment/experiment.ts';
import { laboratory } from '../../store/laboratory.ts';
import type { Measure } from '../../store/measures.ts';
import { store } from '../../store/store.ts';
import { preset } from './steps.tsx';

/** What was on the page before the tour. */
export interface Interrupted {
  readonly address: Address;
  readonly measure: Measure;
  readonly speed: number;
}

/** Whether the page is as the tour begins: nothing of one's own would be replaced. */
export function isUntouched(): boolean {
  const { experiment, samplesSeen, brought, phase } = store;
  const isBeginning = samplesSeen.value === 0 && phase.value !== 'playing';
  return isBeginning && !brought.value && sameStart(experiment.value, preset.experiment);
}

/** Begins the tour: with a question first, where there is something to be replaced. */
export function beginTour(): void {
  store.tourStep.value = isUntouched() ? 0 : 'invitation';
}

export function interrupt(): Interrupted {
  const { experiment, samplesSeen, brought, measure, speed } = store;
  const address = {
    preset: store.preset.value,
    experiment: experiment.value,
    at: samplesSeen.value,
    weights: brought.value?.mark,
  };
  return { address, measure: measure.value, speed: speed.value };
}

/** Has it come back. */
export async function resume({ address, measure, speed }: Interrupted): Promise<void> {
  store.speed.value = Number.POSITIVE_INFINITY;
  store.measure.value = measure;
  await laboratory.goBackTo(address);
  store.speed.value = speed;
}
