import type { ImageSet } from '@apical/data';
import type { Experiment } from '../experiment/experiment.ts';
import type { Theorist } from '../training/theorist.ts';
import { type Hired, hireTheorist } from '../training/workers.ts';
import { store } from './store.ts';

/** The theorist that is at work, and the problem that it is to solve. */
let atWork: { readonly hired: Hired<Theorist>; readonly problem: string } | undefined;

/**
 * Has the optimum of the experiment computed. Nonlinear ones have none. What was computed before is remembered by the browser,
 * for it takes seconds and is the same every time.
 */
export async function findOptimum(experiment: Experiment, images: ImageSet): Promise<void> {
  const { labels, hidden, activation, ridge, settings } = experiment;
  const { inputs } = settings.bmvr;
  const problem = `optimum ${JSON.stringify([images.sha256, labels, inputs, hidden, ridge])}`;
  if (activation === 'linear' && atWork?.problem === problem) return;
  atWork?.hired.dismiss();
  atWork = undefined;
  const known = localStorage.getItem(problem);
  store.optimum.value = activation === 'linear' && known !== null ? Number(known) : undefined;
  if (activation !== 'linear' || known !== null) return;
  const own = { hired: hireTheorist(), problem };
  atWork = own;
  try {
    const value = await own.hired.remote.optimalValue(images, { inputs, labels }, hidden, ridge);
    localStorage.setItem(problem, String(value));
    if (atWork === own) store.optimum.value = value;
  } catch {
    // Without a ridge the covariance may have no inverse: then there is no optimum to show.
  }
  if (atWork !== own) return;
  own.hired.dismiss();
  atWork = undefined;
}
