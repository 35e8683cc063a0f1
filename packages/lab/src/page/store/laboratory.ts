import { InputError, type Rate, type RawInputs } from '@apical/core';
import { isSynthetic } from '@apical/data';
import { batch } from '@preact/signals';
import { loadCatalogue } from '../data/catalogue.ts';
import type { ClassColumn } from '../data/class-column.ts';
import { generatedImages } from '../data/generated.ts';
import type { AnyImages } from '../data/images.ts';
import { loadSet } from '../data/load-set.ts';
import { ownPrefix, readOwnData } from '../data/own-data.ts';
import { adapt } from '../experiment/adapt.ts';
import { type Address, readAddress, writeAddress } from '../experiment/address.ts';
import { hiddenWords } from '../experiment/circuit.ts';
import { type Experiment, sameStart, settingsOf, withChanged, withPresentRates } from '../experiment/experiment.ts';
import { presetOf } from '../experiment/preset-of.ts';
import { defaultPreset, findPreset } from '../experiment/presets.ts';
import { runConfigOf } from '../experiment/run-config.ts';
import { keptLabel } from '../experiment/run-label.ts';
import { fileWords, findBrought, keepBrought } from './brought-weights.ts';
import { splitHistory, writeHistory } from './history.ts';
import { readImport, together } from './import.ts';
import { findMeasure, isMeasurable, type Measure } from './measures.ts';
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
import { type KeptRun, store } from './store.ts';

/** The rate that was changed last, if nothing else was done since: all of its changes are one step in the browser's history. */
let movedRate: string | undefined;
/** Whether the rates that are being set are such a step, which is not in the history yet. */
let rateStepDue = false;
/** Counts experiments that were begun: what belongs to an earlier one comes too late. */
let begun = 0;

/** What is begun: what an address says, and whether it is a step from which the browser goes back to what was there before. */
type Beginning = Address & { readonly isStep?: boolean };

/**
 * Fetches the data of an experiment, makes its networks, and goes to where the address says. Where that fails, what was there before
 * stays, and the address says that again.
 */
