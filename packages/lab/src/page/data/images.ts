import type { RawInputs } from '@apical/core';
import type { ImageSet } from '@apical/data';

/** Images of a data set, which are bytes, or samples of one's own, which may be any numbers. */
export type AnyImages = ImageSet<RawInputs>;

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
