import { linearPart } from '../../circuit/linear.ts';
import type { Operation } from '../../circuit/trace.ts';
import { solve } from '../../solve.ts';
import type { Step } from './block.ts';
import type { Compilation } from './operations.ts';

/**
 * Finds where a residual A z + c is zero. The body is computed for z = 0, which gives c, and its linear part for each unit vector
 * e_j, which gives A e_j; then A z = −c is solved for each sample, in float64, and the body is computed for what was found.
 */
export function compileEquilibrium(
  { unknown, body, residual, output }: Extract<Operation, { readonly kind: 'equilibrium' }>,
  compilation: Compilation,
): Step {
  const { machine, slots } = compilation;
  const { kernels, memory } = machine;
  const [z, rest, to] = [slots.at(unknown), slots.at(residual), slots.at(output)];
  const steps = compilation.compileBody(body, compilation);
  const linear = compilation.compileBody(linearPart(body, unknown), compilation);
  const { size: k, stride } = to;
  const b = new Float64Array(slots.capacity * k);
  const A = new Float64Array(slots.capacity * k * k);
  return (block) => {
    const { count } = block;
    const residuals = new Float32Array(memory.buffer, rest.address, count * stride);
    const unknowns = new Float32Array(memory.buffer, z.address, count * stride);
    unknowns.fill(0);
    for (const step of steps) step(block);
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
    kernels.copy(z.address, to.address, count * stride);
    for (const step of steps) step(block);
  };
}
