import type { ImageSet } from '@apical/data';
import { type Method, methods } from '@apical/experiments';
import { batch } from '@preact/signals';
import { InputError, type Rate } from 'apical';
import { loadCatalogue } from '../data/catalogue.ts';
import { loadSet } from '../data/load-set.ts';
import { ownPrefix, readOwnData } from '../data/own-data.ts';
import { type Address, readAddress } from '../experiment/address.ts';
import { type Experiment, runConfigOf, sameStart, withPresentRates } from '../experiment/experiment.ts';
import type { Weights } from '../training/protocol.ts';
import { writeHistory } from './history.ts';
import { readImport } from './import.ts';
import { findMeasure, type Measure } from './measures.ts';
import {
  chooseRates,
  conductor,
  holdOut,
  lookAtActivity,
  lookClosely,
  openNetworks,
  saveNetwork,
  setRates,
} from './networks.ts';
import { findOptimum } from './optimum.ts';
import { store } from './store.ts';

/** Whether the slider of a rate is being moved: all of its way is one step in the browser's history. */
let movingRates = false;
/** Counts experiments that were begun: what belongs to an earlier one comes too late. */
let begun = 0;

/** What is begun: an experiment at an address, and weights to start from where they are not the experiment's own. */
type Beginning = Address & { readonly weights?: Partial<Record<Method, Weights>> };

/** Fetches the data of an experiment, makes its networks, and goes to where the address says. */
async function begin({ preset, experiment, at, weights = {} }: Beginning): Promise<void> {
  const number = ++begun;
  store.phase.value = 'busy';
  store.problem.value = undefined;
  await conductor.stop();
  try {
    const images = await findImages(experiment);
    if (number !== begun) return;
    await openNetworks(experiment, images, weights);
    if (number !== begun) return;
    store.images.value = images;
  } catch (error) {
    if (number !== begun) return;
    store.problem.value = (error as Error).message;
    // What was there before stays.
    if (store.networks.value.length > 0) store.phase.value = 'paused';
    return;
  }
  batch(() => {
    if (preset !== store.preset.value) store.measure.value = findMeasure(preset.measure);
    store.preset.value = preset;
    store.broughtWeights.value = methods.filter((method) => weights[method]);
    store.experiment.value = experiment;
    store.phase.value = at > 0 ? 'paused' : 'busy';
  });
  bringHeldOut();
  if (at === 0) await stand(() => number === begun);
  // Only now, for it takes a processor that the networks need to be there soon.
  if (number === begun && store.images.value) findOptimum(experiment, store.images.value);
  if (at > 0) await learnTo(at);
}

/** The images of an experiment: those that are there, those that were dropped on the page, or else the server's. */
async function findImages({ set, split }: Experiment): Promise<ImageSet> {
  const isOwn = set.startsWith(ownPrefix);
  const present = isOwn ? store.ownImages.value : store.images.value;
  if (present?.name === set && present.split === split) return present;
  if (isOwn) {
    throw new InputError(`${set.slice(ownPrefix.length)}: these data were on the page only; drop them on it again`);
  }
  return loadSet(set, split, document.baseURI);
}

/** Has images held out to measure accuracy on, where that is drawn and the server has them; meanwhile networks learn. */
async function bringHeldOut(): Promise<void> {
  const { set, split } = store.experiment.value;
  const other = split === 'test' ? 'train' : 'test';
  if (store.measure.value.name !== 'accuracy' || !store.catalogue.value[set]?.[other]) return;
  await attempt(() => holdOut(set, other));
}

/** Learning that goes on, and looking at the networks when they stand. */
let journey: Promise<void> = Promise.resolve();

function learnTo(target: number): Promise<void> {
  if (store.phase.value === 'busy') return journey;
  const number = begun;
  store.phase.value = 'playing';
  const own: Promise<void> = attempt(() => conductor.play(target)).then(async () => {
    // A longer journey may have been begun meanwhile.
    const isCurrent = () => number === begun && own === journey;
    if (isCurrent()) await stand(isCurrent);
  });
  journey = own;
  return own;
}

/** Stops after the present round, and looks at the networks. */
async function pause(): Promise<void> {
  await conductor.stop();
  await journey;
}

