import type { CircuitDescription, DescribedPathway, DescribedPopulation } from '../description/description.ts';
import type { Point } from './markup.ts';
import { basalCompartments, findRoles, type Roles } from './roles.ts';
import { axons, boxHeight, cellColumns, type Face, pyramidalHeight, type Shape, sideBoxHeight } from './shapes.ts';

/** A pathway in the drawing: from its outlets to one or more horizontal lanes, from there to its inlets. */
export interface Wire {
  readonly pathway: DescribedPathway;
  readonly outlets: readonly Point[];
  readonly inlets: readonly Point[];
  /** Heights of the lanes: none where it runs straight, two where a riser joins them. */
  readonly lanes: readonly number[];
  /** Where its inlets and outlets lie among others: negative is left. */
  readonly offset: number;
  readonly outletFace: Face;
  readonly inletFace: Face;
  readonly source: Shape;
  readonly target: Shape;
}

export interface Layout {
  readonly shapes: readonly Shape[];
  readonly wires: readonly Wire[];
  /** Below all of it. */
  readonly bottom: number;
}

export const width = 600;
export const middle = 290;
const sideMiddle = 512;
/** How many cells stand for any number of them. */
const mostCells = 3;

/** One end of a pathway, and the gap between rows that it opens to: gap i is above row i. */
interface End {
  readonly population: string;
  readonly face: Face;
  readonly gap: number;
}

interface Plan {
  readonly pathway: DescribedPathway;
  readonly outlet: End;
  readonly inlet: End;
  readonly fromSide: boolean;
  /** The row beside which its side population stands, if one of its ends is one. */
  readonly besideRow: number | undefined;
}

/** Lays out a circuit below the height `top`. Everything follows from who drives whom. */
export function layOut(description: CircuitDescription, top: number): Layout {
  const roles = findRoles(description);
  const plans = planWires(description, roles);
  const gaps = roles.rows.map((_, gap) => lanesIn(plans, gap));
  const shapes = placeShapes(roles, gaps, top, description.hidden);
  const find = (name: string): Shape => {
    const shape = shapes.find(({ population }) => population.name === name);
    if (!shape) throw new TypeError(`the description has no population ${name}`);
    return shape;
  };
  const laneHeight = (gap: number, plan: Plan): number => {
    const above = shapes.find(({ row, side }) => !side && row === gap + 1);
    return (above?.bottom ?? top) + 32 + 24 * (gaps[gap] ?? []).indexOf(plan);
  };
  const wires = plans.map((plan): Wire => {
    const { pathway, outlet, inlet } = plan;
    const [source, target] = [find(outlet.population), find(inlet.population)];
    const [from, to] = [ports(plans, plan, 'outlet', source), ports(plans, plan, 'inlet', target)];
    const lanes =
      isStraight(plan, roles) && from.offset === to.offset
        ? []
        : [...new Set([outlet.gap, inlet.gap])].map((gap) => laneHeight(gap, plan));
    const { offset } = to;
    const faces = { outletFace: outlet.face, inletFace: inlet.face };
    return { pathway, outlets: from.points, inlets: to.points, lanes, offset, ...faces, source, target };
  });
  const bottom = Math.max(...shapes.map((shape) => shape.bottom));
  return { shapes, wires, bottom };
}

function planWires(description: CircuitDescription, roles: Roles): Plan[] {
  const basal = basalCompartments(description, roles);
  const rowOf = (name: string) => roles.rows.findIndex((each) => each.name === name);
  const besideOf = (name: string) => roles.sides.find(({ population }) => population.name === name)?.row;
  return description.pathways.map((pathway): Plan => {
    const { from, to, compartment } = pathway;
    const [fromBeside, toBeside] = [besideOf(from), besideOf(to)];
    const [fromRow, toRow] = [fromBeside ?? rowOf(from), toBeside ?? rowOf(to)];
    const pyramidal = (row: number) => (roles.rows[row]?.compartments.length ?? 0) > 0;
    const end = (population: string, row: number, face: Face): End => {
      return { population, face, gap: face === 'top' ? row : row - 1 };
    };
    let inletFace: Face = fromRow < toRow || toBeside !== undefined ? 'bottom' : 'top';
    if (toBeside === undefined && pyramidal(toRow)) inletFace = basal.has(`${to} ${compartment}`) ? 'bottom' : 'top';
    let outletFace: Face = fromRow < toRow ? 'top' : 'bottom';
    if (fromBeside !== undefined) outletFace = inletFace;
    if (fromBeside === undefined && pyramidal(fromRow)) outletFace = 'bottom';
    return {
      pathway,
      outlet: end(from, fromRow, outletFace),
      inlet: end(to, toRow, inletFace),
      fromSide: fromBeside !== undefined,
      besideRow: fromBeside ?? toBeside,
    };
  });
}

