import type { Point } from './markup.ts';
import { isStraight, type Plan, throughGap } from './plan.ts';
import type { Roles } from './roles.ts';
import { axons, cellColumns, type Shape } from './shapes.ts';

/** Where a wire touches a shape. */
export interface Ports {
  /** One point of a box, or one of each of the cells. */
  readonly points: readonly Point[];
  /** Where it lies among others: negative is left. */
  readonly offset: number;
}

/** How far apart wires are at a box, and how far from its middle they can be. */
const [spacing, mostOffset] = [52, 92];

/** Where the wire touches the shape at one of its ends. */
export function portsOf(
  plans: readonly Plan[],
  plan: Plan,
  end: 'outlet' | 'inlet',
  shape: Shape,
  roles: Roles,
): Ports {
  const { population, face, gap } = plan[end];
  const y = face === 'top' ? shape.top : shape.bottom;
  if (shape.kind === 'pyramidal' && end === 'outlet') {
    const leaving = plans.filter(({ outlet }) => outlet.population === population);
    const aside = besideAxon(leaving.indexOf(plan), leaving.length);
    return { points: axons(shape).map(({ x, y }) => ({ x: x + aside, y })), offset: 0 };
  }
  if (isBetweenBoxes(gap, roles) && !shape.side) {
    const offset = offsetInGap(besidesLoops(throughGap(plans, gap, roles), plan, end), plan, roles);
    return { points: [{ x: shape.x + offset, y }], offset };
  }
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
    const apart = Math.min(spacing, (2 * mostOffset) / (touching.length - 1));
    const offset = spread(index, touching.length, apart);
    return { points: [{ x: shape.x + offset, y }], offset };
  }
  const reach = face === 'top' ? 18 : 30;
  const offset = touching.length === 1 ? -reach : -reach + (2 * reach * index) / (touching.length - 1);
  return { points: cellColumns(shape).map((x) => ({ x: x + offset, y })), offset };
}

/** Where a branch of the axon runs, of so many: side by side, and none above where wires end at the tufts below. */
function besideAxon(index: number, count: number): number {
  return count === 1 ? 0 : spread(index, count, 8) + 3;
}

/**
 * Without the loops of the other row, where the plan is a loop: what leaves a box below and what comes to the one beneath it can do so
 * at the same place, as the lanes of the first lie above those of the second.
 */
function besidesLoops(through: readonly Plan[], plan: Plan, end: 'outlet' | 'inlet'): readonly Plan[] {
  const { gap } = plan[end];
  return through.filter((each) => each.rise !== 0 || plan.rise !== 0 || each[end].gap === gap);
}

function isBetweenBoxes(gap: number, { rows }: Roles): boolean {
  return [rows[gap], rows[gap + 1]].every((row) => row?.compartments.length === 0);
}

/** The same at both boxes, so that wires between them run straight: at most two beside the middle, all others right of them. */
function offsetInGap(through: readonly Plan[], plan: Plan, roles: Roles): number {
  const index = through.indexOf(plan);
  const count = through.length;
  const straight = through.filter((each) => isStraight(each, roles)).length;
  if (count <= 2 || straight > 2) return spread(index, count, Math.min(spacing, (2 * mostOffset) / (count - 1)));
  if (index < 2) return spread(index, 2, spacing);
  return Math.round(spacing / 2 + ((mostOffset - spacing / 2) / (count - 2)) * (index - 1));
}

function spread(index: number, count: number, apart: number): number {
  return count === 1 ? 0 : Math.round((index - (count - 1) / 2) * apart);
}