/** The networks stand: all of what they are is looked at and can be linked to. */
async function stand(isCurrent: () => boolean): Promise<void> {
  await attempt(lookClosely);
  if (!isCurrent()) return;
  store.phase.value = 'paused';
  writeHistory('replace');
}

/** Reads data of one's own; returns the present experiment on them. */
async function readData(files: readonly File[]): Promise<Experiment> {
  const { images, notice } = await readOwnData(files);
  store.ownImages.value = images;
  store.notice.value = notice;
  return { ...store.experiment.value, set: images.name, split: images.split, changes: [] };
}

/** Does something, and shows what goes wrong with it. */
async function attempt(action: () => Promise<void> | void): Promise<void> {
  try {
    await action();
  } catch (error) {
    store.problem.value = (error as Error).message;
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
      await begin(readAddress(location.search));
    }),

  /** Does what the address says. */
  visit: () => attempt(() => begin(readAddress(location.search))),

  learnTo,
  play: () => learnTo(Number.POSITIVE_INFINITY),
  pause,
  learnOne: () => learnTo(store.samplesSeen.value + 1),
  /** Learns to the end of the present epoch. */
  learnEpoch(): Promise<void> {
    const count = store.images.value?.count ?? 1;
    return learnTo((Math.floor(store.samplesSeen.value / count) + 1) * count);
  },

  /** Begins anew, with the rates that the networks have now. */
  reset: () => begin({ preset: store.preset.value, experiment: withPresentRates(store.experiment.value), at: 0 }),

  /** Another experiment from the beginning; the browser goes back from it to the present one. */
  choose: (experiment: Experiment, preset = store.preset.value) =>
    attempt(async () => {
      if (preset === store.preset.value && sameStart(experiment, store.experiment.value)) return;
      for (const method of experiment.rules) runConfigOf(experiment, method);
      await pause();
      writeHistory('replace');
      writeHistory('push');
      await begin({ preset, experiment, at: 0 });
    }),

  /** Files that were dropped or chosen: a config, weights, or data of one's own. What is wrong with them leaves the run alone. */
  bring: (files: readonly File[]) =>
    attempt(async () => {
      store.problem.value = undefined;
      const takenAway = files.filter(({ name }) => /\.(json|safetensors)$/.test(name));
      const beginnings: Omit<Beginning, 'preset'>[] = [];
      for (const file of takenAway) beginnings.push(await readImport(file, store.experiment.value));
      const data = files.filter((file) => !takenAway.includes(file));
      if (data.length > 0) beginnings.push({ experiment: await readData(data), at: 0 });
      for (const beginning of beginnings) {
        await pause();
        writeHistory('replace');
        writeHistory('push');
        await begin({ preset: store.preset.value, ...beginning });
      }
    }),

  /** Rates that act from the next sample on. The browser goes back to those before them. */
  async chooseRates(method: Method, rates: Readonly<Record<string, Rate>>): Promise<void> {
    if (!movingRates) {
      writeHistory('replace');
      writeHistory('push');
      movingRates = true;
    }
    chooseRates(method, rates);
    if (store.phase.value !== 'paused') return;
    await setRates(store.samplesSeen.value);
    writeHistory('replace');
  },

  /** The slider of a rate was let go: what is chosen after it is another step back. */
  settleRates(): void {
    movingRates = false;
  },

  /** The weights of a network that stands, as the bytes of a file. */
  save: saveNetwork,

  /** Draws something else against the samples seen. */
  async chooseMeasure(measure: Measure): Promise<void> {
    store.measure.value = measure;
    bringHeldOut();
    if (store.phase.value === 'paused') await lookClosely();
  },

  /** Shows the circuits an image that was drawn by hand; without one, the next sample again. */
  async showDrawing(pixels: Uint8Array | undefined): Promise<void> {
    store.drawing.value = pixels;
    if (store.phase.value === 'paused') await lookAtActivity();
  },

  /** Keeps the present curves, to compare others with them. */
  keep(): void {
    const { hidden, seed } = store.experiment.value;
    const id = store.kept.value.length;
    const runs = store.networks.value.map(({ method, points }, i) => {
      return { id: id + i, method, label: `${method}, k = ${hidden}, seed ${seed}`, points };
    });
    store.kept.value = [...store.kept.value, ...runs.filter(({ points }) => points.length > 1)];
  },

  forget(): void {
    store.kept.value = [];
  },
};
