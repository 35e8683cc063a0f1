import type { Signal, State } from './signal.ts';
import { allChanges, allOperations, type Body, type Operation, outputsOf, type Rest } from './trace.ts';

/** A state that settles, and what drives it, which is zero at rest. */
export interface Driven {
  readonly state: State<string>;
  readonly drive: Signal<string>;
}

/**
 * Refuses a repeated body that cannot stop early for one sample alone: it must do no more than compute, of each sample by itself, what
 * the states of its cells are next. What drives them must be computed in it.
 *
 * @param isShared whether a signal is not of one sample alone
 * @throws TypeError that says what it does instead
 */
export function checkRest(
  body: Body,
  { states, drives, tolerance }: Rest,
  isShared: (signal: number) => boolean,
): void {
  if (!(Number.isFinite(tolerance) && tolerance >= 0)) {
    throw new TypeError(`what settles stops within a tolerance of 0 or more, not ${tolerance}`);
  }
  const computed = new Set(body.operations.flatMap(outputsOf));
  const becoming = new Set(body.operations.flatMap((each) => (each.kind === 'become' ? [each.state] : [])));
  if (states.length === 0 || states.some((id) => !becoming.has(id)) || drives.some((id) => !computed.has(id))) {
    throw new TypeError(
      'states that settle become something in what is repeated, and what drives them is computed in it',
    );
  }
  if (tolerance === 0) return;
  const operations = allOperations(body);
  const doing = operations.find(doesMore);
  const changed = operations.flatMap((each) => (each.kind === 'become' ? [each.state] : outputsOf(each)));
  const what =
    allChanges(body).length > 0
      ? 'what is learned'
      : (doing?.kind ?? (changed.some(isShared) ? 'what goes on from sample to sample, or is at synapses' : undefined));
  if (what !== undefined) throw new TypeError(`where samples stop early, each by itself, there is no ${what}`);
}

/** Whether it does more than compute signals, and what states become. */
function doesMore(operation: Operation): boolean {
  if (operation.kind === 'activate') return operation.mean !== undefined;
  return ['noise', 'repeat', 'phase', 'outer'].includes(operation.kind);
}
