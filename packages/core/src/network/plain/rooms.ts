import {
  allOperations,
  type Body,
  changesOfScope,
  inputsOf,
  inputsOfChange,
  type Operation,
  outputsOf,
  type Trace,
} from '../../circuit/trace.ts';
import { hoisted } from './hoist.ts';

/** From when to when a signal is there: the first operation that writes or reads it, and the last. */
interface Life {
  first: number;
  last: number;
}

/**
 * Which signals can lie in the same place, as the one is not read any more when the other is written: numbers of rooms by signals. Those that have
 * no room lie by themselves: what is read from outside, what lasts from step to step, and what is made only once.
 *
 * @param kindOf what a signal that can share is alike in with those it shares with
 */
export function roomsOf(
  trace: Trace,
  kindOf: (signal: number) => string | number | undefined,
): ReadonlyMap<number, number> {
  const { lives, apart } = livesOf(trace);
  const rooms: { readonly kind: string | number; until: number }[] = [];
  const found = new Map<number, number>();
  for (const [signal, { first, last }] of [...lives].toSorted(([, a], [, b]) => a.first - b.first)) {
    const kind = kindOf(signal);
    if (kind === undefined || apart.has(signal)) continue;
    const free = rooms.findIndex((room) => room.kind === kind && room.until < first);
    const room = free >= 0 ? free : rooms.push({ kind, until: last }) - 1;
    rooms[room]!.until = last;
    found.set(signal, room);
  }
  return found;
}

/** The lives of all signals, and those that must lie apart. */
function livesOf(trace: Trace): { readonly lives: ReadonlyMap<number, Life>; readonly apart: ReadonlySet<number> } {
  const lives = new Map<number, Life>();
  // The stimulus and the label are there before, the result is read afterwards.
  const apart = new Set([0, 1, ...(trace.result === undefined ? [] : [trace.result])]);
  let now = 0;
  const touch = (signal: number, at: number) => {
    const life = lives.get(signal);
    if (life) life.last = Math.max(life.last, at);
    else lives.set(signal, { first: at, last: at });
  };
  const visitBody = (body: Body) => {
    for (const operation of body.operations) visit(operation);
    now += 1;
    // What states become is read when all else is done, as is what changes synapses.
    for (const each of body.operations) if (each.kind === 'become') touch(each.next, now);
    for (const signal of changesOfScope(body).flatMap(inputsOfChange)) touch(signal, now);
  };
  const visit = (operation: Operation) => {
    now += 1;
    if (!('body' in operation)) {
      for (const signal of [...inputsOf(operation), ...outputsOf(operation)]) touch(signal, now);
      if (['state', 'become', 'constant', 'noise'].includes(operation.kind)) {
        for (const signal of [...outputsOf(operation), ...inputsOf(operation)]) apart.add(signal);
      }
      return;
    }
    const start = now;
    visitBody(operation.body);
    now += 1;
    for (const signal of [...inputsOf(operation), ...outputsOf(operation)]) touch(signal, now);
    const within = allOperations(operation.body);
    if (operation.kind === 'repeat') {
      // What was there before and is read in a step is read in the next one, too.
      for (const signal of within.flatMap(inputsOf)) {
        const life = lives.get(signal);
        if (life && life.first <= start) life.last = Math.max(life.last, now);
      }
      for (const signal of hoisted(operation.body).before.flatMap(outputsOf)) apart.add(signal);
    }
    if (operation.kind === 'equilibrium') {
      // Its body is computed again and again, in parts.
      for (const signal of within.flatMap((each) => [...inputsOf(each), ...outputsOf(each)])) apart.add(signal);
      for (const signal of [operation.unknown, operation.output, operation.residual]) apart.add(signal);
    }
  };
  visitBody(trace);
  return { lives, apart };
}
