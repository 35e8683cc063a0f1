import { activations } from '../../circuit/activation.ts';
import type { Body, Operation } from '../../circuit/trace.ts';
import { pointwiseCodes } from '../../kernels/functions.ts';
import type { Arena } from '../../kernels/memory.ts';
import { padded } from '../../kernels/memory.ts';
import type { Machine, Step } from './block.ts';
import { hollowSteps, outerStep } from './change-steps.ts';
import { compileEquilibrium } from './equilibrium.ts';
import { fillWith, signsOf } from './fill.ts';
import type { ProgramParts } from './program.ts';
import { compileRepeat } from './repeat.ts';
import type { Settling } from './settling.ts';
import { lengthOf, type Slots } from './slots.ts';
import { driveByUnits, isDriveOf } from './unit-drives.ts';

/** What operations are compiled with. */
export interface Compilation extends ProgramParts {
  readonly machine: Machine;
  /** Whether batches come in parts. */
  readonly inParts: boolean;
  readonly slots: Slots;
  readonly arena: Arena;
  /** The signals that something reads. */
  readonly used: ReadonlySet<number>;
  /** A signal that is each unit vector, one after the other, as if these were samples. Slots have room for fours of them. */
  readonly units?: number;
  /**
   * @param end what becomes of its changes; without it, there are none
   * @param settling whose states become something, where that is not all samples'
   */
  readonly compileBody: (
    body: Body,
    compilation: Compilation,
    end?: 'accumulate' | 'apply',
    settling?: Settling,
  ) => readonly Step[];
}

/** The stimulus is the first signal of every trace. */
const stimulus = 0;

/** What is done for an operation of a trace. */
export function compileOperation(operation: Operation, compilation: Compilation): readonly Step[] {
  const { machine, slots, learns, lasting, noise } = compilation;
  const { kernels } = machine;
  switch (operation.kind) {
    case 'drive': {
      const isByUnits = compilation.units !== undefined && isDriveOf(compilation.units, operation);
      return [(isByUnits ? driveByUnits : compileDrive)(operation, compilation)];
    }
    case 'plus':
    case 'minus':
    case 'multiply':
    case 'minimum':
    case 'maximum': {
      const kernel = {
        plus: kernels.add,
        minus: kernels.subtract,
        multiply: kernels.multiplyElements,
        minimum: kernels.minimum,
        maximum: kernels.maximum,
      }[operation.kind];
      const [left, right, to] = [operation.left, operation.right, operation.output].map((id) => slots.at(id));
      return [({ count }) => kernel(left!.address, right!.address, to!.address, lengthOf(to!, count))];
    }
    case 'gate': {
      const [slope, from, to] = [operation.slope, operation.input, operation.output].map((id) => slots.at(id));
      return [
        ({ count }) => kernels.multiplyElements(slope!.address, from!.address, to!.address, lengthOf(to!, count)),
      ];
    }
    case 'scale': {
      const [from, to] = [slots.at(operation.input), slots.at(operation.output)];
      return [({ count }) => kernels.scale(operation.factor, from.address, to.address, lengthOf(to, count))];
    }
    case 'apply':
    case 'slope': {
      const { kind, input, output } = operation;
      return [
        pointwise(
          pointwiseCodes[operation.function],
          input,
          { [kind === 'apply' ? 'value' : 'slope']: output },
          compilation,
        ),
      ];
    }
    case 'activate': {
      const code = pointwiseCodes[activations[operation.activation.function]];
      const { input, output, slope, mean, activation } = operation;
      const to = slots.at(output);
      const wanted = { value: output, ...(compilation.used.has(slope) && { slope }) };
      const steps = [pointwise(code, input, wanted, compilation)];
      if (mean !== undefined) {
        const rate = learns ? (activation.meanRate ?? 0) : 0;
        steps.push(({ count }) => kernels.centre(to.address, to.address, count, to.stride, lasting.mean(mean), rate));
      }
      return steps;
    }
    case 'softmax':
    case 'pool': {
      const kernel = operation.kind === 'softmax' ? kernels.softmax : kernels.pooledSum;
      const [from, to] = [slots.at(operation.input), slots.at(operation.output)];
      if (to.matrix) throw new TypeError('what synapses have is not pooled: synapses do not see each other');
      return [({ count }) => kernel(from.address, to.address, count, to.size, to.stride)];
    }
    case 'constant': {
      const to = slots.at(operation.output);
      fillWith(machine.memory, to, slots.capacity, { length: to.size * slots.capacity, at: () => operation.value });
      return [];
    }
    case 'noise': {
      const to = slots.at(operation.output);
      return [({ count }) => noise(operation.name, operation.distribution, to, count)];
    }
    case 'state': {
      const { start, name } = operation;
      if (isReadInPlace(operation, compilation)) {
        slots.put(operation.output, lasting.address(name));
        return [];
      }
      const to = slots.at(operation.output);
      if (operation.lasts === 'ever') return [({ count }) => lasting.load(kernels, name, to, count)];
      if ('value' in start) {
        const from = slots.like(operation.output);
        fillWith(machine.memory, from, slots.capacity, { length: from.size * slots.capacity, at: () => start.value });
        return [({ count }) => kernels.copy(from.address, to.address, lengthOf(to, count))];
      }
      const from = slots.at(start.signal);
      return [({ count }) => kernels.copy(from.address, to.address, lengthOf(to, count))];
    }
    case 'become':
      // Done at the end of its body: see `commits` of the program.
      return [];
    case 'outer': {
      const to = slots.at(operation.output);
      const clear: Step = () => kernels.clear(to.address, to.stride);
      const placed = compilation.matrices.at(operation.synapses);
      return [clear, outerStep(compilation, operation, to.address, 1), ...hollowSteps(compilation, placed, to.address)];
    }
    case 'weights': {
      const [from, to] = [compilation.matrices.at(operation.synapses), slots.at(operation.output)];
      return [() => kernels.copy(from.address, to.address, to.stride)];
    }
    case 'signs': {
      const [from, to] = [compilation.matrices.at(operation.of), slots.at(operation.output)];
      return [() => signsOf(machine.memory, from, to.matrix!)];
    }
    case 'repeat':
      return compileRepeat(operation, compilation);
    case 'phase': {
      const { body } = operation;
      const changes = compilation.changes?.inner();
      return compilation.compileBody(body, { ...compilation, ...(changes && { changes }) }, 'apply');
    }
    case 'equilibrium':
      return [compileEquilibrium(operation, compilation)];
  }
}

