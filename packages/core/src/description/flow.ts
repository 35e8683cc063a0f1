import type { Operation, Trace } from '../circuit/trace.ts';

/** Where a signal comes from. */
export interface Flow {
  /** How it is computed; absent for the input and the label. */
  readonly operation?: Operation;
  /** The compartment where it arises; absent for what the cells pass on. */
  readonly compartment?: string;
  readonly dependsOn: readonly ('stimulus' | 'label')[];
  /** The synapses whose weights are transported, anywhere on its way. */
  readonly transported: readonly string[];
  /** The synapses whose weights are assumed to be mirrored, anywhere on its way. */
  readonly mirrored: readonly string[];
}

/** Follows every signal of a trace from the input and the label on. */
export function followSignals(trace: Trace): readonly Flow[] {
  const flows: Flow[] = [
    { dependsOn: ['stimulus'], transported: [], mirrored: [] },
    { dependsOn: ['label'], transported: [], mirrored: [] },
  ];
  const passedOn = new Set(trace.operations.flatMap((each) => (each.kind === 'drive' ? [each.input] : [])));
  for (const operation of trace.operations) {
    const sources = inputsOf(operation).map((id) => flows[id] as Flow);
    const reversed = (kind: 'transport' | 'symmetry') =>
      operation.kind === 'drive' && operation.reversed === kind ? [operation.synapses] : [];
    const flow = {
      operation,
      dependsOn: union(sources.map((source) => source.dependsOn)),
      transported: union([...sources.map((source) => source.transported), reversed('transport')]),
      mirrored: union([...sources.map((source) => source.mirrored), reversed('symmetry')]),
    };
    const compartment = passedOn.has(operation.output) ? undefined : compartmentOf(operation, trace, sources);
    flows[operation.output] = { ...flow, ...(compartment !== undefined && { compartment }) };
    if (operation.kind === 'activate') flows[operation.slope] = flow;
  }
  return flows;
}

function inputsOf(operation: Operation): readonly number[] {
  switch (operation.kind) {
    case 'minus':
      return [operation.left, operation.right];
    case 'gate':
      return [operation.slope, operation.input];
    default:
      return [operation.input];
  }
}

/** A current arises where its synapses end; a difference or a gated signal where all that has a place has it. */
function compartmentOf(operation: Operation, trace: Trace, sources: readonly Flow[]): string | undefined {
  if (operation.kind === 'drive') return trace.signals[operation.output]?.compartment;
  if (operation.kind === 'activate') return undefined;
  const places = new Set(sources.flatMap(({ compartment }) => compartment ?? []));
  return places.size === 1 ? [...places][0] : undefined;
}

function union<T>(lists: readonly (readonly T[])[]): readonly T[] {
  return [...new Set(lists.flat())];
}
