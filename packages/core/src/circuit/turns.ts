import { type Body, changesOfScope, inputsOf, inputsOfChange, type Operation, outputsOf, type Trace } from './trace.ts';

/**
 * What is done in the turns of a trace whose phases take turns: for each phase, in order, the trace without the others.
 * @throws TypeError where there are less than two phases, something is learned outside of them, or one needs signals of another
 */
export function turnsOf(trace: Trace): readonly Trace[] {
  const phases = trace.operations.filter(({ kind }) => kind === 'phase');
  if (phases.length < 2) throw new TypeError('phases that take turns are two at least');
  if (changesOfScope(trace).length > 0) throw new TypeError('where phases take turns, all that is learned is in them');
  return phases.map((phase) => {
    const operations = trace.operations.filter((each) => each.kind !== 'phase' || each === phase);
    const computed = new Set([0, 1, ...operations.flatMap(signalsOf)]);
    if (operations.flatMap(readBy).some((id) => !computed.has(id))) {
      throw new TypeError('phases that take turns need no signals of each other');
    }
    return { ...trace, operations };
  });
}

/** Which of so many turns an update is in, where each is for so many updates. */
export function turnAt(update: number, turns: number, updatesOfEach: number): number {
  return Math.floor(update / updatesOfEach) % turns;
}

function signalsOf(operation: Operation): readonly number[] {
  const own = operation.kind === 'equilibrium' ? [operation.unknown, operation.output] : outputsOf(operation);
  return 'body' in operation ? [...own, ...operation.body.operations.flatMap(signalsOf)] : own;
}

function readBy(operation: Operation): readonly number[] {
  return [...inputsOf(operation), ...('body' in operation ? readIn(operation.body) : [])];
}

function readIn({ operations, changes }: Body): readonly number[] {
  return [...operations.flatMap(readBy), ...changes.flatMap(inputsOfChange)];
}
