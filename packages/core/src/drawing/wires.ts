import type { CircuitDescription } from '../description/description.ts';
import { pathwayNote } from '../description/note.ts';
import type { Wire } from './layout.ts';
import { circle, element, lines, type Point, text, widthOfBold } from './markup.ts';
import { colours, strokeOf } from './style.ts';

/** How far before the postsynaptic cell a line ends, to leave room for its ending. */
const room = 9;

/** How far the white around an upright line reaches. */
const halo = 3.5;

/** A pathway with its endings, its junctions and the names of its weights and its signal. */
export function drawWire(wire: Wire, description: CircuitDescription): string {
  const stroke = strokeOf(wire.pathway);
  const { lanes, upright } = route(wire);
  return [
    // White around it sets it apart from the lines that it crosses.
    lines(upright, { colour: colours.background, width: 2 * halo }),
    lines([...lanes, ...upright], stroke),
    ...junctions(wire).map((point) => circle(point, 3, stroke.colour)),
    ...wire.inlets.map((inlet) => ending(inlet, wire.inletFace === 'top' ? 1 : -1, wire)),
    weightsLabel(wire),
    signalLabel(wire, description),
  ].join('');
}

/** The lines of a pathway: the lanes, and what leads to them and away from them. */
export function route({ outlets, inlets, lanes, inletFace, riser = 0 }: Wire): {
  lanes: Point[][];
  upright: Point[][];
} {
  const ends = inlets.map(({ x, y }) => ({ x, y: inletFace === 'top' ? y - room : y + room }));
  const [first, last = first] = lanes;
  if (first === undefined || last === undefined) {
    return { lanes: [], upright: ends.map((end, i) => [outlets[i] ?? end, end]) };
  }
  const leads = [
    ...outlets.map((outlet) => [outlet, { x: outlet.x, y: first }]),
    ...ends.map((end) => [{ x: end.x, y: last }, end]),
  ];
  if (first === last) return { lanes: [span([...outlets, ...inlets], first)], upright: leads };
  const corners = [
    { x: riser, y: first },
    { x: riser, y: last },
  ];
  return {
    lanes: [span([...outlets, ...corners], first), span([...inlets, ...corners], last)],
    upright: [...leads, corners],
  };
}

/** A level line below or above all of these points. */
function span(points: readonly Point[], y: number): Point[] {
  const xs = points.map(({ x }) => x);
  return [
    { x: Math.min(...xs), y },
    { x: Math.max(...xs), y },
  ];
}

/** Dots where a line meets a lane that goes on to both sides. */
export function junctions({ outlets, inlets, lanes }: Wire): Point[] {
  const [y] = lanes;
  if (y === undefined || lanes.length > 1) return [];
  const xs = [...outlets, ...inlets].map(({ x }) => x);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  return [...new Set(xs)].filter((x) => x > left && x < right).map((x) => ({ x, y }));
}

/** An arrowhead for excitation, a ball for inhibition, at the point; down is 1 for one that points down. */
function ending({ x, y }: Point, down: 1 | -1, { pathway }: Wire): string {
  const { colour } = strokeOf(pathway);
  return drawEnding({ x, y: y - down }, down, pathway.effect, colour);
}

export function drawEnding({ x, y }: Point, down: 1 | -1, effect: 'excitatory' | 'inhibitory', colour: string): string {
  if (effect === 'inhibitory') return circle({ x, y: y - 5 * down }, 5, colour);
  return element('path', { d: `M${x} ${y}L${x - 6} ${y - 11 * down}L${x + 6} ${y - 11 * down}Z`, fill: colour });
}

/** Where words are written, and which side of them is there: their start, if nothing else is said. */
export interface PlacedWords {
  readonly words: string;
  readonly at: Point;
  readonly anchor?: 'start' | 'end';
}

