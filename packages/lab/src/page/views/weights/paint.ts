import type { Matrix } from '@apical/core';
import { largest } from '../tint.ts';
import { type Palette, steps } from './colours.ts';

/** Paints the entries of a matrix, one a pixel. */
export function paintMatrix(canvas: HTMLCanvasElement, { rows, cols, data }: Matrix, palette: Palette): void {
  const { image, pixels, context } = begin(canvas, cols, rows);
  const factor = steps / largest(data);
  for (let i = 0; i < data.length; i++) pixels[i] = palette[Math.round(data[i]! * factor) + steps]!;
  context.putImageData(image, 0, 0);
}

export interface TileShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** How many tiles lie side by side. */
export function tileColumns(count: number): number {
  return Math.ceil(Math.sqrt(count * 1.6));
}

/** Paints each row of a matrix as an image, the images in a grid with a pixel between them. Images of three channels have colours. */
export function paintTiles(
  canvas: HTMLCanvasElement,
  { rows, cols, data }: Matrix,
  { height, width, channels }: TileShape,
  palette: Palette,
): void {
  const across = tileColumns(rows);
  const down = Math.ceil(rows / across);
  const { image, pixels, context } = begin(canvas, across * (width + 1) - 1, down * (height + 1) - 1);
  const area = height * width;
  for (let row = 0; row < rows; row++) {
    const values = data.subarray(row * cols, (row + 1) * cols);
    const factor = steps / largest(values);
    const [left, top] = [(row % across) * (width + 1), Math.floor(row / across) * (height + 1)];
    for (let i = 0; i < area; i++) {
      const at = (top + Math.floor(i / width)) * canvas.width + left + (i % width);
      pixels[at] =
        channels === 3 ? colourful(values, i, area, factor) : palette[Math.round(values[i]! * factor) + steps]!;
    }
  }
  context.putImageData(image, 0, 0);
}

/** A pixel whose red, green and blue are grey for zero, and lighter for what is positive. */
function colourful(values: Float32Array, i: number, area: number, factor: number): number {
  const level = (channel: number) => 128 + Math.trunc((values[channel * area + i]! * factor) / 2.01);
  return ((255 << 24) | (level(2) << 16) | (level(1) << 8) | level(0)) >>> 0;
}

function begin(canvas: HTMLCanvasElement, width: number, height: number) {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(width, height);
  return { context, image, pixels: new Uint32Array(image.data.buffer) };
}
