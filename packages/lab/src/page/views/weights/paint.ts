import type { Matrix } from 'apical';
import { largest } from '../tint.ts';
import { colourOf, type Palette } from './colours.ts';

/** Paints the entries of a matrix, one a pixel. */
export function paintMatrix(canvas: HTMLCanvasElement, { rows, cols, data }: Matrix, palette: Palette): void {
  const [image, context] = begin(canvas, cols, rows);
  const most = largest(data);
  for (let i = 0; i < data.length; i++) setPixel(image, i, colourOf(data[i]! / most, palette));
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
  shape: TileShape,
  palette: Palette,
): void {
  const { height, width, channels } = shape;
  const across = tileColumns(rows);
  const down = Math.ceil(rows / across);
  const [image, context] = begin(canvas, across * (width + 1) - 1, down * (height + 1) - 1);
  const area = height * width;
  for (let row = 0; row < rows; row++) {
    const values = data.subarray(row * cols, (row + 1) * cols);
    const most = largest(values);
    const [left, top] = [(row % across) * (width + 1), Math.floor(row / across) * (height + 1)];
    for (let i = 0; i < area; i++) {
      const at = (top + Math.floor(i / width)) * canvas.width + left + (i % width);
      const colour =
        channels === 3
          ? ([0, 1, 2].map((channel) => 128 + (127 * values[channel * area + i]!) / most) as unknown as [
              number,
              number,
              number,
            ])
          : colourOf(values[i]! / most, palette);
      setPixel(image, at, colour);
    }
  }
  context.putImageData(image, 0, 0);
}

function begin(canvas: HTMLCanvasElement, width: number, height: number) {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d')!;
  return [context.createImageData(width, height), context] as const;
}

function setPixel({ data }: ImageData, at: number, [red, green, blue]: readonly number[]): void {
  data[4 * at] = red!;
  data[4 * at + 1] = green!;
  data[4 * at + 2] = blue!;
  data[4 * at + 3] = 255;
}
