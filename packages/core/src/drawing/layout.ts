import type { CircuitDescription, DescribedPathway, DescribedPopulation } from '../description/description.ts';
import { pathwayNote } from '../description/note.ts';
import { unitsOf } from '../description/sizes.ts';
import { biasesOf, withoutBiases } from './biases.ts';
import { type Point, widthOf } from './markup.ts';
import { isStraight, lanesIn, type Plan, planWires, throughGap } from './plan.ts';
import { portsOf } from './ports.ts';
import { findRoles, type Roles } from './roles.ts';
import { boxHeight, cellColumns, type Face, pyramidalHeight, type Shape, sideBoxHeight } from './shapes.ts';

/** A pathway in the drawing: from its outlets to one or more horizontal lanes, from there to its inlets. */
export interface Wire {
  readonly pathway: DescribedPathway;
  /** The signals that it carries, by their `id`, one after the other. */
  readonly carried: readonly number[];
  readonly outlets: readonly Point[];
  readonly inlets: readonly Point[];
  /** Heights of the lanes: none where it runs straight, two where a riser joins them. */
  readonly lanes: readonly number[];
  /** Where the riser is, if there is one. */
  readonly riser?: number;
  /** Where its inlets and outlets lie among others: negative is left. */
  readonly offset: number;
  readonly outletFace: Face;
  readonly inletFace: Face;
  readonly source: Shape;
  readonly target: Shape;
  /** The rightmost pyramidal cell above and below the gap where it begins, if there is one. */
  readonly lastCell?: number;
  /** The height of the lane that lies between its own and its inlets, next to it, where one does. */
  readonly nextLane?: number;
  /** Where other wires stand upright between the same two rows as its inlets: their x. */
  readonly besideInlets: readonly number[];
  /** Of a straight wire, the height of the lowest lane beside it. */
  readonly lowestLane?: number;
  /** Whether another wire that begins there shows already what it carries. */
  readonly repeats: boolean;
}

export interface Layout {
  readonly shapes: readonly Shape[];
  readonly wires: readonly Wire[];
  readonly width: number;
  /** Below all of it. */
  readonly bottom: number;
}

const usualWidth = 600;
export const middle = 290;
const sideMiddle = 512;
/** How many cells stand for any number of them. */
const mostCells = 3;
/** Between lanes, and between risers. */
const [laneSpacing, riserSpacing] = [24, 24];
/** From the middle to the first riser: past what is written to the right of boxes, and of pyramidal cells. */
const besideRow = { box: 226, pyramidal: 220 };

/** Above the lanes that lie above the topmost row, and below them: room for the names of what comes down. */
const [aboveLanes, belowLanes] = [12, 48];

/** Lays out a circuit below the height `top`. Everything follows from who drives whom. */
export function layOut(whole: CircuitDescription, top: number): Layout {
  const description = withoutBiases(whole);
  const roles = findRoles(description);
  const plans = planWires(description, roles);
  const gaps = roles.rows.map((_, gap) => lanesIn(plans, gap, roles));
  const heights = gaps.map((lanes, gap) => {
    const labels = lanes.length > 0 && throughGap(plans, gap, roles).some((plan) => isStraight(plan, roles)) ? 58 : 34;
    return 32 + laneSpacing * Math.max(labels > 34 ? 0 : 1, lanes.length - 1) + labels;
  });
  const above = heightAbove(gaps.at(-1) ?? []);
  const risers = placeRisers(plans);
  const columns = Math.max(-1, ...risers.values()) + 1;
  const firstRiser =
    middle +
    Math.max(...roles.rows.map(({ compartments }) => besideRow[compartments.length > 0 ? 'pyramidal' : 'box']));
  const shift = columns > 0 && roles.sides.length > 0 ? 80 + riserSpacing * columns : 0;
  const shapes = placeShapes(roles, heights, top + above, whole, sideMiddle + shift);
  const find = (name: string): Shape => {
    const shape = shapes.find(({ population }) => population.name === name);
    if (!shape) throw new TypeError(`the description has no population ${name}`);
    return shape;
  };
  const laneHeight = (gap: number, plan: Plan): number => {
    const row = shapes.find((shape) => !shape.side && shape.row === gap + 1);
    return (row ? row.bottom + 32 : top + aboveLanes) + laneSpacing * (gaps[gap] ?? []).indexOf(plan);
  };
  const ports = plans.map((plan) => ({
    from: portsOf(plans, plan, 'outlet', find(plan.outlet.population), roles),
    to: portsOf(plans, plan, 'inlet', find(plan.inlet.population), roles),
  }));
  const uprightIn = (gap: number, but: Plan): number[] =>
    plans.flatMap((plan, i) => {
      const { from, to } = ports[i]!;
      if (plan === but) return [];
      return [...(plan.outlet.gap === gap ? from.points : []), ...(plan.inlet.gap === gap ? to.points : [])].map(
        ({ x }) => x,
      );
    });
  const wires = plans.map((plan, i): Wire => {
    const { pathway, carried, outlet, inlet } = plan;
    const [source, target] = [find(outlet.population), find(inlet.population)];
    const { from, to } = ports[i]!;
    const riser = risers.get(plan);
    const straight = isStraight(plan, roles);
    const cells = shapes.filter(({ row, side, kind }) => {
      return kind === 'pyramidal' && !side && (row === outlet.gap || row === outlet.gap + 1);
    });
    const beside = gaps[inlet.gap] ?? [];
    const next = straight ? undefined : beside[beside.indexOf(plan) + (inlet.face === 'bottom' ? -1 : 1)];
    const lowest = straight ? gaps[inlet.gap]?.at(-1) : undefined;
    return {
      pathway,
      carried,
      outlets: from.points,
      inlets: to.points,
      lanes: straight ? [] : [...new Set([outlet.gap, inlet.gap])].map((gap) => laneHeight(gap, plan)),
      ...(riser !== undefined && { riser: firstRiser + riserSpacing * riser }),
      ...(cells.length > 0 && { lastCell: Math.max(...cells.flatMap(cellColumns)) }),
      ...(next && { nextLane: laneHeight(inlet.gap, next) }),
      besideInlets: uprightIn(inlet.gap, plan),
      ...(lowest && { lowestLane: laneHeight(inlet.gap, lowest) }),
      offset: to.offset,
      outletFace: outlet.face,
      inletFace: inlet.face,
      source,
      target,
      repeats: plans.slice(0, i).some((other) => beginsAlike(other, plan)),
    };
  });
  const bottom = Math.max(...shapes.map((shape) => shape.bottom));
  const notes = plans
    .filter(({ besideRow: row }) => row !== undefined)
    .map(({ pathway }) => pathwayNote(pathway) ?? '');
  const besideSide = sideMiddle + shift + 11 + Math.max(0, ...notes.map((note) => widthOf(note, 13))) + 4;
  const width = Math.max(usualWidth + shift, firstRiser + riserSpacing * columns, besideSide);
  return { shapes, wires, width, bottom };
}

