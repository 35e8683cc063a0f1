import type { Operation } from '../../circuit/trace.ts';
import { solve } from '../../solve.ts';
import type { Step } from './block.ts';
import type { Compilation } from './operations.ts';

/**
 * Finds where a residual, linear in the unknown, is zero. The body is computed for the unknown 0, which gives c, and for each unit
 * vector e_j, which gives c + A e_j; then A z = −c is solved for each sample, in float64.
 */
export function compileEquilibrium(
  { unknown, body, residual, output }: Extract<Operation, { readonly kind: 'equilibrium' }>,
  compilation: Compilation,
): Step {
  const { machine, slots } = compilation;
  const { kernels, memory } = machine;
  const steps = compilation.compileBody(body);
  if (body.changes.length > 0) throw new TypeError('nothing is learned where an equilibrium is computed');
  const [z, rest, to] = [slots.at(unknown), slots.at(residual), slots.at(output)];
  if (to.matrix)
    throw new TypeError('what synapses have does not come to rest together: synapses do not see each other');
  const { size: k, stride } = to;
  const constants = new Float64Array(slots.capacity * k);
  const matrices = new Float64Array(slots.capacity * k * k);
  return (block) => {
    const { count } = block;
    const residuals = new Float32Array(memory.buffer, rest.address, count * stride);
    const unknowns = new Float32Array(memory.buffer, z.address, count * stride);
    kernels.clear(z.address, count * stride);
    for (const step of steps) step(block);
    for (let s = 0; s < count; s++) for (let i = 0; i < k; i++) constants[s * k + i] = residuals[s * stride + i]!;
    for (let j = 0; j < k; j++) {
      for (let s = 0; s < count; s++) unknowns[s * stride + j] = 1;
      for (const step of steps) step(block);
      for (let s = 0; s < count; s++) {
        unknowns[s * stride + j] = 0;
        for (let i = 0; i < k; i++) {
          matrices[(s * k + i) * k + j] = residuals[s * stride + i]! - constants[s * k + i]!;
        }
      }
    }
    const found = new Float32Array(memory.buffer, to.address, count * stride);
    for (let s = 0; s < count; s++) {
      const A = matrices.subarray(s * k * k, (s + 1) * k * k);
      const b = constants.subarray(s * k, (s + 1) * k).map((value) => -value);
      found.set(solve(A, b), s * stride);
    }
  };
}
