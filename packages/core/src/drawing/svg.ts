import { auditCircuit } from '../description/audit.ts';
import type { CircuitDescription, DescribedSignal } from '../description/description.ts';
import { explicitErrors } from '../description/errors.ts';
import { equation } from '../description/timing.ts';
import { type Layout, layOut, middle } from './layout.ts';
import { drawLegend } from './legend.ts';
import { element, escapeXml, lines, linesOf, text, widthOf, widthOfBold } from './markup.ts';
import { basalCompartments, findRoles } from './roles.ts';
import { cellColumns, countWords, drawShape, halfWidth, type Shape } from './shapes.ts';
import { colours } from './style.ts';
import { title } from './title.ts';
import { drawEnding, drawWire } from './wires.ts';

const margin = 14;

/**
 * The circuit as a figure, an SVG document of 600 px or more: the stimulus below, the label above, pyramidal cells with their
 * dendrites between, interneurons beside them; learning in symbols under it.
 */
export function circuitSvg(description: CircuitDescription): string {
  const audit = auditCircuit(description);
  const errors = explicitErrors(description, description);
  const heading = title(description);
  const besideName = Math.round(margin + widthOfBold(heading.name, 19) + 16);
  const isLong = besideName + widthOf(heading.settings, 14) > 586;
  const settings = isLong ? linesOf(heading.settings, 14, 600 - 2 * margin) : [heading.settings].filter(Boolean);
  const layout = layOut(description, 56 + (isLong ? 20 * settings.length : 0));
  const { width } = layout;
  const legend = drawLegend(description, audit, layout.bottom + 28, width);
  // What crosses from row to row is drawn over what stays beside one.
  const wires = layout.wires.toSorted((a, b) => Number(isCrossing(a)) - Number(isCrossing(b)));
  const body = [
    element('title', {}, escapeXml(`Circuit of ${heading.name}${heading.settings && `, ${heading.settings}`}`)),
    element('rect', { width, height: legend.bottom, fill: colours.background }),
    text({ x: margin, y: 28 }, heading.name, { bold: true, size: 19 }),
    ...settings.map((words, i) => {
      return text(isLong ? { x: margin, y: 48 + 20 * i } : { x: besideName, y: 28 }, words, { colour: colours.note });
    }),
    ...wires.map((wire) => drawWire(wire, description)),
    ...layout.shapes.map(drawShape),
    ...layout.shapes.filter(({ side }) => !side).map((shape) => drawCaption(shape, description)),
    ...layout.shapes.map((shape) => drawCompartments(shape, description)),
    ...layout.shapes.map((shape) => drawTeaching(shape, description)),
    ...layout.shapes.map((shape) => drawErrors(shape, errors) || drawTaught(shape, description)),
    legend.markup,
  ];
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${legend.bottom}`,
    width,
    height: legend.bottom,
    role: 'img',
    'font-family': 'Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif',
    'font-size': 14,
    fill: colours.ink,
  };
  return `${element('svg', attributes, `\n${body.filter(Boolean).join('\n')}\n`)}\n`;
}

function isCrossing({ source, target }: Layout['wires'][number]): boolean {
  return !source.side && !target.side;
}

function drawCaption(shape: Shape, description: CircuitDescription): string {
  const { population, kind, top, bottom } = shape;
  const y = kind === 'pyramidal' ? top + 136 : (top + bottom) / 2 - 2;
  const settles = settlingOf(population.name, description);
  return [
    text({ x: margin, y }, population.title, { bold: true }),
    text({ x: margin, y: y + 17 }, countWords(shape), { colour: colours.note, size: 13 }),
    settles === '' ? '' : text({ x: margin, y: y + 33 }, settles, { colour: colours.note, size: 13 }),
  ].join('');
}

/** What settles in a population, by the symbol of the first state that does: `v1 settles, 20 steps`, or `50 + 20 steps` where it does so again. */
function settlingOf(population: string, { signals }: CircuitDescription): string {
  const states = signals.filter(({ population: place, operation }) => {
    return place === population && operation?.kind === 'state' && operation.lasts === 'sample';
  });
  const settling = states
    .map(({ expression, next }) => ({ expression, steps: signals[next ?? -1]?.steps ?? 1 }))
    .filter(({ steps }) => steps > 1);
  const [first] = settling;
  if (!first) return '';
  // What a state keeps besides, such as a momentum, settles with it.
  const steps = new Set(settling.map((each) => each.steps));
  return `${first.expression} settles, ${[...steps].join(' + ')} steps`;
}

/** The names of the compartments, to the right of the cells. */
function drawCompartments(shape: Shape, description: CircuitDescription): string {
  const basal = basalCompartments(description, findRoles(description));
  const { name, compartments } = shape.population;
  const heights = { top: shape.top + 22, bottom: shape.bottom - 4 };
  const x = (cellColumns(shape).at(-1) ?? middle) + 54;
  const named = (at: 'top' | 'bottom') =>
    compartments.filter((each) => basal.has(`${name} ${each}`) === (at === 'bottom')).join(', ');
  return (['top', 'bottom'] as const)
    .filter((at) => named(at) !== '')
    .map((at) => text({ x, y: heights[at] }, named(at), { colour: colours.note, size: 13 }))
    .join('');
}

/** What arises in one compartment and teaches the synapses of another, along the first cell. */
function drawTeaching(shape: Shape, { updates, signals, synapses }: CircuitDescription): string {
  const { population, top, bottom } = shape;
  const teaching = updates.filter((update) => {
    const own = synapses.find(({ name }) => name === update.synapses);
    const arises = signals[update.post ?? -1]?.compartment;
    return own?.to === population.name && arises !== undefined && arises !== own.compartment;
  });
  const x = (cellColumns(shape)[0] ?? shape.x) - 14;
  const stroke = { colour: colours.note, dashes: '2 4' };
  return [...Map.groupBy(teaching, ({ post }) => signals[post ?? -1]?.expression ?? '')]
    .map(([words, taught], i) => {
      const names = taught.map(({ synapses: name }) => name).join(', ');
      const [start, end] = [top + 46, bottom - 82];
      const y = top + 64 + 40 * i;
      return [
        lines(
          [
            [
              { x, y: start },
              { x, y: end - 10 },
            ],
          ],
          stroke,
        ),
        drawEnding({ x, y: end }, 1, 'excitatory', colours.note),
        text({ x: x - 10, y }, words, { italic: true, size: 15, anchor: 'end' }),
        text({ x: x - 10, y: y + 17 }, `teaches ${names}`, { colour: colours.note, size: 13, anchor: 'end' }),
      ].join('');
    })
    .join('');
}

/** The errors that are computed in a population, beside it. */
function drawErrors(shape: Shape, errors: readonly DescribedSignal[]): string {
  const own = errors.filter(({ population }) => population === shape.population.name);
  if (own.length === 0) return '';
  const x = shape.x + halfWidth(shape) + 14;
  const words = [...new Set(own.map(equation))].join(', ');
  return [
    text({ x, y: shape.top + 17 }, words, { italic: true, size: 15, colour: colours.transport }),
    text({ x, y: shape.top + 34 }, 'explicit error', { size: 13, colour: colours.transport }),
  ].join('');
}

/** The signals with a name, from the label, that teach cells in a box, to the right of it. */
function drawTaught({ x, kind, side, top, population }: Shape, { updates, signals }: CircuitDescription): string {
  if (kind !== 'box' || side || population.name === signals[1]?.population) return '';
  const teaching = updates.flatMap(({ synapses, post }) => {
    const signal = post === undefined ? undefined : signals[post];
    const isTaught = signal?.population === population.name && signal.dependsOn.includes('label');
    return isTaught && signal.definition !== undefined ? [{ synapses, words: signal.expression }] : [];
  });
  const bySignal = Map.groupBy(teaching, ({ words }) => words);
  return [...bySignal]
    .slice(0, 1)
    .map(([words, taught]) => {
      const left = x + 114;
      const names = taught.map(({ synapses }) => synapses).join(', ');
      return [
        text({ x: left, y: top + 17 }, words, { italic: true, size: 15 }),
        text({ x: left, y: top + 34 }, `teaches ${names}`, { size: 13, colour: colours.note }),
      ].join('');
    })
    .join('');
}
