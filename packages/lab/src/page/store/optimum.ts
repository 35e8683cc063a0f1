import type { ImageSet } from '@apical/data';
import type { Experiment } from '../experiment/experiment.ts';
import type { Theorist } from '../training/theorist.ts';
import { type Hired, hireTheorist } from '../training/workers.ts';
import { store } from './store.ts';

let hired: Hired<Theorist> | undefined;
/** Says of which problem the optimum is known or being computed. */
let known = '';

/** Has the optimum of the experiment computed, unless it is the same problem as before. Nonlinear ones have none. */
export async function findOptimum(experiment: Experiment, images: ImageSet): Promise<void> {
  const { labels, hidden, activation, ridge, settings } = experiment;
  const { inputs } = settings.bmvr;
  const key = JSON.stringify([images.sha256, labels, inputs, hidden, activation, ridge]);
  if (known === key) return;
  known = key;
  hired?.dismiss();
  hired = undefined;
  store.optimum.value = undefined;
  if (activation !== 'linear') return;
  const theorist = hireTheorist();
  hired = theorist;
  try {
    const value = await theorist.remote.optimalValue(images, { inputs, labels }, hidden, ridge);
    if (known === key) store.optimum.value = value;
  } catch {
    // Without a ridge the covariance may have no inverse: then there is no optimum to show.
  }
  theorist.dismiss();
}
