import {
  createMemory,
  InputError,
  type ModelNotes,
  RandomStream,
  type Samples,
  samplesOf,
  shareNumbers,
  shareSamples,
  weightsDigest,
} from '@apical/core';
import {
  fitPreprocessing,
  generate,
  type ImageSet,
  isStream,
  isSynthetic,
  loadImages,
  type NumberSet,
  type OwnData,
  preprocess,
  type Split,
  streamFiles,
  streamInputs,
  syntheticSet,
} from '@apical/data';
import { imagesNeeded } from '../config/image-part.ts';
import { isNumberData, isOwnData, ownPath } from '../config/own-data.ts';
import type { RunConfig } from '../config/run-config.ts';
import { sha256OfFile } from '../files/sha256.ts';
import { checkUnchanged, type OwnPlaces, readAgain } from '../own-data/read-own-data.ts';
import { generatedRows, type NumberRows, ownRows, preparedRows } from './number-rows.ts';

/** What of a run's config says which data it needs. */
export type DataSettings = Pick<RunConfig, 'data'> & Partial<Pick<RunConfig, 'accuracy'>>;

/** Samples as runs learn them or are measured on them. */
export interface LoadedData {
  readonly samples: Samples;
  /** The SHA-256 sums of what they come from, by name. */
  readonly sha256: Readonly<Record<string, string>>;
  /** What a model is to remember of what it learns. */
  readonly notes: ModelNotes;
}

/** What a run learns, and the images of each split that its accuracy is measured on. */
export interface RunData {
  readonly samples: Samples;
  readonly splits: Readonly<Partial<Record<Split, Samples>>>;
}

/** Where all of that lies in `DataSets.shared`. */
export interface RunDataPlaces {
  readonly samples: number;
  readonly splits: Readonly<Partial<Record<Split, number>>>;
}

interface LoadOptions {
  readonly directory?: string | undefined;
  readonly places?: OwnPlaces | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told what is to be known of files that are not known to be the official ones. */
  readonly onNote?: ((text: string) => void) | undefined;
}

/** Rows, and the sums of what they come from. */
interface SummedRows {
  readonly rows: NumberRows;
  readonly sha256: LoadedData['sha256'];
}

/**
 * The data of some runs, every distinct set of images once, in one memory that workers can read. However they are prepared,
 * the same images lie there once.
 */
export class DataSets {
  readonly #memory = createMemory();
  readonly #images = new Map<string, ImageSet>();
  readonly #own = new Map<string, OwnData>();
  readonly #made = new Map<string, SummedRows>();
  readonly #loaded: LoadedData[] = [];
  readonly #keys: string[] = [];
  readonly #places: OwnPlaces;

  private constructor(places: OwnPlaces) {
    this.#places = places;
  }

