import { InputError, type RawInputs } from '@apical/core';
import { loadCatalogue } from '../data/catalogue.ts';
import { adapt } from '../experiment/adapt.ts';
import { type Address, readAddress } from '../experiment/address.ts';
import { type Experiment, sameStart, withPresentRates } from '../experiment/experiment.ts';
import { defaultPreset, findPreset } from '../experiment/presets.ts';
import { runConfigOf } from '../experiment/run-config.ts';
import { attempt } from './attempt.ts';
import { begin, bringHeldOut } from './begin.ts';
import { bring } from './bring.ts';
import { fileWords } from './brought-weights.ts';
import { writeHistory } from './history.ts';
import { learnTo, leave, pause } from './journey.ts';
import { keepCurves } from './keep.ts';
import type { Measure } from './measures.ts';
import { lookAtActivity, lookClosely, saveNetwork } from './networks.ts';
import { moveRates } from './rate-steps.ts';
import { store } from './store.ts';

/** What the address says; where it has a mistake, its preset, or else the first of all, and what the mistake is. */
function readAddressOrDefault(): { readonly address: Address; readonly mistake?: string } {
  try {
    return { address: readAddress(location.search) };
  } catch (error) {
    const preset = findPreset(new URLSearchParams(location.search).get('preset')) ?? defaultPreset;
    return { address: { preset, experiment: preset.experiment, at: 0 }, mistake: (error as Error).message };
  }
}

/** What can be done in the laboratory: what the controls of the page call. */
export const laboratory = {
  /** Begins with what the address says. */
  start: () =>
    attempt(async () => {
      if (!isSecureContext) {
        throw new InputError(
          'open this page over https, or from localhost: elsewhere browsers compute no SHA-256 sums',
        );
      }
      store.catalogue.value = await loadCatalogue();
      const { address, mistake } = readAddressOrDefault();
      await begin(address);
      if (mistake !== undefined)
        store.problem.value = `${mistake}\nThe page begins with ${address.preset.title} instead.`;
    }),

  /** Does what the address says. */
  visit: () =>
    attempt(async () => {
      try {
        await begin(readAddress(location.search));
      } catch (error) {
        writeHistory('replace');
        throw error;
      }
    }),

  learnTo,
  play: () => learnTo(Number.POSITIVE_INFINITY),
  pause,
  /** Learns one sample, or one batch. */
  learnOne: () => learnTo(store.samplesSeen.value + 1),
  /** Learns to the end of the present epoch. */
  learnEpoch(): Promise<void> {
    const count = store.images.value?.count ?? 1;
    return learnTo((Math.floor(store.samplesSeen.value / count) + 1) * count);
  },

  /** Begins anew, with the rates that the networks have now; the browser goes back from it to how far they were. */
  reset: () =>
    attempt(async () => {
      await leave();
      const { preset, experiment, brought } = store;
      const start = withPresentRates(experiment.value);
      await begin({ preset: preset.value, experiment: start, at: 0, weights: brought.value?.mark, isStep: true });
    }),

  /** Learns from the beginning to where the networks are: the same samples, at the same rates, to the same weights. */
  learnAgain: () =>
    attempt(async () => {
      await leave();
      const { preset, experiment, brought, samplesSeen } = store;
      const [at, weights] = [samplesSeen.value, brought.value?.mark];
      await begin({ preset: preset.value, experiment: experiment.value, at, weights });
    }),

  /** An experiment as it was: it is begun, and learns to where it was. */
  goBackTo: (address: Address) =>
    attempt(async () => {
      await leave();
      await begin({ ...address, isStep: true });
    }),

  /**
   * Another experiment from the beginning, by those of its rules that can do it; the browser goes back from it to the present one.
   * @param anew whether one that is there already is begun again
   */
  choose: (chosen: Experiment, preset = store.preset.value, anew = false) =>
    attempt(async () => {
      const { value: present } = store.experiment;
      const { experiment, leftOut } = adapt(chosen, preset.experiment, present);
      const isBegunAlike = present.changes.length === 0 && !store.brought.value && sameStart(experiment, present);
      if (!anew && preset === store.preset.value && isBegunAlike && store.networks.value.length > 0) return;
      for (const rule of experiment.rules) runConfigOf(experiment, rule);
      await leave();
      const left = store.brought.value && fileWords(store.brought.value);
      await begin({ preset, experiment, at: 0, isStep: true });
      if (left !== undefined && !store.brought.value) {
        store.notice.value = `The networks begin with weights of the experiment’s own, and no longer with those of ${left}.`;
      }
      if (leftOut !== undefined) store.notice.value = leftOut;
    }),

  /** Files that were dropped or chosen. */
  bring,

  /** Rates that act from the next sample on. */
  chooseRates: moveRates,

  /** The weights of a network that stands, as the bytes of a file. */
  save: saveNetwork,

  /** Draws something else against the samples seen. */
  async chooseMeasure(measure: Measure): Promise<void> {
    store.measure.value = measure;
    bringHeldOut();
    if (store.phase.value === 'paused') await lookClosely();
  },

  /** Shows the circuits an image that was drawn by hand; without one, the next sample again. */
  async showDrawing(pixels: RawInputs | undefined): Promise<void> {
    store.drawing.value = pixels;
    if (store.phase.value === 'paused') await lookAtActivity();
  },

  /** Keeps the present curves. */
  keep: keepCurves,

  forget(): void {
    store.kept.value = [];
  },
};
