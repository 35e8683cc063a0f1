import { InputError } from '@apical/core';
import type { Image } from './formats/image.ts';

/** What all images of some data are alike in. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

/** More bytes than this are not held at once. */
const mostBytes = 2 ** 32;

/** Images as rows of bytes, all of one size: of colours first all red, then all green, then all blue, as in CIFAR's files. */
export class ImageRows {
  readonly #count: number;
  #data = new Uint8Array();
  #first: { readonly shape: ImageShape; readonly source: string } | undefined;

  /** @param count how many there will be */
  constructor(count: number) {
    this.#count = count;
  }

  /** @throws InputError for an image that is not as the first one is */
  set(row: number, { height, width, channels, pixels }: Image, source: string): void {
    if (!this.#first) {
      if (this.#count * pixels.length > mostBytes) {
        throw new InputError(`${source}: ${this.#count} images of ${height} × ${width} are more than can be held`);
      }
      this.#first = { shape: { height, width, channels }, source };
      this.#data = new Uint8Array(this.#count * pixels.length);
    }
    const { shape, source: first } = this.#first;
    if (height !== shape.height || width !== shape.width || channels !== shape.channels) {
      throw new InputError(
        `${source}: is ${describeImages({ height, width, channels })}, and ${first} ${describeImages(shape)}: all must be alike`,
      );
    }
    const size = height * width;
    const start = row * pixels.length;
    for (let c = 0; c < channels; c++) {
      for (let i = 0; i < size; i++) this.#data[start + c * size + i] = pixels[i * channels + c]!;
    }
  }

  /** @throws RangeError where there are none */
  get rows(): { data: Uint8Array; image: ImageShape } {
    if (!this.#first) throw new RangeError('there are no images');
    return { data: this.#data, image: this.#first.shape };
  }
}

/** `grey, 28 × 28`: height before width, as shapes of arrays. */
export function describeImages({ height, width, channels }: ImageShape): string {
  return `${channels === 1 ? 'grey' : 'RGB'}, ${height} × ${width}`;
}

/**
 * @param whose what has images that are known, for the message: `a.parquet has`
 * @throws InputError for images of another shape than those that are known: as rows of numbers they may be as long
 */
export function checkImages(
  path: string,
  image: ImageShape | undefined,
  known: ImageShape | undefined,
  whose: string,
): void {
  if (!image || !known || describeImages(image) === describeImages(known)) return;
  throw new InputError(`${path}: has images that are ${describeImages(image)}, and ${whose} ${describeImages(known)}`);
}