  /**
   * Loads them.
   * @throws InputError where one is not there, is damaged, or has too few images; the signal's reason
   */
  static async load(
    wanted: readonly DataSettings[],
    { directory, places = {}, signal, onNote }: LoadOptions = {},
  ): Promise<DataSets> {
    const sets = new DataSets(places);
    for (const { data, accuracy = {} } of wanted) {
      for (const split of [undefined, ...measuredSplits(data, accuracy)]) {
        signal?.throwIfAborted();
        await sets.#add(data, split, directory);
      }
      sets.#checkParts(data, accuracy);
    }
    signal?.throwIfAborted();
    for (const note of new Set([...sets.#images.values()].flatMap(({ notes = [] }) => notes))) onNote?.(note);
    return sets;
  }

  /** All of them, for workers. */
  get shared(): Samples[] {
    return this.#loaded.map(({ samples }) => samples);
  }

  /** The images that are learned, or all of a split, prepared alike. */
  get(data: RunConfig['data'], split?: Split): LoadedData {
    const loaded = this.#loaded[this.indexOf(data, split)];
    if (loaded === undefined) throw new RangeError(`${keyOf(data, split)} is not loaded`);
    return loaded;
  }

  /** The place of images in `shared`. */
  indexOf(data: RunConfig['data'], split?: Split): number {
    return this.#keys.indexOf(keyOf(data, split));
  }

  /** Where a run's data lies. */
  places({ data, accuracy = {} }: DataSettings): RunDataPlaces {
    return {
      samples: this.indexOf(data),
      splits: Object.fromEntries(measuredSplits(data, accuracy).map((split) => [split, this.indexOf(data, split)])),
    };
  }

  /** The SHA-256 sums of all files that a run's data comes from, by file name. */
  sha256({ data, accuracy = {} }: DataSettings): Record<string, string> {
    const splits = [undefined, ...measuredSplits(data, accuracy)];
    return Object.assign({}, ...splits.map((split) => this.get(data, split).sha256));
  }

  /** @param split undefined for what is learned */
  async #add(data: RunConfig['data'], split: Split | undefined, directory: string | undefined): Promise<void> {
    if (this.indexOf(data, split) >= 0) return;
    if (isStream(data.set)) {
      // Nothing of a stream is loaded: it is made as it is learned.
      const inputs = streamInputs(data.set);
      const sums = streamFiles(data.set).map((path) => [path, sha256OfFile(path).value ?? 'missing'] as const);
      const sha256 = Object.fromEntries(sums);
      this.#keys.push(keyOf(data, split));
      this.#loaded.push({ samples: samplesOf({ X: new Float32Array(inputs), inputs }), sha256, notes: {} });
      return;
    }
    if (isNumberData(data.set)) {
      const loaded = await this.#prepareNumbers(data, split);
      this.#keys.push(keyOf(data, split));
      this.#loaded.push(loaded);
      return;
    }
    this.#keys.push(keyOf(data, split));
    const learned = firstOf(await this.#load(data, data.split, directory), data);
    const images = split === undefined ? learned : await this.#load(data, split, directory);
    const preprocessing = fitPreprocessing(learned, data);
    const prepared = preprocess(images, preprocessing);
    // Pixels lie there already, unless they were made numbers.
    const lies = prepared.raw === images.pixels && { memory: this.#memory };
    this.#loaded.push({
      samples: await shareSamples({ ...prepared, ...lies }, this.#memory),
      sha256: images.sha256,
      notes: { preprocessing, ...(data.labels !== 'none' && { classNames: images.classNames }) },
    });
  }

  /** Samples of a table of one's own, or generated ones, prepared as those are that are learned, in the shared memory. */
  async #prepareNumbers(data: RunConfig['data'], split: Split | undefined): Promise<LoadedData> {
    const { rows, sha256 } = isOwnData(data.set) ? await this.#ownRows(data) : await this.#generated(data.set);
    const { samples, preprocessing } = preparedRows(rows, data, split);
    const { classNames } = rows;
    return {
      samples: await shareSamples(samples, this.#memory),
      sha256,
      notes: { preprocessing, ...(classNames && data.labels !== 'none' && { classNames }) },
    };
  }

  async #ownRows(data: RunConfig['data']): Promise<SummedRows> {
    const own = await this.#readOwn(data);
    const { test } = data.table ?? {};
    const sha256 = {
      [ownPath(data.set)]: own.sha256,
      ...(test !== undefined && own.testSha256 !== undefined && { [test]: own.testSha256 }),
    };
    return { rows: ownRows(own), sha256 };
  }

  async #generated(set: string): Promise<SummedRows> {
    const known = this.#made.get(set);
    if (known) return known;
    const samples = generate(set);
    const made = { rows: generatedRows(samples), sha256: { [set]: await digestOf(samples) } };
    this.#made.set(set, made);
    return made;
  }

  /** @throws InputError where a table is not what the run knows */
  async #readOwn(data: RunConfig['data']): Promise<OwnData> {
    const { set, table, labels } = data;
    if (!table) throw new InputError(`data.table: is missing: it says what of ${set} is learned`);
    const key = JSON.stringify([set, table, labels]);
    const own = this.#own.get(key) ?? (await readAgain({ set, table, labels }, this.#places));
    this.#own.set(key, own);
    checkUnchanged(data, own, this.#places);
    return own;
  }

  /** The images of a split, those of the split that is learned in the order that is asked for; their bytes in the shared memory. */
  async #load(data: RunConfig['data'], split: Split, directory: string | undefined): Promise<ImageSet> {
    const { set } = data;
    const shuffle = split === data.split ? data.shuffle : undefined;
    const key = `${set} ${split} ${shuffle ?? 'as given'}`;
    const known = this.#images.get(key);
    if (known !== undefined) return known;
    const given = await loadImages({ set, split, directory });
    const images = shuffle === undefined ? given : shuffled(given, shuffle);
    const shared = {
      ...images,
      pixels: shareNumbers(images.pixels, this.#memory),
      classes: shareNumbers(images.classes, this.#memory),
    };
    this.#images.set(key, shared);
    return shared;
  }

  #checkParts(data: RunConfig['data'], accuracy: RunConfig['accuracy']): void {
    for (const [name, part] of Object.entries(accuracy)) {
      const { count } = this.get(data, part.split).samples;
      const needed = imagesNeeded(part);
      if (needed > count) throw new InputError(`accuracy.${name}: ${fewer(data.set, count, part.split, needed)}`);
    }
  }
}

/** The data of a run, out of all that is shared. */
export function dataAt(shared: readonly Samples[], { samples, splits }: RunDataPlaces): RunData {
  const at = (place: number): Samples => {
    const found = shared[place];
    if (found === undefined) throw new RangeError(`there is no shared data set ${place}`);
    return found;
  };
  return {
    samples: at(samples),
    splits: Object.fromEntries(Object.entries(splits).map(([split, place]) => [split, at(place)])),
  };
}

/** The SHA-256 sum of all numbers of generated data. */
async function digestOf({ X, Y, classes, inputs, labels }: NumberSet): Promise<string> {
  const count = X.length / inputs;
  return weightsDigest({
    X: { rows: count, cols: inputs, data: X },
    ...(Y && { Y: { rows: count, cols: labels, data: Y } }),
    ...(classes && { classes: { rows: count, cols: 1, data: Float32Array.from(classes) } }),
  });
}

/** The images in the random order that the number determines. */
function shuffled(images: ImageSet, shuffle: number): ImageSet {
  const { count, pixels, classes } = images;
  const size = pixels.length / count;
  const order = new RandomStream(shuffle, 'order of images').permutation(count);
  const moved = new Uint8Array(pixels.length);
  for (const [i, from] of order.entries()) moved.set(pixels.subarray(from * size, (from + 1) * size), i * size);
  return { ...images, pixels: moved, classes: Uint8Array.from(order, (from) => classes[from]!) };
}

/** The first of the images, where not all are learned. @throws InputError where there are not as many */
function firstOf(images: ImageSet, { set, split, first }: RunConfig['data']): ImageSet {
  const { count, pixels, classes } = images;
  if (first === undefined || first === count) return images;
  if (first > count) throw new InputError(`data.first: ${fewer(set, count, split, first)}`);
  const pixelsOfImage = pixels.length / count;
  return {
    ...images,
    count: first,
    pixels: pixels.subarray(0, first * pixelsOfImage),
    classes: classes.subarray(0, first),
  };
}

/** The splits that a run is measured on: those of its accuracies; where numbers are learned, what is held out. */
function measuredSplits(data: RunConfig['data'], accuracy: NonNullable<DataSettings['accuracy']>): readonly Split[] {
  const isHeldOut = data.labels === 'numbers' && isNumberData(data.set) && holdsOut(data);
  return [...new Set([...Object.values(accuracy).map(({ split }) => split), ...(isHeldOut ? ['test' as const] : [])])];
}

function holdsOut({ set, table }: RunConfig['data']): boolean {
  return isSynthetic(set) ? syntheticSet(set).test > 0 : table?.found?.test !== undefined;
}

/** "mnist has 10,000 test images, not 20,000". */
function fewer(set: string, count: number, split: Split, asked: number): string {
  return `${set} has ${count.toLocaleString('en')} ${split} images, not ${asked.toLocaleString('en')}`;
}

/** @param measured a split, all of it; undefined for what is learned, which may be all of its own */
function keyOf(
  { set, table, split, shuffle, first, inputs, labels, labelInputs = 'raw' }: RunConfig['data'],
  measured: Split | undefined,
): string {
  const part = measured ?? (first === undefined ? split : `${split} ${first}`);
  const own = table === undefined ? [] : [JSON.stringify(table)];
  return [set, ...own, split, shuffle ?? 'as given', first ?? 'all', inputs, labels, labelInputs, part].join(' ');
}
