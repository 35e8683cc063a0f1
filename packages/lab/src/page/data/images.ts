import type { ModelPreprocessing, RawInputs } from '@apical/core';
import type { ImageSet } from '@apical/data';
import type { NumberRows, RunConfig } from '@apical/experiments';

/** Images of a data set, which are bytes, or samples of one's own, which may be any numbers. */
export interface AnyImages extends ImageSet<RawInputs> {
  /** Of data that are rows of numbers: these, which are prepared as the command does it. `pixels` are for showing them. */
  readonly rows?: NumberRows;
  /** Of data of one's own: where the command finds what is told of them. It is kept with models. */
  readonly table?: RunConfig['data']['table'];
  /** Of data of one's own that the command does not learn from these files: why, and what to do. */
  readonly noCommand?: string;
  /** Of samples that came with a model: how that prepares them, and by which inputs it learned. */
  readonly prepared?: ModelPreparation;
}

/** How a model prepares samples, and what its run called that. */
export interface ModelPreparation {
  readonly preprocessing: ModelPreprocessing;
  readonly inputs: RunConfig['data']['inputs'];
}

/** Rows of numbers as the page has samples. Those without classes have no names of classes. */
export function imagesOfRows(name: string, rows: NumberRows, sha256: string): AnyImages {
  const { inputs, classNames = [], train } = rows;
  const { count, data, classes = [] } = train;
  const pixels = data instanceof Float32Array ? Float32Array.from(data) : Float32Array.from(data as ArrayLike<number>);
  const learned = { ...train, ...(data instanceof Float32Array && { data: pixels }) };
  return {
    ...{ name, split: 'train', count, shape: imageShape([], inputs), classNames, pixels },
    classes: Uint8Array.from(classes),
    sha256: { [name]: sha256 },
    rows: { ...rows, train: learned },
  };
}

/** Fewer pixels to a side make no image. */
const leastSide = 3;

/** Whether samples are shown as images, not as numbers. */
export function isPicture({ shape }: Pick<AnyImages, 'shape'>): boolean {
  return shape.height > 1;
}

/**
 * How the numbers of a sample are shown: as the image that they are, or as a square where that goes, or else in a row, which is no image.
 * @param names of columns: pixels are called alike but for their numbers
 */
export function imageShape(
  shape: readonly number[],
  inputs: number,
  names: readonly string[] | undefined = undefined,
): AnyImages['shape'] {
  const [height, width] = shape;
  const stems = new Set(names?.map((name) => name.replaceAll(/\d+/g, '')));
  if (stems.size > 1) return { height: 1, width: inputs, channels: 1 };
  if (shape.length === 2 && height !== undefined && width !== undefined) return { height, width, channels: 1 };
  const side = Math.sqrt(inputs);
  return Number.isInteger(side) && side >= leastSide
    ? { height: side, width: side, channels: 1 }
    : { height: 1, width: inputs, channels: 1 };
}

/** n, the numbers of a label: one a class. */
export function labelSize({ rows, classNames }: AnyImages): number {
  return rows?.labels ?? classNames.length;
}

const known = new WeakMap<RawInputs, readonly [least: number, most: number]>();

/** Between which numbers black and white lie: of bytes all of them, of other numbers those that occur. */
export function greyRange({ pixels }: Pick<AnyImages, 'pixels'>): readonly [least: number, most: number] {
  if (pixels instanceof Uint8Array) return [0, 255];
  const before = known.get(pixels);
  if (before) return before;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < pixels.length; i++) [least, most] = [Math.min(least, pixels[i]!), Math.max(most, pixels[i]!)];
  known.set(pixels, [least, most]);
  return [least, most];
}

/** Grey levels of 0 to 255 as the images have them. */
export function likeImages(grey: Uint8Array, images: AnyImages): RawInputs {
  if (images.pixels instanceof Uint8Array) return grey;
  const [least, most] = greyRange(images);
  return Float32Array.from(grey, (level) => least + ((most - least) * level) / 255);
}
