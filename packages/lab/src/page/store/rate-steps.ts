import type { Rate } from '@apical/core';
import { splitHistory, writeHistory } from './history.ts';
import { chooseRates, setRates } from './networks.ts';
import { store } from './store.ts';

/** The rate that was changed last, if nothing else was done since: all of its changes are one step in the browser's history. */
let movedRate: string | undefined;
/** Whether the rates that are being set are such a step, which is not in the history yet. */
let rateStepDue = false;

/** What is changed of that rate from now on is another step. */
export function endRateStep(): void {
  movedRate = undefined;
}

/**
 * Rates that act from the next sample on. The browser goes back to those before them.
 * @param moved which rate it is that was changed
 */
export async function moveRates(rule: string, rates: Readonly<Record<string, Rate>>, moved: string): Promise<void> {
  const { value: phase } = store.phase;
  const isStep = moved !== movedRate;
  movedRate = moved;
  if (isStep && phase === 'playing') splitHistory();
  rateStepDue ||= isStep && phase === 'paused';
  chooseRates(rule, rates);
  if (phase !== 'paused') return;
  await setRates(store.samplesSeen.value);
  writeHistory(rateStepDue ? 'push' : 'replace');
  rateStepDue = false;
}
