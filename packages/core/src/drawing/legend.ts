import type { CircuitAudit } from '../description/audit.ts';
import type { CircuitDescription } from '../description/description.ts';
import { element, lines, type Point, text } from './markup.ts';
import { colours, strokeOf } from './style.ts';
import { drawEnding } from './wires.ts';

const lineHeight = 22;

/** What the endings mean, and the updates in symbols, below the height `top`. */
export function drawLegend(
  { pathways }: CircuitDescription,
  { synapses, definitions }: CircuitAudit,
  top: number,
  width: number,
): { readonly markup: string; readonly bottom: number } {
  const kinds = [
    {
      words: 'excitatory',
      shown: pathways.some((each) => !each.reversed && each.effect === 'excitatory'),
      effect: 'excitatory',
    },
    { words: 'inhibitory', shown: pathways.some(({ effect }) => effect === 'inhibitory'), effect: 'inhibitory' },
    {
      words: 'weight transport',
      shown: pathways.some(({ reversed }) => reversed === 'transport'),
      effect: 'excitatory',
      reversed: 'transport',
    },
  ] as const;
  const entries = kinds.filter(({ shown }) => shown).map((kind, i) => drawKind({ x: 16 + 150 * i, y: top + 12 }, kind));
  const rows = Math.max(synapses.length, definitions.length);
  const first = top + 48;
  const column = (x: number, each: readonly string[], colour: string) =>
    each.map((words, i) => text({ x, y: first + lineHeight * i }, words, { size: 15, colour }));
  const rule = [
    { x: 14, y: top - 10 },
    { x: width - 14, y: top - 10 },
  ];
  return {
    markup: [
      lines([rule], { colour: colours.box, width: 2 }),
      ...entries,
      ...column(
        14,
        synapses.map(({ update }) => update),
        colours.ink,
      ),
      ...column(276, definitions, colours.note),
    ].join(''),
    bottom: first + lineHeight * (rows - 1) + 14,
  };
}

interface Kind {
  readonly words: string;
  readonly effect: 'excitatory' | 'inhibitory';
  readonly reversed?: 'transport';
}

function drawKind({ x, y }: Point, { words, ...kind }: Kind): string {
  const stroke = strokeOf(kind);
  const line = [
    { x: 0, y: 0 },
    { x: 0, y: 27 },
  ];
  // Drawn as it points down, and turned to point right.
  const sample = [lines([line], stroke), drawEnding({ x: 0, y: 36 }, 1, kind.effect, stroke.colour)].join('');
  return [
    element('g', { transform: `translate(${x} ${y}) rotate(-90)` }, sample),
    text({ x: x + 46, y: y + 5 }, words, { size: 14, colour: colours.note }),
  ].join('');
}
