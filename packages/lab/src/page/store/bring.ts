import type { Choice } from '../data/labelled-files.ts';
import { readOwnData } from '../data/own-data.ts';
import { type Experiment, settingsOf, withChanged } from '../experiment/experiment.ts';
import { attempt } from './attempt.ts';
import { type Beginning, begin } from './begin.ts';
import { keepBrought, learnedBefore } from './brought-weights.ts';
import { readImport, together } from './import.ts';
import { leave } from './journey.ts';
import { store } from './store.ts';

/** Files that were dropped or chosen: a config, weights, or data of one's own. What is wrong with them leaves the run alone. */
export function bring(given: readonly File[] | Promise<readonly File[]>, choice?: Choice): Promise<void> {
  return attempt(async () => {
    store.problem.value = undefined;
    store.notice.value = undefined;
    store.ownTable.value = undefined;
    const files = await given;
    const takenAway = files.filter(({ name }) => /\.(json|safetensors)$/.test(name));
    const beginnings: Omit<Beginning, 'preset'>[] = [];
    const data = files.filter((file) => !takenAway.includes(file));
    const taken = takenAway.length > 0 ? await readTakenAway(takenAway, data) : undefined;
    if (taken) beginnings.push(taken);
    if (data.length > 0 && !taken?.takesData) beginnings.push({ experiment: await readData(data, choice), at: 0 });
    for (const beginning of beginnings) {
      await leave();
      await begin({ preset: store.preset.value, ...beginning, isStep: true });
    }
  });
}

/** Reads data of one's own; returns the present experiment on them. How a table is read stays to be chosen, also where it cannot be. */
async function readData(files: readonly File[], choice?: Choice): Promise<Experiment> {
  const { images, notice } = await readOwnData(files, choice, (choices) => {
    store.ownTable.value = { choices, choose: (changed) => bring(files, { ...choice, ...changed }) };
  });
  const experiment = { ...store.experiment.value, set: images.name, split: images.split, changes: [] };
  const isBytes = images.pixels instanceof Uint8Array;
  const scaled = isBytes ? experiment : withStandardised(experiment);
  const remark =
    scaled === experiment ? '' : '\nInputs are standardised: numbers that are no bytes cannot be taken as bytes are.';
  store.ownImages.value = images;
  store.notice.value = notice + remark;
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
  const { experiment, at, brought, images, remark, file: name } = together(await Promise.all(read));
  const takesData = images !== undefined;
  if (images) store.ownImages.value = images;
  if (brought) {
    keepBrought(brought);
    const [its, file] = files.length === 1 ? ['its', 'the file'] : ['their', 'the files'];
    store.notice.value = `${name}: ${its} weights are on this page only, and not in its address: after a reload, bring ${file} again.`;
    const learned = learnedBefore(brought)?.map((count) => count.toLocaleString('en'));
    if (learned)
      store.notice.value += ` ${its === 'its' ? 'It' : 'They'} had learned ${learned.join(' and ')} samples; the page counts, and draws, from there on.`;
    if (remark !== undefined) store.notice.value += `\n${remark}`;
    return { experiment, at, weights: brought.mark, takesData };
  }
  store.notice.value = `${name}: the network learns ${at === 1 ? 'one sample' : `${at.toLocaleString('en')} samples`}, as the config says.`;
  if (remark !== undefined) store.notice.value += `\n${remark}`;
  return { experiment, at, takesData };
}
