import type { CircuitDescription, DescribedPathway } from '../description/description.ts';
import { basalCompartments, type Roles } from './roles.ts';
import type { Face } from './shapes.ts';

/** One end of a wire, and the gap between rows that it opens to: gap i is above row i. */
export interface End {
  readonly population: string;
  readonly face: Face;
  readonly gap: number;
}

/** A wire before it has a place: the pathways over the same weights, or the channels from a population to the same place. */
export interface Plan {
  readonly pathway: DescribedPathway;
  /** The signals that it carries, by their `id`, one after the other. */
  readonly carried: readonly number[];
  readonly outlet: End;
  readonly inlet: End;
  readonly fromSide: boolean;
  /** The row beside which its side population stands, if one of its ends is one. */
  readonly besideRow: number | undefined;
  /** How many rows up it leads; negative for down. */
  readonly rise: number;
}

/** Says of every wire from which to which face of its populations it runs. */
export function planWires(description: CircuitDescription, roles: Roles): readonly Plan[] {
  const basal = basalCompartments(description, roles);
  const rowOf = (name: string) => roles.rows.findIndex((each) => each.name === name);
  const besideOf = (name: string) => roles.sides.find(({ population }) => population.name === name)?.row;
  const wires = Map.groupBy(description.pathways, ({ weights, channel, from, to, compartment }) =>
    [channel || weights, from, to, compartment].join('\n'),
  );
  return [...wires.values()].flatMap((ways): Plan[] => {
    const [first] = ways;
    if (!first) return [];
    const pathway = { ...first, weights: [...new Set(ways.map(({ weights }) => weights))].join(', ') };
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
    return [
      {
        pathway,
        carried: [...new Set(ways.map(({ input }) => input))],
        outlet: end(from, fromRow, outletFace),
        inlet: end(to, toRow, inletFace),
        fromSide: fromBeside !== undefined,
        besideRow: fromBeside ?? toBeside,
        rise: toRow - fromRow,
      },
    ];
  });
}

/** From one box to another right above or below it. */
export function isStraight({ outlet, inlet, besideRow }: Plan, roles: Roles): boolean {
  const box = (name: string) => roles.rows.some((each) => each.name === name && each.compartments.length === 0);
  return besideRow === undefined && outlet.gap === inlet.gap && box(outlet.population) && box(inlet.population);
}

/**
 * The wires with a lane in the gap, from the top: those of the row above, those that cross, those of the row below. Of those that
 * pass rows by, those that lead furthest lie next to where they begin, so that they do not cross each other; those that begin at the
 * row below lie below those that begin at the row above, so that they do not run into each other.
 */
export function lanesIn(plans: readonly Plan[], gap: number, roles: Roles): readonly Plan[] {
  const rank = ({ besideRow }: Plan) => (besideRow === undefined ? 1 : besideRow > gap ? 0 : 2);
  const beginsBelow = ({ outlet }: Plan) => Number(outlet.gap === gap && outlet.face === 'top');
  // Of loops, which leave a row below it and come back above it, that of the row above comes first.
  const leaves = ({ rise, outlet }: Plan) => Number(rise === 0 && outlet.gap !== gap);
  return plans
    .filter(({ outlet, inlet }) => outlet.gap === gap || inlet.gap === gap)
    .filter((plan) => !isStraight(plan, roles))
    .toSorted(
      (a, b) => rank(a) - rank(b) || a.rise - b.rise || leaves(a) - leaves(b) || beginsBelow(a) - beginsBelow(b),
    );
}

/** The wires that touch one of the two boxes on both sides of the gap there, from the left: straight ones, up and down first. */
export function throughGap(plans: readonly Plan[], gap: number, roles: Roles): readonly Plan[] {
  const order = (plan: Plan) => (isStraight(plan, roles) ? 0 : 1);
  return plans
    .filter(({ outlet, inlet }) => [outlet, inlet].some((end) => end.gap === gap))
    .toSorted(
      (a, b) =>
        order(a) - order(b) ||
        Number(b.rise > 0) - Number(a.rise > 0) ||
        Number(a.fromSide) - Number(b.fromSide) ||
        Math.abs(a.rise) - Math.abs(b.rise),
    );
}
