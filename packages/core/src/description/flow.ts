import { inputsOf, type Operation, outputsOf, type Trace } from '../circuit/trace.ts';
import { placedOperations } from './placed.ts';

/** What was needed anywhere on the way of a signal. */
export interface Origins {
  readonly dependsOn: readonly ('stimulus' | 'label')[];
  /** The synapses whose weights are transported. */
  readonly transported: readonly string[];
  /** The synapses of which the signs are transported. */
  readonly signs: readonly string[];
  /** The synapses whose weights are assumed to be mirrored. */
  readonly mirrored: readonly string[];
  /** The populations, or synapses, over all of which a sum was taken. */
  readonly pooled: readonly string[];
  /** The noise in it, by its names. */
  readonly noise: readonly string[];
}

/** Where a signal comes from. */
export interface Flow extends Origins {
  /** How it is computed; absent for the input, the label and the unknown of an equation. */
  readonly operation?: Operation;
  /** The phase in which it is computed, where it is one that has a name. */
  readonly phase?: string;
  /** How many times it is computed for each sample. */
  readonly steps: number;
  /** The compartment where it arises; absent for what the cells pass on. */
  readonly compartment?: string;
  /** Of a state, the signal that it becomes. */
  readonly next?: number;
  /** Of a state, how many times for each sample it becomes something. */
  readonly renewals?: number;
  /** Whether it becomes that fewer times where a sample is at rest before. */
  readonly early?: boolean;
}

const nothing: Origins = { dependsOn: [], transported: [], signs: [], mirrored: [], pooled: [], noise: [] };
const kinds = Object.keys(nothing) as readonly (keyof Origins)[];

/** Follows every signal of a trace from the input and the label on. */
export function followSignals(trace: Trace): readonly Flow[] {
  const operations = placedOperations(trace);
  const origins = followOrigins(
    trace,
    operations.map(({ what }) => what),
  );
  const passedOn = new Set(operations.flatMap(({ what }) => (what.kind === 'drive' ? [what.input] : [])));
  const flows: Flow[] = trace.signals.map((_, id) => ({ ...(origins[id] ?? nothing), steps: 1 }));
  for (const { what: operation, phase, steps, early } of operations) {
    const sources = inputsOf(operation).map((id) => flows[id]);
    for (const id of outputsOf(operation)) {
      const arises =
        passedOn.has(id) || operation.kind === 'activate' ? undefined : compartmentOf(operation, trace, sources);
      flows[id] = {
        ...(origins[id] ?? nothing),
        operation,
        steps,
        ...(phase !== undefined && { phase }),
        ...(arises !== undefined && { compartment: arises }),
      };
    }
    if (operation.kind === 'become') {
      const state = flows[operation.state]!;
      const renewals = (state.renewals ?? 0) + steps;
      flows[operation.state] = { ...state, next: operation.next, renewals, ...(early && { early }) };
    }
  }
  return flows;
}

/** What each signal has on its way. States and equations lead back to themselves: it is followed until nothing is added. */
function followOrigins({ signals }: Trace, operations: readonly Operation[]): readonly Origins[] {
  const found: Origins[] = signals.map(() => nothing);
  found[0] = { ...nothing, dependsOn: ['stimulus'] };
  found[1] = { ...nothing, dependsOn: ['label'] };
  const place = (id: number) => signals[id]?.population ?? '';
  const size = () => found.reduce((total, each) => total + kinds.reduce((sum, kind) => sum + each[kind].length, 0), 0);
  for (let before = -1; before < size(); ) {
    before = size();
    for (const operation of operations) {
      const all = [...inputsOf(operation).map((id) => found[id] ?? nothing), added(operation, place)];
      for (const id of targetsOf(operation)) found[id] = union([found[id] ?? nothing, ...all]);
    }
  }
  return found;
}

/** The signals that what an operation reads goes to. */
function targetsOf(operation: Operation): readonly number[] {
  if (operation.kind === 'become') return [operation.state];
  if (operation.kind === 'equilibrium') return [operation.unknown, operation.output];
  return outputsOf(operation);
}

/** What the operation itself adds. */
function added(operation: Operation, place: (id: number) => string): Origins {
  switch (operation.kind) {
    case 'drive':
      return {
        ...nothing,
        transported: operation.reversed === 'transport' ? [operation.synapses] : [],
        mirrored: operation.reversed === 'symmetry' ? [operation.synapses] : [],
      };
    case 'signs':
      return { ...nothing, signs: [operation.of] };
    case 'pool':
    case 'softmax':
      return { ...nothing, pooled: [place(operation.input)] };
    case 'noise':
      return { ...nothing, noise: [operation.name] };
    default:
      return nothing;
  }
}

function union(all: readonly Origins[]): Origins {
  const merged = (kind: keyof Origins) => [...new Set(all.flatMap((each) => each[kind] as readonly string[]))];
  return Object.fromEntries(kinds.map((kind) => [kind, merged(kind)])) as unknown as Origins;
}

/** A current arises where its synapses end; what is computed of signals where all of them that have a place have it. */
function compartmentOf(operation: Operation, trace: Trace, sources: readonly (Flow | undefined)[]): string | undefined {
  if (operation.kind === 'drive') return trace.signals[operation.output]?.compartment;
  const places = new Set(sources.flatMap((source) => source?.compartment ?? []));
  return places.size === 1 ? [...places][0] : undefined;
}
