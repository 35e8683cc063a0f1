import type { AnyImages } from '../data/images.ts';
import { isLikePapers } from '../experiment/circuit.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { predicts } from '../experiment/loss-words.ts';
import { runConfigOf } from '../experiment/run-config.ts';
import type { Theorist } from '../training/theorist.ts';
import { type Hired, hire } from '../training/workers.ts';
import { store } from './store.ts';

/** The theorist that is at work, and the problem that it is to solve. */
let atWork: { readonly hired: Hired<Theorist>; readonly problem: string } | undefined;

/**
 * Has the optimum of the experiment computed, where its networks have one: linear ones of one hidden layer, which learn the same
 * problem. What was computed before is remembered by the browser,
 * for it takes seconds and is the same every time.
 */
export async function findOptimum(experiment: Experiment, images: AnyImages): Promise<void> {
  const { hidden, activation, rules } = experiment;
  const configs = rules.map((rule) => runConfigOf(experiment, rule));
  const problems = configs.map(({ data: { labels, inputs }, ridge }) =>
    JSON.stringify([images.sha256, images.prepared, labels, inputs, hidden, ridge]),
  );
  const [config] = configs;
  const isOne = new Set(problems).size === 1;
  const hasOptimum = rules.every(predicts) && activation === 'linear' && isLikePapers(experiment) && isOne;
  const problem = `optimum ${problems[0]}`;
  if (hasOptimum && atWork?.problem === problem) return;
  atWork?.hired.dismiss();
  atWork = undefined;
  const known = localStorage.getItem(problem);
  store.optimum.value = hasOptimum && known !== null ? Number(known) : undefined;
  if (!hasOptimum || !config || typeof hidden !== 'number' || known !== null) return;
  const own = { hired: hire<Theorist>(), problem };
  atWork = own;
  try {
    const value = await own.hired.remote.optimalValue(images, config.data, hidden, config.ridge);
    localStorage.setItem(problem, String(value));
    if (atWork === own) store.optimum.value = value;
  } catch {
    // Without a ridge the covariance may have no inverse: then there is no optimum to show.
  }
  if (atWork !== own) return;
  own.hired.dismiss();
  atWork = undefined;
}
