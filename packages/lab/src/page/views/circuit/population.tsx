import { cellNoun, type DrawnPopulation, layersOf } from '@apical/core';
import { isPicture, labelSize } from '../../data/images.ts';
import { store } from '../../store/store.ts';
import type { Activity } from '../../training/activity.ts';
import { formatCount } from '../format.ts';
import { imageUrl } from '../image-url.ts';
import { tint } from '../tint.ts';
import type { SignalPart } from './parts.ts';
import { PyramidalCell } from './pyramidal-cell.tsx';
import type { Scales } from './scales.ts';

interface PopulationProps {
  readonly drawn: DrawnPopulation;
  readonly activity: Activity | undefined;
  readonly scales: Scales;
  readonly parts: readonly SignalPart[];
  /** The key of the part that is shown. */
  readonly shown: string | undefined;
}

/** Cells, tinted by what they do. */
export function Population({ drawn, activity, scales, parts, shown }: PopulationProps) {
  const { population, kind, x, top, bottom, halfWidth, columns, side } = drawn;
  const values = (part: SignalPart | undefined): number[] =>
    part && activity ? scales.fit(part.key, activity.signals[part.id] ?? []) : [];
  const whole = parts.find(({ compartment }) => compartment === undefined);
  const total = cellCount(population.size);
  const { places, radius } = cellPlaces(drawn, total);
  const count =
    total > places.length && population.size.includes('k')
      ? `${places.length} of ${formatCount(total)}`
      : formatCount(total);
  const middle = (top + bottom) / 2;
  return (
    <g class="population">
      {kind === 'box' && (
        <g data-part={whole?.key} class={whole?.key === shown ? 'shown' : ''}>
          <rect class="box" x={x - halfWidth} y={top} width={2 * halfWidth} height={bottom - top} rx={10} />
          {population.name === 'stimulus' ? (
            <StimulusImage x={x} y={middle} activity={activity} />
          ) : (
            <Cells places={places} radius={radius} y={side ? top + 18 : middle} values={values(whole)} />
          )}
        </g>
      )}
      {drawn.outlines?.map((outline, i) => (
        <PyramidalCell key={columns[i]} outline={outline} index={i} parts={parts} values={values} shown={shown} />
      ))}
      {side ? (
        <text class="name" x={x} y={top + 45} text-anchor="middle">
          {population.title}
          <tspan class="count" x={x} dy={15}>
            {count}
          </tspan>
        </text>
      ) : (
        <text class="name" x={8} y={kind === 'pyramidal' ? top + 136 : middle - 2}>
          {population.title}
          <tspan class="count" x={8} dy={16}>
            {count} {cellNoun(population)}
            {total === 1 ? '' : 's'}
          </tspan>
        </text>
      )}
    </g>
  );
}

/** In numbers what stands for one: m, n, k, k2, 2 k. */
function cellCount(size: string): number {
  return size.split(' ').reduce((product, word) => product * countOf(word), 1);
}

function countOf(word: string): number {
  const { images, experiment } = store;
  const layers = layersOf(experiment.value.hidden);
  const [, layer] = /^k(\d*)$/.exec(word) ?? [];
  if (layer !== undefined) return layers[Number(layer || 1) - 1] ?? 0;
  if (word !== 'm' && word !== 'n') return Number(word);
  if (!images.value) return 0;
  const { shape } = images.value;
  return word === 'n' ? labelSize(images.value) : shape.height * shape.width * shape.channels;
}

/** Where the cells of a population are drawn, from the left: in a box all of them where there is room. */
function cellPlaces({ kind, x, halfWidth, columns, side }: DrawnPopulation, total: number) {
  if (kind === 'pyramidal' || side || total === 0 || total > 20) return { places: columns, radius: 8 };
  const spacing = Math.min(26, (2 * halfWidth - 16) / total);
  const places = Array.from({ length: total }, (_, i) => x + (i - (total - 1) / 2) * spacing);
  return { places, radius: Math.max(1, Math.min(8, spacing / 2 - 1)) };
}

interface CellsProps {
  readonly places: readonly number[];
  readonly radius: number;
  readonly y: number;
  readonly values: readonly number[];
}

/** Round cells in a box. */
function Cells({ places, radius, y, values }: CellsProps) {
  return (
    <>
      {places.map((x, i) => (
        <circle key={x} class="cell" cx={x} cy={y} r={radius} style={{ fill: tint(values[i] ?? 0) }} />
      ))}
    </>
  );
}

function StimulusImage({ x, y, activity }: { x: number; y: number; activity: Activity | undefined }) {
  const images = store.images.value;
  if (!activity || !images || !isPicture(images)) return null;
  const size = 34;
  return (
    <image
      class="pixels"
      href={imageUrl(activity.pixels, images)}
      x={x - size / 2}
      y={y - size / 2}
      width={size}
      height={size}
    />
  );
}
