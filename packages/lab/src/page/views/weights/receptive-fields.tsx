import type { Matrix } from '@apical/core';
import { useEffect, useRef } from 'preact/hooks';
import { formatCount } from '../format.ts';
import { theme } from '../theme-button.tsx';
import { palettes } from './colours.ts';
import { paintTiles, type TileShape, tileColumns } from './paint.ts';

/** So many rows are shown. */
const mostRows = 256;

/** Each of the first rows of W1 as an image: what excites a hidden unit, and what inhibits it. */
export function ReceptiveFields({ W1: all, shape }: { W1: Matrix; shape: TileShape }) {
  const rows = Math.min(all.rows, mostRows);
  const W1: Matrix = { rows, cols: all.cols, data: all.data.subarray(0, rows * all.cols) };
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = palettes[theme.value];
  useEffect(() => {
    if (canvas.current) paintTiles(canvas.current, W1, shape, palette);
  });
  const across = tileColumns(rows);
  const shown = all.rows > rows ? `the first ${rows} of ${formatCount(all.rows)}` : rows;
  const words = rows === 1 ? 'its row as an image' : `${shown} rows as images`;
  return (
    <figure>
      <figcaption>
        <i>W1</i> {words}
      </figcaption>
      <canvas
        ref={canvas}
        class="tiles"
        style={{ width: `${across * (W1.rows > 16 ? 44 : 72)}px` }}
        role="img"
        aria-label={`W1: ${words}`}
      />
    </figure>
  );
}