/** The name of the weights, beside the outermost ending; and what is the matter with them, below it. */
export function placeWeightsLabel(wire: Wire): PlacedWords & { readonly note?: string } {
  const { pathway, inlets, outlets, lanes, nextLane, lowestLane, inletFace, offset, source, target, riser } = wire;
  const left = offset < 0;
  if (source.kind === 'pyramidal' && target.kind === 'pyramidal' && offset === 0) return besideSignal(wire);
  if (inletFace === 'bottom' && target.kind === 'box' && !target.side && nextLane !== undefined) {
    return aboveLane(wire, nextLane);
  }
  const inlet = (left ? inlets[0] : inlets.at(-1)) ?? { x: 0, y: 0 };
  const isBesideLanes = lowestLane !== undefined && inletFace === 'top' && !left;
  const from = lanes.at(-1) ?? (isBesideLanes ? lowestLane : outlets[0]?.y) ?? inlet.y;
  const note = pathwayNote(pathway);
  const x = left ? inlet.x - 11 : inlet.x + 11;
  const between = inletFace === 'top' ? 0.45 : 0.55;
  const along = (from - inlet.y) * between;
  // Lanes to other cells can lie between what comes from afar and pyramidal cells.
  const isFromAfar = target.kind === 'pyramidal' && (riser !== undefined || source.kind === 'pyramidal');
  const most = isFromAfar ? mostFromCells : Number.POSITIVE_INFINITY;
  const middle =
    Math.round(inlet.y + Math.sign(along) * Math.min(Math.abs(along), most)) + (note === undefined ? 5 : -3);
  // Beside an ending on the left, its own lane can come from there.
  const [lane = Number.POSITIVE_INFINITY] = lanes.slice(-1);
  const y = left && inletFace === 'bottom' ? Math.min(middle, lane - 6) : middle;
  const place: PlacedWords = { words: pathway.weights, at: { x, y }, anchor: left ? 'end' : 'start' };
  return note === undefined ? place : { ...place, note };
}

/**
 * Where other lanes cross what leads up to a box, right above its own lane: on its right, on its left if another wire stands on the
 * right, right below the box if they do on both sides.
 */
function aboveLane({ pathway, inlets, lanes, besideInlets, target }: Wire, nextLane: number): PlacedWords {
  const x = inlets[0]?.x ?? 0;
  const y = ((lanes.at(-1) ?? nextLane) + nextLane) / 2 + 5;
  const words = pathway.weights;
  const reach = 11 + widthOfBold(words, 16) + halo;
  const isFree = (from: number, to: number) => !besideInlets.some((other) => other > from && other < to);
  if (isFree(x, x + reach)) return { words, at: { x: x + 11, y } };
  return { words, at: { x: x - 11, y: isFree(x - reach, x) ? y : target.bottom + 24 }, anchor: 'end' };
}

/** How far from pyramidal cells there are no lanes for sure, and room for a name. */
const mostFromCells = 20;

/** Where others end on both sides of a wire between pyramidal cells, beside the signal that it carries. */
function besideSignal({ pathway, outlets, lanes, lastCell = 0 }: Wire): PlacedWords & { readonly note?: string } {
  const last = outlets.at(-1) ?? { x: 0, y: 0 };
  const note = pathwayNote(pathway);
  const at = { x: Math.max(last.x, lastCell) + 52, y: (lanes[0] ?? last.y) - 6 };
  return { words: pathway.weights, at, ...(note !== undefined && { note }) };
}

function weightsLabel(wire: Wire): string {
  const { words, at, note, ...side } = placeWeightsLabel(wire);
  const { colour } = strokeOf(wire.pathway);
  return [
    text(at, words, { bold: true, size: 16, colour, ...side }),
    note === undefined ? '' : text({ x: at.x, y: at.y + 16 }, note, { size: 13, colour, ...side }),
  ].join('');
}

/** The signals that the pathway carries, where it begins; no words where another wire has them there. */
export function placeSignalLabel(wire: Wire, { signals }: CircuitDescription): PlacedWords {
  const { outlets, lanes, outletFace, offset, source, target, carried, repeats, lastCell = 0 } = wire;
  const words = repeats ? '' : [...new Set(carried.map((id) => signals[id]?.expression ?? ''))].join(', ');
  const last = outlets.at(-1) ?? { x: 0, y: 0 };
  const [lane] = lanes;
  if (source.kind === 'pyramidal') {
    return { words, at: { x: Math.max(last.x, lastCell) + 22, y: (lane ?? last.y) - 6 } };
  }
  const y = outletFace === 'top' ? last.y - 11 : last.y + 20;
  // Between two straight wires there is room for a symbol, beside them for more.
  const isLong = words.length > mostBetween;
  const isLoop = source === target;
  const right = isLoop || (lane === undefined && (isLong ? offset > 0 : offset < 0));
  return { words, at: { x: right ? last.x + 8 : last.x - 8, y }, anchor: right ? 'start' : 'end' };
}

/** How many letters fit between two wires. */
const mostBetween = 3;

function signalLabel(wire: Wire, description: CircuitDescription): string {
  const { words, at, ...side } = placeSignalLabel(wire, description);
  if (words === '') return '';
  return text(at, words, { italic: true, size: 16, colour: colours.ink, ...side });
}
