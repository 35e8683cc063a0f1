import type { Matrix } from '@apical/core';
import { html, type Markup } from './markup.ts';
import { type Picture, png } from './png.ts';

/** The form of the images that the weights are from. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** How many rows are shown at most, and how many side by side. */
const most = 256;
const columns = 16;
/** Pixels between two. */
const gap = 2;

const white = [255, 255, 255] as const;
const positive = [178, 24, 43] as const;
const negative = [33, 102, 172] as const;

/**
 * The rows of W1 as images, 16 side by side: what each hidden unit is driven by. Each is scaled by its own largest weight. Of
 * images with one channel, red weights are positive, blue ones negative, white ones zero; of those with three, each channel is
 * grey where its weight is zero.
 */
export function weightPicture(W1: Matrix, shape: ImageShape): Picture {
  const units = Math.min(W1.rows, most);
  const [across, down] = [Math.min(columns, units), Math.ceil(units / columns)];
  const [width, height] = [across * (shape.width + gap) - gap, down * (shape.height + gap) - gap];
  const rgb = new Uint8Array(3 * width * height).fill(255);
  for (let unit = 0; unit < units; unit++) {
    const weights = W1.data.subarray(unit * W1.cols, (unit + 1) * W1.cols);
    const largest = weights.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    const [left, top] = [(unit % columns) * (shape.width + gap), Math.floor(unit / columns) * (shape.height + gap)];
    for (let pixel = 0; pixel < shape.width * shape.height; pixel++) {
      const [x, y] = [left + (pixel % shape.width), top + Math.floor(pixel / shape.width)];
      rgb.set(colourOf(weights, pixel, shape, largest), 3 * (y * width + x));
    }
  }
  return { width, height, rgb };
}

function colourOf(weights: Float32Array, pixel: number, { height, width, channels }: ImageShape, largest: number) {
  if (channels === 3) {
    return [0, 1, 2].map((channel) => grey((weights[channel * height * width + pixel] ?? 0) / largest));
  }
  const share = (weights[pixel] ?? 0) / largest;
  const end = share < 0 ? negative : positive;
  return white.map((from, channel) => Math.round(from + Math.abs(share) * ((end[channel] ?? 0) - from)));
}

function grey(share: number): number {
  return Math.round(127.5 * (1 + share));
}

/** Whether weights are from such images. */
export function isOfImages(W1: Matrix, { height, width, channels }: ImageShape): boolean {
  return W1.cols === height * width * channels;
}

/** The picture of `weightPicture` on a page; nothing where the weights are not from such images. */
export function weightImage(W1: Matrix, shape: ImageShape, label: string): Markup {
  if (!isOfImages(W1, shape)) return html``;
  const picture = weightPicture(W1, shape);
  const data = Buffer.from(png(picture)).toString('base64');
  const shown = W1.rows > most ? `, the first ${most} of ${W1.rows} units` : '';
  return html`<figure class="weights">
<img src="data:image/png;base64,${data}" width="${2 * picture.width}" height="${2 * picture.height}" alt="${`${label}: the rows of W1 as images${shown}`}">
<figcaption>${label}${shown}</figcaption>
</figure>`;
}

/** What the pictures mean. */
export const weightWords =
  'Each tile is a row of W1, or of what else runs from the inputs: the weights of one hidden unit, in the form of the images that drive it; red is positive, blue negative, white zero (of colour images: grey is zero), scaled by the unit’s largest weight.';
