import type { RawInputs } from '@apical/core';
import { type AnyImages, greyRange } from '../data/images.ts';

/** An image like those of a data set as a picture that HTML and SVG can show. */
export function imageUrl(pixels: RawInputs, images: AnyImages): string {
  const { height, width, channels } = images.shape;
  const [least, most] = greyRange(images);
  const factor = 255 / (most - least);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(width, height);
  const area = height * width;
  for (let i = 0; i < area; i++) {
    for (let channel = 0; channel < 3; channel++) {
      // Grey images have one channel for all three colours; in others the channels lie one after the other.
      image.data[4 * i + channel] = (pixels[(channels === 3 ? channel * area : 0) + i]! - least) * factor;
    }
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
}
