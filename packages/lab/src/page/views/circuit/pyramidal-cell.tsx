import type { DrawnPopulation } from '@apical/core';
import { tint } from '../tint.ts';
import type { SignalPart } from './parts.ts';

type Outline = NonNullable<DrawnPopulation['outlines']>[number];

interface PyramidalCellProps {
  readonly outline: Outline;
  /** Which of the cells it is. */
  readonly index: number;
  readonly parts: readonly SignalPart[];
  values(part: SignalPart | undefined): number[];
  readonly shown: string | undefined;
}

/** A pyramidal cell: the tuft shows the plateau potential, the basal dendrites the proximal current, the soma the output. */
export function PyramidalCell({ outline, index, parts, values, shown }: PyramidalCellProps) {
  const find = (compartment: string | undefined) => parts.find((part) => part.compartment === compartment);
  const [tuft, basal, soma] = [find('apical'), find('proximal'), find(undefined)];
  const colour = (part: SignalPart | undefined) => tint(values(part)[index] ?? 0, 'var(--cell)');
  return (
    <>
      <g data-part={basal?.key} class={basal?.key === shown ? 'shown' : ''}>
        <path class="dendrite" d={path(outline.basal)} style={{ stroke: colour(basal) }} />
      </g>
      <g data-part={tuft?.key} class={tuft?.key === shown ? 'shown' : ''}>
        <path class="dendrite" d={path(outline.tuft)} style={{ stroke: colour(tuft) }} />
        <path class="dendrite trunk" d={path(outline.trunk)} style={{ stroke: colour(tuft) }} />
      </g>
      <g data-part={soma?.key} class={soma?.key === shown ? 'shown' : ''}>
        <path class="soma" d={`${path([outline.soma])}Z`} style={{ fill: colour(soma), stroke: colour(soma) }} />
      </g>
    </>
  );
}

function path(lines: Outline['tuft']): string {
  return lines.map((points) => `M${points.map(({ x, y }) => `${x} ${y}`).join('L')}`).join('');
}
