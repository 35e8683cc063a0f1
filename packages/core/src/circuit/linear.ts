import { type Body, inputsOf, type Operation, outputsOf } from './trace.ts';

/**
 * Refuses a body that cannot be solved for its unknown as linear equations are: what it computes from the unknown must be linear in
 * it, and as it is computed for several values of the unknown, it must leave nothing behind.
 *
 * @throws TypeError that says what it does instead
 */
export function checkLinear({ operations, changes }: Body, unknown: number, residual: number): void {
  if (changes.length > 0) throw new TypeError('nothing is learned within an equilibrium: learn from what comes of it');
  const dependent = new Set([unknown]);
  const found = follow(operations, dependent);
  if (found) {
    const how = nameOf(found);
    throw new TypeError(
      leavesSomething(found)
        ? `an equilibrium has no ${how} within it: it is where signals of one moment come to rest`
        : `what is zero at rest must be linear in what comes to rest, and ${how} is not`,
    );
  }
  if (!dependent.has(residual)) throw new TypeError('what is zero at rest does not depend on what comes to rest');
}

/**
 * The first operation of a body that is not linear in these signals, or does more than compute signals of one moment; undefined where
 * all that the body computes from them is linear in them.
 */
export function firstNonlinear({ operations }: Body, signals: readonly number[]): Operation | undefined {
  return follow(operations, new Set(signals));
}

/** What an operation is called, or the function that it applies. */
export function nameOf(operation: Operation): string {
  return 'function' in operation ? operation.function : operation.kind;
}

/** A signal, and all that are computed from it. */
export function dependentOn({ operations }: Body, signal: number): ReadonlySet<number> {
  const dependent = new Set([signal]);
  follow(operations, dependent);
  return dependent;
}

/**
 * What a body that is linear in the unknown computes from it alone: without what is the same for every value of it, which is
 * neither computed nor added. At its residual it has A z where the body has A z + c.
 */
export function linearPart({ operations }: Body, unknown: number): Body {
  return { operations: partOf(operations, new Set([unknown])), changes: [] };
}

function partOf(operations: readonly Operation[], dependent: Set<number>): readonly Operation[] {
  return operations.flatMap((operation): readonly Operation[] => {
    const { kind } = operation;
    if (kind === 'equilibrium') {
      const within = partOf(operation.body.operations, new Set([...dependent, operation.unknown]));
      follow([operation], dependent);
      return dependent.has(operation.output) ? [{ ...operation, body: { operations: within, changes: [] } }] : [];
    }
    const depends = (signal: number) => dependent.has(signal);
    const isAlone = (kind === 'plus' || kind === 'minus') && depends(operation.left) !== depends(operation.right);
    const part: Operation = isAlone
      ? {
          kind: 'scale',
          factor: kind === 'minus' && depends(operation.right) ? -1 : 1,
          input: depends(operation.left) ? operation.left : operation.right,
          output: operation.output,
        }
      : operation;
    follow([operation], dependent);
    return outputsOf(operation).some(depends) ? [part] : [];
  });
}

/** Adds to the signals that depend on an unknown all that are computed from them, up to the first operation that is not linear in them, which it returns. */
function follow(operations: readonly Operation[], dependent: Set<number>): Operation | undefined {
  for (const operation of operations) {
    if (leavesSomething(operation)) return operation;
    if (operation.kind === 'equilibrium') {
      const { operations: within } = operation.body;
      const found = follow(within, new Set([...dependent, operation.unknown])) ?? follow(within, dependent);
      if (found) return found;
      if (dependent.has(operation.residual)) dependent.add(operation.output);
    } else if (inputsOf(operation).some((signal) => dependent.has(signal))) {
      if (!isLinear(operation, dependent)) return operation;
      for (const signal of outputsOf(operation)) dependent.add(signal);
    }
  }
  return undefined;
}

/** Whether it does more than compute a signal from signals and weights. */
function leavesSomething(operation: Operation): boolean {
  if (operation.kind === 'activate') return operation.mean !== undefined;
  return ['noise', 'state', 'become', 'repeat', 'phase'].includes(operation.kind);
}

/** Whether an operation on signals, some of them dependent on the unknown, is linear in those. */
function isLinear(operation: Operation, dependent: ReadonlySet<number>): boolean {
  switch (operation.kind) {
    case 'plus':
    case 'minus':
    case 'scale':
    case 'pool':
      return true;
    case 'drive':
      return operation.by === undefined || !dependent.has(operation.by);
    case 'multiply':
      return !(dependent.has(operation.left) && dependent.has(operation.right));
    case 'gate':
      return !dependent.has(operation.slope);
    case 'apply':
      return operation.function === 'identity';
    default:
      return false;
  }
}