/** Whether a state is read where it is kept, and becomes something there: one that lasts, where there is one sample at a time. */
export function isReadInPlace(
  { lasts }: Extract<Operation, { readonly kind: 'state' }>,
  { learns, capacity }: Pick<Compilation, 'learns' | 'capacity'>,
): boolean {
  return lasts === 'ever' && learns && capacity === 1;
}

type DriveOperation = Extract<Operation, { readonly kind: 'drive' }>;

function compileDrive({ synapses, reversed, by, input, output }: DriveOperation, compilation: Compilation): Step {
  const { machine, slots, matrices } = compilation;
  const { kernels, scratch, lists } = machine;
  const { rows, columns, flipped, address: own } = matrices.at(synapses);
  const weights = by === undefined ? own : slots.at(by).address;
  const [from, to] = [slots.at(input), slots.at(output)];
  const transposed = flipped !== (reversed !== undefined);
  const kernel = transposed ? kernels.multiplyTransposed : kernels.multiplyMatrix;
  const dense: Step = ({ count }) => kernel(weights, rows, columns, from.address, count, to.address, scratch);
  if (input !== stimulus || !flipped || reversed || by !== undefined) return dense;
  return (block) => {
    if (block.sparse) kernels.driveSparse(lists, block.count, rows, weights, columns, to.address);
    else dense(block);
  };
}

/** f of a signal, its slope f′, or both, with those signals that are `wanted`. */
function pointwise(
  code: number,
  input: number,
  wanted: { readonly value?: number; readonly slope?: number },
  { slots, machine: { kernels } }: Compilation,
): Step {
  const from = slots.at(input);
  const [values, slopes] = [wanted.value, wanted.slope].map((id) => (id === undefined ? 0 : slots.at(id).address));
  const apply = (count: number, size: number, stride: number) =>
    kernels.applyFunction(code, from.address, values!, slopes!, count, size, stride);
  // What synapses have are the rows of a matrix, padded like a block's vectors.
  const { matrix } = slots.at((wanted.value ?? wanted.slope)!);
  if (!matrix) return ({ count }) => apply(count, from.size, from.stride);
  return () => apply(matrix.rows, matrix.columns, padded(matrix.columns));
}
