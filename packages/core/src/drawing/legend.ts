import type { CircuitAudit } from '../description/audit.ts';
import type { CircuitDescription } from '../description/description.ts';
import type { AuditedPhase } from '../description/timing.ts';
import { element, lines, linesOf, type Point, text, widthOf } from './markup.ts';
import { colours, strokeOf } from './style.ts';
import { drawEnding } from './wires.ts';

const lineHeight = 22;

/** About how wide the widest of the lines is. */
function widest(each: readonly string[]): number {
  return Math.max(0, ...each.map((words) => widthOf(words, 15)));
}

/** What the endings mean, and the updates in symbols, below the height `top`. */
export function drawLegend(
  { pathways }: CircuitDescription,
  { synapses, definitions, namedPhases }: CircuitAudit,
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
  const broken = (each: readonly string[]) => each.flatMap((words) => linesOf(words, 15, width - 28));
  const updates = broken(synapses.map(({ update }) => update));
  const meanings = broken(definitions);
  const notes = broken(namedPhases.flatMap(phaseNote));
  const first = top + 48;
  // Side by side where they fit.
  const second = Math.max(276, 14 + widest(updates) + 12);
  const beside = second + widest(meanings) <= width - 4;
  const rows = beside ? Math.max(updates.length, meanings.length) : updates.length + meanings.length;
  const column = (x: number, from: number, each: readonly string[], colour: string) =>
    each.map((words, i) => text({ x, y: first + lineHeight * (from + i) }, words, { size: 15, colour }));
  const rule = [
    { x: 14, y: top - 10 },
    { x: width - 14, y: top - 10 },
  ];
  return {
    markup: [
      lines([rule], { colour: colours.box, width: 2 }),
      ...entries,
      ...column(14, 0, updates, colours.ink),
      ...column(beside ? second : 14, beside ? 0 : updates.length, meanings, colours.note),
      ...column(14, rows, notes, colours.note),
    ].join(''),
    bottom: first + lineHeight * (rows + notes.length - 1) + 14,
  };
}

/** What is done in a phase that noise drives. */
function phaseNote({ name, noise, silent }: AuditedPhase): string[] {
  if (noise.length === 0) return [];
  return [`${name}: noise ${noise.join(', ')}${silent ? ', without the stimulus' : ''}`];
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
