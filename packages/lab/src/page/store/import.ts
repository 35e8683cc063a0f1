import {
  decodeText,
  InputError,
  parseJson,
  readModelNotes,
  readSafetensors,
  runRuleNames,
  sha256,
  type TensorFile,
} from '@apical/core';
import { folderTarget, isTablePath, kindNamed, shippedTable } from '@apical/data';
import {
  describeOwnTable,
  isOwnData,
  learnedShare,
  ownPath,
  ownSet,
  parseRunConfig,
  type RunConfig,
  ruleTitle,
} from '@apical/experiments';
import type { AnyImages } from '../data/images.ts';
import { isLearned, readForConfig, readForModel } from '../data/model-samples.ts';
import { quote } from '../data/shell-word.ts';
import { sharedNames } from '../experiment/address-fields.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { guessNetwork } from '../experiment/guess-network.ts';
import { runConfigOf, takesRidge, withConfig } from '../experiment/run-config.ts';
import type { BroughtWeights } from './brought-weights.ts';

/** What a file says that was taken away before: a run, and the weights that it starts from. */
export interface Imported {
  readonly file: string;
  readonly experiment: Experiment;
  /** How many samples the run has learned, from its own start. */
  readonly at: number;
  readonly brought?: BroughtWeights;
  /** Samples of one's own that came with it, prepared as the network takes them. */
  readonly images?: AnyImages;
  /** What these are to the network. */
  readonly remark?: string;
}

/** A file of more bytes is neither a config nor the weights of a network that fits in here. */
const mostBytes = 200_000_000;

/**
 * Reads a config (JSON) or weights (safetensors).
 * @param base the experiment of which what the file does not say is taken
 * @param data data of one's own that came with it, which a network takes that has learned such
 * @throws InputError that says what is wrong with it
 */
