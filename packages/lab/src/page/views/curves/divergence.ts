import type { Point } from '../../store/store.ts';
import type { Curve } from './curve.ts';

/** So many times what a network began with is far from it, and has it diverge. */
const far = 3;
const diverging = 10;

/**
 * From which sample on what was measured of a network is no longer near what it began with, where it diverges: it failed, or what it
 * makes small has become ten times as large. Where it failed before that was measured, it is just behind the last point.
 */
export function divergedFrom(points: readonly Point[], hasFailed: boolean): number | undefined {
  const measured = points.flatMap(({ samples, readings: { objective } }) =>
    objective === undefined ? [] : [{ samples, objective }],
  );
  const [first, last] = [measured[0], measured.at(-1)];
  if (!first || !last) return undefined;
  // An objective that is not positive, as rules without labels have them, says nothing by its size.
  const isSize = first.objective > 0;
  if (!hasFailed && !(isSize && last.objective > diverging * first.objective)) return undefined;
  if (!isSize) return last.samples + 1;
  const near = measured.findLast(({ objective }) => objective <= far * first.objective);
  return measured.find(({ samples }) => samples > (near?.samples ?? -1))?.samples ?? last.samples + 1;
}

/**
 * The point at which a curve is marked as diverged: the last near one, or on a logarithmic axis the last of all. Where none is near it is the
 * first, which lies beyond the axis: there the curve is marked at its edge.
 */
export function divergenceMark({ points, divergedAt, kind }: Curve, isLogarithmic: boolean) {
  if (divergedAt === undefined || kind === 'second') return undefined;
  const known = points.filter((point): point is [number, number] => point[1] !== null && Number.isFinite(point[1]));
  return known.findLast(([samples]) => isLogarithmic || samples < divergedAt) ?? known[0];
}