async function begin({ isStep = false, ...address }: Beginning): Promise<void> {
  const { preset, experiment } = asPreset(address);
  const number = ++begun;
  store.phase.value = 'busy';
  store.problem.value = undefined;
  store.errand.value = isSynthetic(experiment.set)
    ? `Making ${experiment.set}`
    : `Fetching ${experiment.split} images of ${experiment.set}`;
  movedRate = undefined;
  const brought = address.weights === undefined ? undefined : findBrought(address.weights);
  const isLost = address.weights !== undefined && !brought;
  const at = isLost ? 0 : address.at;
  await conductor.stop();
  try {
    const images = await findImages(experiment);
    if (number !== begun) return;
    store.errand.value = `Making networks of ${hiddenWords(experiment.hidden)} hidden units`;
    const weights = Object.entries(brought?.files ?? {}).map(([rule, own]) => [rule, own.weights]);
    await openNetworks(experiment, images, Object.fromEntries(weights));
    if (number !== begun) return;
  } catch (error) {
    if (number !== begun) return;
    store.errand.value = undefined;
    store.problem.value = (error as Error).message;
    if (store.networks.value.length > 0) {
      // The browser may have gone to an address where nothing can be done.
      await stand(() => number === begun);
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
  if (at === 0) await stand(() => number === begun);
  // Only now, for it takes a processor that the networks need to be there soon.
  if (number === begun && store.images.value) findOptimum(experiment, store.images.value);
  if (at > 0) await learnTo(at);
}

/** The preset that the experiment is, where it is one; the rules that it leaves out are as in that, too. */
function asPreset({ preset: given, experiment }: Address): Pick<Address, 'preset' | 'experiment'> {
  const preset = presetOf(experiment, given) ?? given;
  return preset === given
    ? { preset, experiment }
    : { preset, experiment: { ...preset.experiment, rules: experiment.rules } };
}

/** The images of an experiment: those that are there, those that were dropped on the page, or else the server's. */
async function findImages({ set, split }: Experiment): Promise<AnyImages> {
  const isOwn = set.startsWith(ownPrefix);
  const present = isOwn ? store.ownImages.value : store.images.value;
  if (present?.name === set && present.split === split) return present;
  if (isOwn) {
    throw new InputError(`${set.slice(ownPrefix.length)}: these data were on the page only; drop them on it again`);
  }
  if (isSynthetic(set)) return generatedImages(set);
  if (!store.catalogue.value[set]?.[split]) {
    throw new InputError(
      `this server does not have the ${split} images of ${set}: run "apical data fetch ${set}", then start "apical lab" again`,
    );
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

/** What the address says; where it has a mistake, its preset, or else the first of all, and what the mistake is. */
function readAddressOrDefault(): { readonly address: Address; readonly mistake?: string } {
  try {
    return { address: readAddress(location.search) };
  } catch (error) {
    const preset = findPreset(new URLSearchParams(location.search).get('preset')) ?? defaultPreset;
    return { address: { preset, experiment: preset.experiment, at: 0 }, mistake: (error as Error).message };
  }
}

/** Learning that goes on, and looking at the networks when they stand. */
let journey: Promise<void> = Promise.resolve();

function learnTo(target: number): Promise<void> {
  if (store.phase.value === 'busy') return journey;
  const number = begun;
  movedRate = undefined;
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

/** Stops where the networks are, and keeps that in the address for the browser to come back to. */
async function leave(): Promise<void> {
  const wasBusy = store.phase.value === 'busy';
  await pause();
  if (!wasBusy) writeHistory('replace');
}

/** The networks stand: all of what they are is looked at and can be linked to. */
async function stand(isCurrent: () => boolean): Promise<void> {
  await attempt(lookClosely);
  if (!isCurrent()) return;
  store.errand.value = undefined;
  store.phase.value = 'paused';
  writeHistory('replace');
}

/** Reads data of one's own; returns the present experiment on them. */
async function readData(files: readonly File[], column?: ClassColumn): Promise<Experiment> {
  const { images, notice, otherColumn } = await readOwnData(files, column);
  const experiment = { ...store.experiment.value, set: images.name, split: images.split, changes: [] };
  const isBytes = images.pixels instanceof Uint8Array;
  const scaled = isBytes ? experiment : withStandardised(experiment);
  const remark =
    scaled === experiment
      ? undefined
      : 'Inputs are standardised: numbers that are no bytes cannot be taken as bytes are.';
  store.ownImages.value = images;
  store.notice.value = [notice, remark].filter((part) => part !== undefined).join('\n') || undefined;
  store.offer.value = otherColumn && {
    words: `Take the ${otherColumn} column for the class`,
    take: () => laboratory.bring(files, otherColumn),
  };
  return scaled;
}

/** The experiment whose rules learn standardised inputs where they learned p / 255, or p: these are for bytes. */
function withStandardised(experiment: Experiment): Experiment {
  const ofBytes = experiment.rules.filter((rule) => ['raw', 'unit'].includes(settingsOf(experiment, rule).inputs));
  return ofBytes.reduce((changed, rule) => withChanged(changed, rule, { inputs: 'standardised' }), experiment);
}

/** Reads configs or weights, and says what follows from them. */
async function readTakenAway(
  files: readonly File[],
  data: readonly File[],
): Promise<Omit<Beginning, 'preset'> & { readonly takesData: boolean }> {
  const { value: present } = store.experiment;
  const read = files.map((file) => readImport(file, present, store.preset.value.experiment, data));
  const { experiment, at, brought, images, file: name } = together(await Promise.all(read));
  const takesData = images !== undefined;
  if (images) store.ownImages.value = images;
  if (brought) {
    keepBrought(brought);
    const [its, file] = files.length === 1 ? ['its', 'the file'] : ['their', 'the files'];
    store.notice.value = `${name}: ${its} weights are on this page only, and not in its address: after a reload, bring ${file} again.`;
    if (images) {
      store.notice.value += `\n${images.name.slice(ownPrefix.length)} is prepared as what the network learned; the page measures on it, and learns it.`;
    }
    return { experiment, at, weights: brought.mark, takesData };
  }
  store.notice.value = `${name}: the network learns ${at} samples, as the config says.`;
  return { experiment, at, takesData };
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

  /** Files that were dropped or chosen: a config, weights, or data of one's own. What is wrong with them leaves the run alone. */
  bring: (files: readonly File[], column?: ClassColumn) =>
    attempt(async () => {
      store.problem.value = undefined;
      store.notice.value = undefined;
      store.offer.value = undefined;
      const takenAway = files.filter(({ name }) => /\.(json|safetensors)$/.test(name));
      const beginnings: Omit<Beginning, 'preset'>[] = [];
      const data = files.filter((file) => !takenAway.includes(file));
      const taken = takenAway.length > 0 ? await readTakenAway(takenAway, data) : undefined;
      if (taken) beginnings.push(taken);
      if (data.length > 0 && !taken?.takesData) beginnings.push({ experiment: await readData(data, column), at: 0 });
      for (const beginning of beginnings) {
        await leave();
        await begin({ preset: store.preset.value, ...beginning, isStep: true });
      }
    }),

  /**
   * Rates that act from the next sample on. The browser goes back to those before them.
   * @param moved which rate it is that was changed
   */
  async chooseRates(rule: string, rates: Readonly<Record<string, Rate>>, moved: string): Promise<void> {
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
  async showDrawing(pixels: RawInputs | undefined): Promise<void> {
    store.drawing.value = pixels;
    if (store.phase.value === 'paused') await lookAtActivity();
  },

  /**
   * Keeps the present curves, to compare others with them: those of an experiment once, as far as they are now.
   */
  keep(): void {
    const { experiment, preset, networks, kept } = store;
    const weights = store.brought.value?.mark;
    const address = writeAddress({ preset: preset.value, experiment: experiment.value, at: 0, weights });
    const isSame = (run: KeptRun) => run.begun === begun || run.address === address;
    const others = kept.value.filter((run) => !isSame(run));
    const same = kept.value.find(isSame);
    const number = same?.number ?? Math.max(0, ...others.map((run) => run.number)) + 1;
    const runs = networks.value.map(({ rule, points, failure }) => ({
      ...{ rule, points, begun, address, number, hasFailed: failure !== undefined },
      label: keptLabel(rule, experiment.value, preset.value, number),
    }));
    kept.value = [...others, ...runs.filter(({ points }) => points.length > 1)];
  },

  forget(): void {
    store.kept.value = [];
  },
};
