import type { DescribedPopulation } from '../description/description.ts';
import { circle, element, lines, type Point, text } from './markup.ts';
import { colours } from './style.ts';

/** A face of a population where pathways begin or end. */
export type Face = 'top' | 'bottom';

/** A population in the drawing: a few cells that stand for any number. */
export interface Shape {
  readonly population: DescribedPopulation;
  /** Pyramidal cells with dendrites, or a box of round cells. */
  readonly kind: 'pyramidal' | 'box';
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  /** The row, counted from the stimulus. */
  readonly row: number;
  readonly side: boolean;
  /** How many cells are drawn. */
  readonly cells: number;
  /** The names of its biases. */
  readonly biases: readonly string[];
}

export const boxHeight = 38;
export const sideBoxHeight = 66;
export const pyramidalHeight = 190;
const spacing = 100;
/** From the top of the tuft, in a pyramidal cell. */
const [fork, apex, base] = [38, 118, 154];

/** The middles of the cells that are drawn. */
export function cellColumns({ x, kind, cells }: Shape): readonly number[] {
  const apart = kind === 'pyramidal' ? spacing : 26;
  return Array.from({ length: cells }, (_, i) => x + (i - (cells - 1) / 2) * apart);
}

export function halfWidth({ kind, side, biases }: Shape): number {
  if (kind === 'pyramidal') return spacing + 40;
  if (!side) return 100;
  return biases.length > 0 ? 74 : 58;
}

/** Where the axons of pyramidal cells leave their somata. */
export function axons(shape: Shape): readonly Point[] {
  return cellColumns(shape).map((x) => ({ x, y: shape.top + base }));
}

export function drawShape(shape: Shape): string {
  return shape.kind === 'pyramidal'
    ? cellColumns(shape)
        .map((x) => drawPyramidal(x, shape))
        .join('')
    : drawBox(shape);
}

/** The parts of a pyramidal cell: lines, and the corners of its soma. */
export interface PyramidalOutline {
  readonly tuft: readonly (readonly Point[])[];
  readonly trunk: readonly (readonly Point[])[];
  readonly basal: readonly (readonly Point[])[];
  readonly soma: readonly Point[];
}

/** Where the parts of the pyramidal cell in this column lie. */
export function pyramidalOutline(x: number, { top, bottom }: Shape): PyramidalOutline {
  const at = (dx: number, y: number): Point => ({ x: x + dx, y });
  return {
    tuft: [-36, -18, 18, 36].map((dx) => [at(0, top + fork), at(dx * 0.6, top + 20), at(dx, top + (dx % 36 ? 0 : 10))]),
    trunk: [[at(0, top + fork), at(0, top + apex + 6)]],
    basal: [-30, 30].flatMap((dx) => [
      [at(Math.sign(dx) * 18, top + base), at(dx, bottom)],
      [at(Math.sign(dx) * 18, top + base), at(dx * 1.5, bottom - 16)],
    ]),
    soma: [at(0, top + apex), at(20, top + base), at(-20, top + base)],
  };
}

function drawPyramidal(x: number, shape: Shape): string {
  const { tuft, trunk, basal, soma } = pyramidalOutline(x, shape);
  const stroke = (width: number) => ({ colour: colours.cell, width });
  return [
    lines(tuft, stroke(3)),
    lines(basal, stroke(3)),
    lines(trunk, stroke(5)),
    element('path', {
      d: `M${soma.map((corner) => `${corner.x} ${corner.y}`).join('L')}Z`,
      fill: colours.cell,
      stroke: colours.cell,
      'stroke-width': 8,
      'stroke-linejoin': 'round',
    }),
  ].join('');
}

function drawBox(shape: Shape): string {
  const { x, top, bottom, side, population } = shape;
  const half = halfWidth(shape);
  const box = element('rect', {
    x: x - half,
    y: top,
    width: 2 * half,
    height: bottom - top,
    rx: 10,
    fill: colours.box,
  });
  const y = side ? top + 18 : (top + bottom) / 2;
  const cells = cellColumns(shape).map((cx) => circle({ x: cx, y }, 8, colours.background, colours.cell));
  const caption = side
    ? [
        text({ x, y: top + 43 }, population.title, { bold: true, anchor: 'middle' }),
        text({ x, y: top + 59 }, countWords(shape), { colour: colours.note, size: 13, anchor: 'middle' }),
      ]
    : [];
  return [box, ...cells, ...caption].join('');
}

/** How many there are, and their biases: `k2 cells, bias b2`. */
export function countWords({ population, biases }: Shape): string {
  return [countOf(population), ...biases.map((name) => `bias ${name}`)].join(', ');
}

/** How many there are, in words. */
export function countOf(population: DescribedPopulation): string {
  const { size } = population;
  return `${size} ${cellNoun(population)}${size === '1' ? '' : 's'}`;
}

/** What one of a population is: a cell, or one of the numbers that it is shown. */
export function cellNoun({ title }: DescribedPopulation): string {
  return { stimulus: 'input', label: 'label', teacher: 'number', 'second view': 'input' }[title] ?? 'cell';
}
