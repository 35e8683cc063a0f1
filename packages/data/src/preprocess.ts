import {
  type ClassLabels,
  classTargets,
  InputError,
  type ModelPreprocessing,
  type RawInputs,
  type Samples,
} from '@apical/core';
import { type HalfNumbers, widened } from './formats/half-numbers.ts';
import type { ImageSet } from './image-set.ts';

/** How bytes become inputs, and classes labels. */
export interface Preprocessing {
  /**
   * `raw`: the byte p itself; `unit`: p / 255; `unit-length`: p / ‖p‖, every image scaled to length 1; `standardised`:
   * (p − μ) / σ, with one mean μ and one (population) standard deviation σ over all pixels and images of the set that is
   * learned; `columns`: the same with a mean and a standard deviation for each input, which images do not have; `centred`: (p − μ_j) / s,
   * with a mean for each input and one scale s, so that the mean length of what is learned is 1: ⟨‖x‖⟩ = 1.
   */
  readonly inputs: 'raw' | 'unit' | 'unit-length' | 'standardised' | 'columns' | 'centred';
  /** `numbers` is for data whose labels are no classes: images have none such. `none` leaves labels out. */
  readonly labels: ClassLabels | 'numbers' | 'none';
}

/** Images as samples, their pixels as they are, and their classes. */
export interface ImageSamples<Pixels extends RawInputs = Uint8Array> extends Samples {
  readonly raw: Pixels;
  readonly classes: Uint8Array;
}

/** What leaves pixels as they are, and has labels. */
export interface PixelPreprocessing extends Preprocessing {
  readonly inputs: 'raw' | 'unit' | 'unit-length' | 'standardised';
  readonly labels: ClassLabels;
}

/**
 * How images are prepared that are learned, to prepare others alike: `standardised` becomes the mean and the standard
 * deviation of these.
 *
 * @throws InputError if the inputs are to be standardised but all pixels are the same, and for labels that are numbers
 */
export function fitPreprocessing(learned: ImageSet<RawInputs>, { inputs, labels }: Preprocessing): ModelPreprocessing {
  if (labels === 'numbers') throw new InputError(`${learned.name}: the labels of images are classes, not numbers`);
  if (inputs === 'columns') throw new InputError(`${learned.name}: images have one mean for all pixels, not columns`);
  if (inputs === 'centred') return { inputs: fitRows(learned.pixels, pixelsOf(learned), inputs), labels };
  if (inputs !== 'standardised') return { inputs, labels };
  const { mean, sd } = moments(learned.pixels);
  if (!(sd > 0)) throw new InputError(`${learned.name}: all pixels are the same, so the inputs cannot be standardised`);
  return { inputs: { mean, sd }, labels };
}

/**
 * Makes samples from images: inputs of height · width · channels numbers, labels of one number a class, or none. The pixels are not
 * copied, but where each input has a mean of its own. Images that are learned are prepared by a `Preprocessing`; to measure on others what
 * was learned, prepare these by `fitPreprocessing` of the images learned, so that held-out images have no part in their own scaling.
 *
 * @throws InputError if the inputs are to be standardised but all pixels are the same, or for an unknown way
 */
export function preprocess<Pixels extends RawInputs>(
  images: ImageSet<Pixels>,
  preprocessing: PixelPreprocessing,
): ImageSamples<Pixels>;
export function preprocess(images: ImageSet<RawInputs>, preprocessing: Preprocessing | ModelPreprocessing): Samples;
export function preprocess(images: ImageSet<RawInputs>, preprocessing: Preprocessing | ModelPreprocessing): Samples {
  const { inputs, labels } = isFitted(preprocessing) ? preprocessing : fitPreprocessing(images, preprocessing);
  if (labels === 'numbers') throw new InputError(`${images.name}: the labels of images are classes, not numbers`);
  const { count, pixels, classNames } = images;
  const prepared = hasColumns(inputs)
    ? { raw: standardiseColumns(pixels, pixelsOf(images), inputs), scale: 1, offset: 0 }
    : { raw: pixels, ...scaling(pixels, count, inputs) };
  const known = { count, inputs: pixelsOf(images), ...prepared };
  if (labels === 'none') return { ...known, labels: 0, targets: new Float32Array() };
  const targets = classTargets(classNames.length, labels);
  return { ...known, labels: classNames.length, classes: images.classes, targets };
}

/** How many numbers an image has. */
function pixelsOf({ shape: { height, width, channels } }: Pick<ImageSet, 'shape'>): number {
  return height * width * channels;
}

/**
 * How rows of numbers are prepared that are learned, to prepare others alike: see `Preprocessing`. What is the same in all rows is
 * standardised to 0.
 */
export function fitRows(
  given: ArrayLike<number> | HalfNumbers,
  columns: number,
  inputs: Preprocessing['inputs'],
): ModelPreprocessing['inputs'] {
  if (inputs !== 'standardised' && inputs !== 'centred' && inputs !== 'columns') return inputs;
  const rows = widened(given);
  if (inputs === 'standardised') {
    const { mean, sd } = momentsOfNumbers(rows);
    return { mean, sd: sd > 0 ? sd : 1 };
  }
  if (inputs === 'centred') return centredMoments(rows, columns);
  const each = Array.from({ length: columns }, (_, j) =>
    momentsOfNumbers(Float64Array.from({ length: rows.length / columns }, (_, row) => rows[row * columns + j]!)),
  );
  return { mean: each.map(({ mean }) => mean), sd: each.map(({ sd }) => (sd > 0 ? sd : 1)) };
}