/** The room above the topmost row, where wires come to it from above. */
function heightAbove(lanes: readonly Plan[]): number {
  return lanes.length === 0 ? 0 : aboveLanes + laneSpacing * (lanes.length - 1) + belowLanes;
}

function beginsAlike(a: Plan, b: Plan): boolean {
  return (
    a.outlet.population === b.outlet.population &&
    a.outlet.face === b.outlet.face &&
    a.carried.join() === b.carried.join()
  );
}

/** The column of the riser of each wire that passes rows by: the shorter the further left, none on another. */
function placeRisers(plans: readonly Plan[]): ReadonlyMap<Plan, number> {
  const found = new Map<Plan, number>();
  const span = ({ outlet, inlet }: Plan) => [outlet.gap, inlet.gap].toSorted((a, b) => a - b) as [number, number];
  const length = (plan: Plan) => span(plan)[1] - span(plan)[0];
  for (const plan of plans.filter((each) => length(each) > 0).toSorted((a, b) => length(a) - length(b))) {
    const [low, high] = span(plan);
    const taken = [...found].filter(([other]) => span(other)[0] <= high && low <= span(other)[1]);
    const columns = new Set(taken.map(([, column]) => column));
    let column = 0;
    while (columns.has(column)) column++;
    found.set(plan, column);
  }
  return found;
}

function placeShapes(
  { rows, sides }: Roles,
  heights: readonly number[],
  top: number,
  whole: CircuitDescription,
  sideX: number,
): Shape[] {
  const shapes: Shape[] = [];
  const cellsOf = ({ size }: DescribedPopulation) => Math.min(mostCells, unitsOf(size, whole.hidden) ?? mostCells);
  let y = top;
  for (let row = rows.length - 1; row >= 0; row--) {
    const population = rows[row];
    if (!population) continue;
    const kind = population.compartments.length > 0 ? 'pyramidal' : 'box';
    const bottom = y + (kind === 'pyramidal' ? pyramidalHeight : boxHeight);
    const biases = biasesOf(whole, population.name);
    shapes.push({ biases, population, kind, x: middle, top: y, bottom, row, side: false, cells: cellsOf(population) });
    const beside = sides.filter((each) => each.row === row);
    beside.forEach(({ population: other }, i) => {
      const start = (y + bottom) / 2 - sideBoxHeight / 2 + (i - (beside.length - 1) / 2) * (sideBoxHeight + 10);
      const place = { x: sideX, top: start, bottom: start + sideBoxHeight };
      shapes.push({
        biases: biasesOf(whole, other.name),
        population: other,
        kind: 'box',
        ...place,
        row,
        side: true,
        cells: cellsOf(other),
      });
    });
    y = bottom + (heights[row - 1] ?? 0);
  }
  return shapes;
}
