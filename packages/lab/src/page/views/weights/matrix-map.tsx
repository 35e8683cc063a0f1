import type { Matrix } from '@apical/core';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { formatValue } from '../format.ts';
import { theme } from '../theme-button.tsx';
import { palettes } from './colours.ts';
import { paintMatrix } from './paint.ts';

interface MatrixMapProps {
  readonly name: string;
  readonly matrix: Matrix;
  /** What the rows stand for. */
  readonly rowNames: readonly string[] | undefined;
}

/** A matrix as a map of colours; its entries can be pointed at. */
export function MatrixMap({ name, matrix, rowNames }: MatrixMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const place = useSignal<readonly [row: number, column: number] | undefined>(undefined);
  const palette = palettes[theme.value];
  useEffect(() => {
    if (canvas.current) paintMatrix(canvas.current, matrix, palette);
  });
  const { rows, cols, data } = matrix;
  const point = (event: PointerEvent & { currentTarget: HTMLCanvasElement }) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / width, (event.clientY - top) / height];
    place.value = [Math.min(rows - 1, Math.floor(y * rows)), Math.min(cols - 1, Math.floor(x * cols))];
  };
  const [row, column] = place.value ?? [];
  const value = row === undefined || column === undefined ? undefined : data[row * cols + column];
  const where = row === undefined ? '' : (rowNames?.[row] ?? row + 1);
  const side = Math.max(14, Math.min(26, 160 / Math.max(rows, cols)));
  return (
    <figure>
      <figcaption>
        <i>{displayName(name)}</i> {`${rows} × ${cols}`}
        <span class="value">{value === undefined ? '' : `[${where}, ${(column ?? 0) + 1}] ${formatValue(value)}`}</span>
      </figcaption>
      <canvas
        ref={canvas}
        class="map"
        style={{
          width: `${Math.min(200, Math.max(26, side * cols))}px`,
          height: `${Math.min(200, Math.max(26, side * rows))}px`,
        }}
        role="img"
        aria-label={`Map of ${name}, ${rows} by ${cols}`}
        onPointerMove={point}
        onPointerLeave={() => {
          place.value = undefined;
        }}
      />
    </figure>
  );
}

function displayName(name: string): string {
  return name.replace('zbar', 'z̄');
}