/** The pathways with a lane in the gap, from the top: those of the row above, those that cross, those of the row below. */
function lanesIn(plans: readonly Plan[], gap: number): readonly Plan[] {
  const rank = ({ besideRow }: Plan) => (besideRow === undefined ? 1 : besideRow > gap ? 0 : 2);
  return plans
    .filter(({ outlet, inlet }) => outlet.gap === gap || inlet.gap === gap)
    .toSorted((a, b) => rank(a) - rank(b));
}

/** From one box to another right above or below it. */
function isStraight({ outlet, inlet, besideRow }: Plan, { rows }: Roles): boolean {
  const box = (name: string) => rows.some((each) => each.name === name && each.compartments.length === 0);
  return besideRow === undefined && outlet.gap === inlet.gap && box(outlet.population) && box(inlet.population);
}

function placeShapes(
  { rows, sides }: Roles,
  gaps: readonly (readonly Plan[])[],
  top: number,
  hidden: number | undefined,
): Shape[] {
  const shapes: Shape[] = [];
  const cellsOf = ({ size }: DescribedPopulation) => Math.min(mostCells, (size === 'k' && hidden) || mostCells);
  let y = top;
  for (let row = rows.length - 1; row >= 0; row--) {
    const population = rows[row];
    if (!population) continue;
    const kind = population.compartments.length > 0 ? 'pyramidal' : 'box';
    const bottom = y + (kind === 'pyramidal' ? pyramidalHeight : boxHeight);
    shapes.push({ population, kind, x: middle, top: y, bottom, row, side: false, cells: cellsOf(population) });
    const beside = sides.filter((each) => each.row === row);
    beside.forEach(({ population: other }, i) => {
      const start = (y + bottom) / 2 - sideBoxHeight / 2 + (i - (beside.length - 1) / 2) * (sideBoxHeight + 10);
      const place = { x: sideMiddle, top: start, bottom: start + sideBoxHeight };
      shapes.push({ population: other, kind: 'box', ...place, row, side: true, cells: cellsOf(other) });
    });
    const lanes = gaps[row - 1]?.length ?? 0;
    y = bottom + 32 + 24 * Math.max(1, lanes - 1) + 34;
  }
  return shapes;
}

/** Where the pathway touches the shape: a point in a box, a point in each of the cells. */
function ports(plans: readonly Plan[], plan: Plan, end: 'outlet' | 'inlet', shape: Shape) {
  const { population, face } = plan[end];
  const y = face === 'top' ? shape.top : shape.bottom;
  if (shape.kind === 'pyramidal' && end === 'outlet') return { points: axons(shape), offset: 0 };
  const touching = plans.flatMap((other) =>
    (['outlet', 'inlet'] as const)
      .filter((which) => other[which].population === population && other[which].face === face)
      .filter((which) => shape.kind === 'box' || which === 'inlet')
      .map((which) => ({ other, which })),
  );
  // What comes from the side meets pyramidal cells on their right.
  touching.sort((a, b) => Number(a.other.fromSide) - Number(b.other.fromSide));
  const index = touching.findIndex(({ other, which }) => other === plan && which === end);
  if (shape.kind === 'box') {
    const offset = (index - (touching.length - 1) / 2) * 52;
    return { points: [{ x: shape.x + offset, y }], offset };
  }
  const reach = face === 'top' ? 18 : 30;
  const offset = touching.length === 1 ? -reach : -reach + (2 * reach * index) / (touching.length - 1);
  return { points: cellColumns(shape).map((x) => ({ x: x + offset, y })), offset };
}