/**
 * `count` rows of numbers p as inputs, prepared like the bytes that a model learned from; row-major, both.
 *
 * @throws InputError where the rows have other columns than were learned
 */
export function preprocessRows(
  given: ArrayLike<number> | HalfNumbers,
  count: number,
  { inputs }: Pick<ModelPreprocessing, 'inputs'>,
): Float32Array {
  const rows = widened(given);
  const columns = rows.length / count;
  if (hasColumns(inputs)) return standardiseColumns(rows, columns, inputs);
  const { scale, offset } = scaling(rows, count, inputs);
  return Float32Array.from({ length: rows.length }, (_, i) => {
    return (typeof scale === 'number' ? scale : scale[Math.floor(i / columns)]!) * rows[i]! + offset;
  });
}

function standardiseColumns(rows: ArrayLike<number>, columns: number, { mean, sd }: ColumnMoments): Float32Array {
  if (columns !== mean.length) throw new InputError(`rows of ${columns} numbers; ${mean.length} were learned`);
  return Float32Array.from({ length: rows.length }, (_, i) => (rows[i]! - mean[i % columns]!) / sd[i % columns]!);
}

/** A mean and a standard deviation for each input. */
type ColumnMoments = Extract<ModelPreprocessing['inputs'], { readonly mean: readonly number[] }>;

function hasColumns(inputs: Preprocessing['inputs'] | ModelPreprocessing['inputs']): inputs is ColumnMoments {
  return typeof inputs === 'object' && typeof inputs.mean !== 'number';
}

function isFitted(preprocessing: Preprocessing | ModelPreprocessing): preprocessing is ModelPreprocessing {
  return !['standardised', 'columns', 'centred'].includes(preprocessing.inputs as string);
}

/** The scale and offset of x = scale · p + offset. */
function scaling(
  rows: ArrayLike<number>,
  count: number,
  inputs: Exclude<ModelPreprocessing['inputs'], ColumnMoments>,
): Pick<Samples, 'scale' | 'offset'> {
  if (typeof inputs === 'object') return { scale: 1 / inputs.sd, offset: -inputs.mean / inputs.sd };
  switch (inputs) {
    case 'raw':
      return { scale: 1, offset: 0 };
    case 'unit':
      return { scale: 1 / 255, offset: 0 };
    case 'unit-length':
      return { scale: inverseLengths(rows, count), offset: 0 };
    default:
      throw new InputError(`unknown inputs "${inputs}": choose raw, unit, unit-length or standardised`);
  }
}

/** 1 / ‖p‖ of every row; 1 for one that is zero everywhere, which stays so. */
function inverseLengths(rows: ArrayLike<number>, count: number): Float64Array {
  const columns = rows.length / count;
  return Float64Array.from({ length: count }, (_, row) => {
    let square = 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) square += rows[i]! * rows[i]!;
    return square === 0 ? 1 : 1 / Math.sqrt(square);
  });
}

/** The mean of each column, and the mean length of rows that lack it: see `Preprocessing`. @throws InputError where all rows are the same */
function centredMoments(rows: ArrayLike<number>, columns: number): ColumnMoments {
  const count = rows.length / columns;
  const sums = new Float64Array(columns);
  for (let t = 0, at = 0; t < count; t++) for (let j = 0; j < columns; j++, at++) sums[j]! += rows[at]!;
  const mean = Array.from(sums, (sum) => sum / count);
  let lengths = 0;
  for (let t = 0, at = 0; t < count; t++) {
    let square = 0;
    for (let j = 0; j < columns; j++, at++) square += (rows[at]! - mean[j]!) ** 2;
    lengths += Math.sqrt(square);
  }
  if (!(lengths > 0))
    throw new InputError('all samples are the same, so the inputs cannot be scaled to a mean length of 1');
  return { mean, sd: mean.map(() => lengths / count) };
}

/** The mean and population standard deviation. */
function moments(pixels: RawInputs): { mean: number; sd: number } {
  return pixels instanceof Uint8Array ? momentsOfBytes(pixels) : momentsOfNumbers(pixels);
}

/** In float64, one after the other: first the mean, then the mean square of what is left. */
function momentsOfNumbers(pixels: ArrayLike<number>): { mean: number; sd: number } {
  let sum = 0;
  for (let i = 0; i < pixels.length; i++) sum += pixels[i]!;
  const mean = sum / pixels.length;
  let squares = 0;
  for (let i = 0; i < pixels.length; i++) squares += (pixels[i]! - mean) ** 2;
  return { mean, sd: Math.sqrt(squares / pixels.length) };
}

/** From exact integer sums, so that they do not depend on any order. */
function momentsOfBytes(pixels: Uint8Array): { mean: number; sd: number } {
  const histogram = new Float64Array(256);
  // By index: in shared memory, going through the values one after the other takes ten times as long.
  for (let i = 0; i < pixels.length; i++) histogram[pixels[i]!]! += 1;
  let sum = 0n;
  let sumOfSquares = 0n;
  histogram.forEach((times, value) => {
    sum += BigInt(times) * BigInt(value);
    sumOfSquares += BigInt(times) * BigInt(value * value);
  });
  const n = BigInt(pixels.length);
  return { mean: Number(sum) / pixels.length, sd: Math.sqrt(Number(n * sumOfSquares - sum * sum)) / pixels.length };
}
