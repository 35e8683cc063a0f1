import type { Matrix } from '@apical/core';
import { useEffect, useRef } from 'preact/hooks';
import { formatCount } from '../format.ts';
import { theme } from '../theme-button.tsx';
import { palettes } from './colours.ts';
import { paintTiles, type TileShape, tileColumns } from './paint.ts';

/** So many rows are shown. */
const mostRows = 256;

interface ReceptiveFieldsProps {
  readonly name: string;
  readonly weights: Matrix;
  readonly shape: TileShape;
}

/** Each of the first rows of the weights from the images as an image: what excites a hidden unit, and what inhibits it. */
export function ReceptiveFields({ name, weights: all, shape }: ReceptiveFieldsProps) {
  const rows = Math.min(all.rows, mostRows);
  const shown: Matrix = { rows, cols: all.cols, data: all.data.subarray(0, rows * all.cols) };
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = palettes[theme.value];
  useEffect(() => {
    if (canvas.current) paintTiles(canvas.current, shown, shape, palette);
  });
  const across = tileColumns(rows);
  const which = all.rows > rows ? `the first ${rows} of ${formatCount(all.rows)}` : rows;
  const words = rows === 1 ? 'its row as an image' : `${which} rows as images`;
  return (
    <figure>
      <figcaption>
        <i>{name}</i> {words}
      </figcaption>
      <canvas
        ref={canvas}
        class="tiles"
        style={{ width: `${across * (shown.rows > 16 ? 44 : 72)}px` }}
        role="img"
        aria-label={`${name}: ${words}`}
      />
    </figure>
  );
}
