import { type Body, type Change, type Operation, type Rest, stopsEarly } from '../circuit/trace.ts';

/** Something that is done, and when. */
export interface Placed<What> {
  readonly what: What;
  /** The phase in which it is done, where it is one that has a name. */
  readonly phase?: string;
  /** How many times it is done for each sample. */
  readonly steps: number;
  /** Whether it is done fewer times where a sample is at rest before. */
  readonly early?: boolean;
}

type When = Omit<Placed<unknown>, 'what'>;

/** All operations in order, those in bodies, once each, before the one that has the body. */
export function placedOperations(body: Body, when: When = { steps: 1 }): readonly Placed<Operation>[] {
  return body.operations.flatMap((what) => [
    ...('body' in what ? placedOperations(what.body, within(what, when)) : []),
    { what, ...when },
  ]);
}

/** All changes in order, those in bodies before those beside them. */
export function placedChanges(body: Body, when: When = { steps: 1 }): readonly Placed<Change>[] {
  return [
    ...body.operations.flatMap((each) => ('body' in each ? placedChanges(each.body, within(each, when)) : [])),
    ...body.changes.map((what) => ({ what, ...when })),
  ];
}

/** How many times each repeated body that has none within it is done for a sample, in order. */
export function repeatsOf({ operations }: Body, times = 1): readonly number[] {
  return operations.flatMap((operation) => {
    if (!('body' in operation)) return [];
    if (operation.kind !== 'repeat') return repeatsOf(operation.body, times);
    const steps = times * operation.steps;
    const inner = repeatsOf(operation.body, steps);
    return inner.length > 0 ? inner : [steps];
  });
}

/** When samples are at rest, of bodies that can stop early. */
export function restsOf(body: Body): readonly Rest[] {
  return placedOperations(body).flatMap(({ what }) => (what.kind === 'repeat' && stopsEarly(what) ? [what.rest!] : []));
}

function within(operation: Operation, when: When): When {
  if (operation.kind === 'phase') return { ...when, phase: operation.name };
  if (operation.kind !== 'repeat') return when;
  return { ...when, steps: when.steps * operation.steps, ...(stopsEarly(operation) && { early: true }) };
}
