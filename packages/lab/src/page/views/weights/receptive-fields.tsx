import type { Matrix } from '@apical/core';
import { useEffect, useRef } from 'preact/hooks';
import { theme } from '../theme-button.tsx';
import { palettes } from './colours.ts';
import { paintTiles, type TileShape, tileColumns } from './paint.ts';

/** Each row of W1 as an image: what excites a hidden unit, and what inhibits it. */
export function ReceptiveFields({ W1, shape }: { W1: Matrix; shape: TileShape }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = palettes[theme.value];
  useEffect(() => {
    if (canvas.current) paintTiles(canvas.current, W1, shape, palette);
  });
  const across = tileColumns(W1.rows);
  return (
    <figure>
      <figcaption>
        <i>W1</i> {W1.rows === 1 ? 'its row as an image' : `${W1.rows} rows as images`}
      </figcaption>
      <canvas
        ref={canvas}
        class="tiles"
        style={{ width: `${across * (W1.rows > 16 ? 44 : 72)}px` }}
        role="img"
        aria-label={`${W1.rows} rows of W1 as images`}
      />
    </figure>
  );
}
