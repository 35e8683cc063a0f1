import { linearPart } from '../../circuit/linear.ts';
import {
  allChanges,
  allOperations,
  inputsOf,
  inputsOfChange,
  type Operation,
  outputsOf,
  type Trace,
} from '../../circuit/trace.ts';
import { padded } from '../../kernels/memory.ts';
import { solve } from '../../solve.ts';
import type { Step } from './block.ts';
import { fillWith } from './fill.ts';
import type { Compilation } from './operations.ts';
import { scratchBytes } from './scratch.ts';
import { Slots } from './slots.ts';

type Equilibrium = Extract<Operation, { readonly kind: 'equilibrium' }>;

/**
 * Finds where a residual A z + c is zero. The body is computed for z = 0, which gives c, and its linear part for each unit vector
 * e_j, which gives A e_j; then A z = −c is solved for each sample, in float64, and the body is computed for what was found.
 */
export function compileEquilibrium(operation: Equilibrium, compilation: Compilation): Step {
  const { unknown, body, output } = operation;
  const { machine, slots, trace } = compilation;
  const { kernels } = machine;
  const [z, to] = [slots.at(unknown), slots.at(output)];
  const steps = compilation.compileBody(body, compilation);
  const find = isSolvedTogether(operation)
    ? findTogether(operation, compilation)
    : findOneByOne(operation, compilation);
  // What the body computes is computed again for what was found, where something else reads it.
  const again = isReadElsewhere(operation, trace) ? steps : [];
  return (block) => {
    const { count } = block;
    kernels.clear(z.address, count * z.stride);
    for (const step of steps) step(block);
    find(block);
    kernels.copy(z.address, to.address, count * to.stride);
    for (const step of again) step(block);
  };
}

/** Whether A is the same for all samples: made of weights alone. */
export function isSolvedTogether({ body, unknown }: Equilibrium): boolean {
  const linear = linearPart(body, unknown);
  const made = new Set([unknown]);
  for (const each of allOperations(linear)) {
    if (each.kind === 'equilibrium') made.add(each.unknown);
    for (const signal of outputsOf(each)) made.add(signal);
  }
  return allOperations(linear).every((each) => inputsOf(each).every((signal) => made.has(signal)));
}

/** Whether something besides the body reads what it computes. */
function isReadElsewhere(operation: Equilibrium, trace: Trace): boolean {
  const within = new Set(allOperations(operation.body));
  const made = new Set([...within].flatMap(outputsOf));
  const others = allOperations(trace).filter((each) => each !== operation && !within.has(each));
  const read = [...others.flatMap(inputsOf), ...allChanges(trace).flatMap(inputsOfChange)];
  return read.some((signal) => made.has(signal)) || (trace.result !== undefined && made.has(trace.result));
}

/** Solves A z = −c for all samples with one A, whose columns are computed at once, as if they were of k samples. */
function findTogether({ unknown, body, residual }: Equilibrium, compilation: Compilation): Step {
  const { machine, slots, arena, circuit, trace } = compilation;
  const { kernels, memory } = machine;
  const [z, rest] = [slots.at(unknown), slots.at(residual)];
  const { size: k, stride } = z;
  const own = new Slots(arena, circuit, trace, padded(k));
  const scratch = arena.allocate(scratchBytes(circuit, k));
  const linear = compilation.compileBody(linearPart(body, unknown), {
    ...compilation,
    slots: own,
    units: unknown,
    machine: { ...machine, scratch },
  });
  const units = own.at(unknown);
  fillWith(memory, units, k, { length: k * k, at: (i) => Number(i % (k + 1) === 0) });
  const columns = own.at(residual).address;
  const equations = arena.float64(padded(k) * (k + slots.capacity + 2)).byteOffset;
  return (block) => {
    const all = { ...block, first: 0, count: k, before: 0, batch: k };
    for (const step of linear) step(all);
    kernels.solveEquations(columns, k, stride, rest.address, z.address, block.count, equations);
  };
}

/** Solves A z = −c for each sample with an A of its own. */
function findOneByOne({ unknown, body, residual }: Equilibrium, compilation: Compilation): Step {
  const { machine, slots } = compilation;
  const { memory } = machine;
  const [z, rest] = [slots.at(unknown), slots.at(residual)];
  const { size: k, stride } = z;
  const linear = compilation.compileBody(linearPart(body, unknown), compilation);
  const b = new Float64Array(slots.capacity * k);
  const A = new Float64Array(slots.capacity * k * k);
  return (block) => {
    const { count } = block;
    const residuals = new Float32Array(memory.buffer, rest.address, count * stride);
    const unknowns = new Float32Array(memory.buffer, z.address, count * stride);
    for (let s = 0; s < count; s++) for (let i = 0; i < k; i++) b[s * k + i] = -residuals[s * stride + i]!;
    for (let j = 0; j < k; j++) {
      unknowns.fill(0);
      for (let s = 0; s < count; s++) unknowns[s * stride + j] = 1;
      for (const step of linear) step(block);
      for (let s = 0; s < count; s++) {
        for (let i = 0; i < k; i++) A[(s * k + i) * k + j] = residuals[s * stride + i]!;
      }
    }
    for (let s = 0; s < count; s++) {
      unknowns.set(solve(A.subarray(s * k * k, (s + 1) * k * k), b.subarray(s * k, (s + 1) * k)), s * stride);
    }
  };
}
