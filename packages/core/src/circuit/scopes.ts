import { allOperations, type Body, inputsOf, inputsOfChange, outputsOf, type Trace } from './trace.ts';

/**
 * Refuses a trace in which something reads what was computed while an equilibrium was sought: that belongs to no sample. Its result is
 * the signal that `equilibrium` returns.
 * @throws TypeError
 */
export function checkScopes(trace: Trace): void {
  checkBody(trace);
  const hidden = hiddenIn(trace);
  if (trace.result !== undefined && hidden.has(trace.result)) refuse(trace.result);
}

/** @param outside what was hidden in the bodies around it */
function checkBody(body: Body, outside: ReadonlySet<number> = new Set()): void {
  const hidden = new Set([...outside, ...hiddenIn(body)]);
  for (const operation of body.operations) {
    if (operation.kind === 'equilibrium') {
      checkBody(operation.body, outside);
      continue;
    }
    for (const id of inputsOf(operation)) if (hidden.has(id)) refuse(id);
    if ('body' in operation) checkBody(operation.body, hidden);
  }
  for (const id of body.changes.flatMap(inputsOfChange)) if (hidden.has(id)) refuse(id);
}

/** The signals in the bodies of a body's own equilibria. */
function hiddenIn({ operations }: Body): ReadonlySet<number> {
  return new Set(
    operations.flatMap((each) =>
      each.kind === 'equilibrium' ? [each.unknown, ...allOperations(each.body).flatMap(outputsOf)] : [],
    ),
  );
}

function refuse(id: number): never {
  throw new TypeError(
    `signal ${id} was computed while an equilibrium was sought, and is read outside of it: read what the equilibrium returns`,
  );
}
