import type { ImageSet } from '@apical/data';

/** An image of a data set as a picture that HTML and SVG can show. */
export function imageUrl(pixels: Uint8Array, { height, width, channels }: ImageSet['shape']): string {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(width, height);
  const area = height * width;
  for (let i = 0; i < area; i++) {
    for (let channel = 0; channel < 3; channel++) {
      // Grey images have one channel for all three colours; in others the channels lie one after the other.
      image.data[4 * i + channel] = pixels[(channels === 3 ? channel * area : 0) + i]!;
    }
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
}