export async function readImport(
  file: File,
  base: Experiment,
  preset: Experiment,
  data: readonly File[] = [],
): Promise<Imported> {
  if (file.size > mostBytes) throw new InputError(`${file.name}: too large for a config or weights`);
  if (file.name.endsWith('.json')) {
    const config = readConfig(decodeText(new Uint8Array(await file.arrayBuffer()), file.name), file.name);
    const isFile = isOwnData(config.data.set) && config.data.table?.target !== folderTarget;
    if (data.length > 0 && isFile) return readConfigOfOwn(config, file.name, data);
    return { experiment: experimentOf(config, file.name), at: config.samples, file: file.name };
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { tensors, metadata } = readSafetensors(bytes, file.name);
  const config = metadata.config === undefined ? undefined : readConfig(metadata.config, file.name);
  if (config && isOwnData(config.data.set) && (data.length > 0 || !shippedTable(config.data.set)))
    return readOfOwn(bytes, config, file.name, data);
  const experiment = config ? experimentOf(config, file.name) : guess(tensors, file.name, base, preset);
  const mark = (await sha256(bytes)).slice(0, 12);
  const learned = config && { learned: config.samples };
  const files = { [experiment.rules[0]!]: { file: file.name, weights: tensors, ...learned } };
  return { experiment, at: 0, file: file.name, brought: { mark, files } };
}

/** A config that learns data of one's own, and these. */
async function readConfigOfOwn(config: RunConfig, file: string, data: readonly File[]): Promise<Imported> {
  refuseOthers(config, file, `apical train --config ${quote(file)}`);
  const { table: _, ...learned } = config.data;
  const images = await readForConfig(data, file, config.data);
  const own = { ...learned, set: images.name, split: images.split };
  const remark = `${describeOwnTable({ ...config.data, set: ownSet(namesOf(data)) })}.`;
  return { experiment: experimentOf({ ...config, data: own }, file), at: config.samples, file, images, remark };
}

/** @throws InputError for networks of data of one's own that tell no classes. @param command what to do with them */
function refuseOthers({ data: { labels, set, table } }: RunConfig, file: string, command: string): void {
  if (labels !== 'none' && labels !== 'numbers') return;
  const what = labels === 'none' ? 'no labels' : table?.secondView === undefined ? 'numbers' : 'two views';
  throw new InputError(
    `${file}: learns ${what} of ${ownPath(set)}: of data of one's own the page shows networks that tell classes; others are for the command: ${command}`,
  );
}

/** What measures a model on the data that it learned: tables and folders have what it tells, arrays have it elsewhere. */
function evaluateCommand(file: string, { set, table }: RunConfig['data']): string {
  const path = ownPath(set);
  const { target = folderTarget, secondView } = table ?? {};
  const hasTarget = target === folderTarget || isTablePath(path) || kindNamed(path) === 'parquet';
  const where = [
    ...(hasTarget ? [] : ['--target', quote(target)]),
    ...(secondView === undefined ? [] : ['--second-view', quote(secondView)]),
  ];
  return ['apical evaluate', quote(file), '--data', quote(path), ...where].join(' ');
}

/** A network that learned data of one's own, and samples that came with it. */
async function readOfOwn(
  bytes: Uint8Array<ArrayBuffer>,
  config: RunConfig,
  file: string,
  data: readonly File[],
): Promise<Imported> {
  const { set, table } = config.data;
  const path = ownPath(set);
  const command = evaluateCommand(file, config.data);
  refuseOthers(config, file, command);
  if (data.length === 0 && table?.found?.image && table.target === folderTarget) {
    throw new InputError(
      `${file}: learned the images of the folder ${path}, and the page reads no images in files or folders; the command does: ${command}`,
    );
  }
  if (data.length === 0) {
    throw new InputError(
      `${file}: learned ${path}, which the page does not have: drop that, or later data like it, together with the weights`,
    );
  }
  const { tensors } = readSafetensors(bytes, file);
  const mark = (await sha256(bytes)).slice(0, 12);
  const brought = { mark, files: { [config.rule]: { file, weights: tensors, learned: config.samples } } };
  const share = (await isLearned(data, config.data)) ? learnedShare(namesOf(data), config.data, file) : undefined;
  // The first of them alone no experiment of the page learns.
  if (share !== undefined && config.data.first === undefined) {
    const held = table?.holdOut === undefined ? '' : '; the page learns these, and measures the others as held out';
    return { ...(await readConfigOfOwn(config, file, data)), at: 0, brought, remark: `${share}${held}.` };
  }
  const notes = await readModelNotes(bytes, file);
  const images = await readForModel(data, { file, data: config.data, ...notes });
  const { first: _, table: __, ...learned } = config.data;
  const prepared = { ...learned, set: images.name, split: images.split, inputs: 'raw' as const };
  const experiment = experimentOf({ ...config, data: prepared }, file);
  const remarks = [
    ...(share === undefined ? [] : [`${share}.`]),
    `${namesOf(data)} is prepared as what the network learned; the page measures on it, and learns it.`,
  ];
  return { experiment, at: 0, file, images, brought, remark: remarks.join('\n') };
}

function namesOf(files: readonly File[]): string {
  return files.map(({ name }) => name).join(' and ');
}

/**
 * What several files say together: networks of several rules, side by side.
 * @throws InputError where they are no parts of one experiment, with the files and what is different
 */
export function together(all: readonly Imported[]): Imported {
  return all.reduce((before, next) => {
    const [a, b] = [before.experiment, next.experiment];
    const both = `${before.file} and ${next.file}`;
    if (before.images || next.images)
      throw new InputError(`${both}: a network that learned data of one's own is brought by itself`);
    const twice = a.rules.find((rule) => b.rules.includes(rule));
    if (twice !== undefined)
      throw new InputError(`${both} both have a network of ${ruleTitle(twice)}: bring one of them`);
    const ridges = [a, b].flatMap((experiment) =>
      experiment.rules.some((rule) => takesRidge(experiment, rule)) ? [experiment.ridge] : [],
    );
    const other = sharedNames.find((name) =>
      name === 'ridge' ? new Set(ridges).size > 1 : JSON.stringify(a[name]) !== JSON.stringify(b[name]),
    );
    if (other !== undefined) {
      throw new InputError(`${both} are of other experiments (${other} differs): bring one of them at a time`);
    }
    if (before.at !== next.at) {
      throw new InputError(`${both} learn ${before.at} and ${next.at} samples: bring one of them at a time`);
    }
    const rules = runRuleNames.filter((rule) => a.rules.includes(rule) || b.rules.includes(rule));
    const settings = { ...a.settings, ...b.settings };
    const marks = [before.brought?.mark, next.brought?.mark].filter((mark) => mark !== undefined);
    return {
      file: both,
      at: before.at,
      experiment: { ...a, ridge: ridges[0] ?? a.ridge, rules, settings },
      ...(marks.length > 0 && {
        brought: { mark: marks.join('+'), files: { ...before.brought?.files, ...next.brought?.files } },
      }),
    };
  });
}

function guess(tensors: TensorFile['tensors'], source: string, base: Experiment, preset: Experiment): Experiment {
  const found = guessNetwork(tensors, base, preset);
  if (found) return found;
  const names = Object.keys(tensors).join(', ');
  throw new InputError(
    `${source}: no rule has a network of these weights, ${names || 'none at all'}; bring a file that has its config`,
  );
}

/** The experiment of a config. @throws InputError for one that the page cannot do, before anything is left for it */
function experimentOf(config: RunConfig, source: string): Experiment {
  try {
    const experiment = withConfig(config);
    runConfigOf(experiment, config.rule, config.samples);
    return experiment;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${source}: ${error.message}`);
  }
}

function readConfig(text: string, source: string): RunConfig {
  const settings = parseJson(text, source);
  if (typeof settings !== 'object' || settings === null || !('rule' in settings)) {
    throw new InputError(`${source}: is JSON, but no config of a run: it names no rule`);
  }
  return parseRunConfig(settings, source);
}
