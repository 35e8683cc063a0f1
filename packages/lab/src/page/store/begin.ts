import { batch } from '@preact/signals';
import type { Address } from '../experiment/address.ts';
import { hiddenWords } from '../experiment/circuit.ts';
import { presetOf } from '../experiment/preset-of.ts';
import { attempt } from './attempt.ts';
import { countBegun, presentNumber } from './begun.ts';
import { findBrought } from './brought-weights.ts';
import { findImages, findingWords } from './find-images.ts';
import { writeHistory } from './history.ts';
import { learnTo, stand } from './journey.ts';
import { findMeasure, isMeasurable } from './measures.ts';
import { conductor, holdOut, openNetworks } from './networks.ts';
import { findOptimum } from './optimum.ts';
import { pageWords } from './page-words.ts';
import { endRateStep } from './rate-steps.ts';
import { store } from './store.ts';

/** What is begun: what an address says, and whether it is a step from which the browser goes back to what was there before. */
export type Beginning = Address & { readonly isStep?: boolean };

/**
 * Fetches the data of an experiment, makes its networks, and goes to where the address says. Where that fails, what was there before
 * stays, and the address says that again.
 */
export async function begin({ isStep = false, ...address }: Beginning): Promise<void> {
  const { preset, experiment } = asPreset(address);
  const number = countBegun();
  store.phase.value = 'busy';
  store.problem.value = undefined;
  store.errand.value = findingWords(experiment);
  endRateStep();
  const brought = address.weights === undefined ? undefined : findBrought(address.weights);
  const isLost = address.weights !== undefined && !brought;
  const at = isLost ? 0 : address.at;
  await conductor.stop();
  try {
    const images = await findImages(experiment);
    if (number !== presentNumber()) return;
    store.errand.value = `Making networks of ${hiddenWords(experiment.hidden)} hidden units`;
    const weights = Object.entries(brought?.files ?? {}).map(([rule, own]) => [rule, own.weights]);
    await openNetworks(experiment, images, Object.fromEntries(weights));
    if (number !== presentNumber()) return;
  } catch (error) {
    if (number !== presentNumber()) return;
    store.errand.value = undefined;
    store.problem.value = pageWords((error as Error).message);
    if (store.networks.value.length > 0) {
      // The browser may have gone to an address where nothing can be done.
      await stand(() => number === presentNumber());
    } else {
      // Where there was nothing, the settings say what is missing.
      batch(() => {
        store.preset.value = preset;
        store.experiment.value = experiment;
      });
    }
    return;
  }
  batch(() => {
    if (preset !== store.preset.value) store.measure.value = findMeasure(preset.measure);
    store.preset.value = preset;
    store.brought.value = brought;
    store.experiment.value = experiment;
    if (!isMeasurable(store.measure.value, experiment)) store.measure.value = findMeasure(undefined);
    store.phase.value = at > 0 ? 'paused' : 'busy';
    if (isLost) {
      store.problem.value =
        'The weights that this address began with were brought from a file, and were on the page only: bring the file again. ' +
        'Meanwhile, the networks begin with weights of the experiment’s own.';
    }
  });
  if (isStep) writeHistory('push', at);
  bringHeldOut();
  store.errand.value = at === 0 ? 'Measuring the networks' : undefined;
  if (at === 0) await stand(() => number === presentNumber());
  // Only now, for it takes a processor that the networks need to be there soon.
  if (number === presentNumber() && store.images.value) findOptimum(experiment, store.images.value);
  if (at > 0) await learnTo(at);
}

/** The preset that the experiment is, where it is one; the rules that it leaves out are as in that, too. */
function asPreset({ preset: given, experiment }: Address): Pick<Address, 'preset' | 'experiment'> {
  const preset = presetOf(experiment, given) ?? given;
  return preset === given
    ? { preset, experiment }
    : { preset, experiment: { ...preset.experiment, rules: experiment.rules } };
}

/** Has images held out to measure accuracy on, where that is drawn and the server has them; meanwhile networks learn. */
export async function bringHeldOut(): Promise<void> {
  const { set, split } = store.experiment.value;
  const other = split === 'test' ? 'train' : 'test';
  if (store.measure.value.name !== 'accuracy' || !store.catalogue.value[set]?.[other]) return;
  await attempt(() => holdOut(set, other));
}
