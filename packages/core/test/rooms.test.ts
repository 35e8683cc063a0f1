import { describe, expect, test } from 'vitest';
import {
  type Body,
  changesOfScope,
  inputsOf,
  inputsOfChange,
  type Operation,
  outputsOf,
  type Trace,
} from '../src/circuit/trace.ts';
import { createMemory, createNetwork, layOut, rules } from '../src/index.ts';
import { hoisted } from '../src/network/plain/hoist.ts';
import { roomsOf } from '../src/network/plain/rooms.ts';
import { traceNetwork } from '../src/network/traces.ts';
import { rates } from './fixtures.ts';
import { depthsOf, parameterSets } from './registry.ts';

// In a batch, signals lie where others did that nothing reads any more.

/** Something that is done with a signal. */
type Event = readonly ['read' | 'written', number];

/** What a program does with signals, one after the other, all that is repeated three times. */
function events(trace: Trace): Event[] {
  return [...ofBody(trace), ...read(trace.result === undefined ? [] : [trace.result])];
}

const read = (signals: readonly number[]) => signals.map((signal): Event => ['read', signal]);

function ofBody(body: Body): Event[] {
  const next = body.operations.flatMap((each) => (each.kind === 'become' ? [each.next] : []));
  return [...body.operations.flatMap(ofOperation), ...read([...next, ...changesOfScope(body).flatMap(inputsOfChange)])];
}

function ofOperation(operation: Operation): Event[] {
  const written = outputsOf(operation).map((signal): Event => ['written', signal]);
  // Kernels may write before they have read all.
  const own = [...read(inputsOf(operation)), ...written, ...read(inputsOf(operation))];
  if (!('body' in operation)) return operation.kind === 'become' ? [] : own;
  const { body } = operation;
  if (operation.kind === 'phase') return [...ofBody(body), ...own];
  const parts = operation.kind === 'repeat' ? hoisted(body) : { before: [], body };
  const once = [...ofBody(parts.body), ...read(inputsOf(operation))];
  return [...parts.before.flatMap(ofOperation), ...once, ...once, ...once, ...own];
}

/** What each room holds, as it is written and read: nothing is read that is not there any more. Returns how many rooms there are. */
function expectThere(trace: Trace): number {
  const rooms = roomsOf(trace, (signal) => trace.signals[signal]!.population);
  const held = new Map<number, number>();
  for (const [kind, signal] of events(trace)) {
    const room = rooms.get(signal);
    if (room === undefined) continue;
    if (kind === 'written') held.set(room, signal);
    else expect(held.get(room), `${trace.signals[signal]!.symbol ?? signal}`).toBe(signal);
  }
  return new Set(rooms.values()).size;
}

describe.each(rules)('$name', (rule) => {
  test('what is read is there, whatever lay in its place before', () => {
    for (const depth of depthsOf(rule)) {
      for (const parameters of parameterSets(rule)) {
        const hidden = [3, 3, 3].slice(0, depth);
        const blueprint = layOut(rule, { hidden, parameters }, { inputs: 3, labels: 3 });
        const { before, ...traces } = traceNetwork(blueprint as never);
        for (const trace of [...Object.values(traces), ...(before ? [before.trace] : [])]) expectThere(trace);
      }
    }
  });
});

test('a network with three hidden layers takes little more room for its signals than two layers', async () => {
  const taken = async (layers: number) => {
    const hidden = Array<number>(layers).fill(128);
    const memory = createMemory();
    const before = memory.buffer.byteLength;
    const [inputs, labels, batch] = [4, 3, 1000];
    // With running means, which are over the batch, it is computed as a whole.
    const of = { rule: 'backprop', inputs, labels, hidden, batch, memory, activation: 'tanh', meanRate: 0.01 } as const;
    const network = await createNetwork({ ...of, rates: rates('backprop', { eta0: 0.01 }, { hidden }) });
    network.partialFit(new Float32Array(batch * inputs), new Float32Array(batch * labels));
    return memory.buffer.byteLength - before;
  };
  // Each layer adds its weights, what it passes on, and its slopes, which are read when the error comes back; the rest is shared.
  const [block, weights] = [1000 * 128 * 4, 128 * 128 * 4];
  expect((await taken(5)) - (await taken(4))).toBeLessThan(2.2 * block + weights);
});
