import type { Trace } from '../circuit/trace.ts';
import { writeStructure } from '../kernels/layout.ts';
import type { Arena } from '../kernels/memory.ts';
import { type Instruction, opcode, writeInstructions } from '../kernels/program.ts';
import type { Layout, PlacedDense, PlacedInput } from './layout.ts';

/** The stimulus and the label are the first two signals of every trace. */
const stimulus = 0;
const label = 1;

/** Where a signal lies: padded vectors one after the other, the first its value, the others its responses to noise. */
interface Slot {
  readonly address: number;
  /** Floats in one vector. */
  readonly stride: number;
  /** Whether the responses to the ridge's noise directions follow. */
  readonly noisy: boolean;
}

/**
 * Turns a trace into a program for the kernels; returns its address. Where there is ridge, the trace is also applied to its
 * noise: white noise of variance λ on the input, averaged exactly. Every signal that depends on the input then carries its
 * linear responses to the directions of that noise as seen by the hidden units, and what is learned from a pair of signals
 * gains the covariance of their responses:  ΔW += η λ Σ_ij post_i (W1 W1ᵀ)_ij pre_jᵀ.  For BMVR this is
 * ΔW1 −= λ Q Qᵀ W1 and ΔQ += λ W1 W1ᵀ Q; for backprop ΔW1 −= λ W2ᵀ W2 W1 and ΔW2 −= λ W2 W1 W1ᵀ.
 */
export function compile(arena: Arena, layout: Layout, trace: Trace): number {
  const directions = layout.ridge > 0 && trace.changes.length > 0 ? layout.hidden : 0;
  const slots: Slot[] = [];
  const instructions: Instruction[] = [];

  const populationOf = (id: number): string => trace.signals[id]?.population ?? '';
  const slot = (id: number): Slot => {
    const found = slots[id];
    if (!found) throw new TypeError('the stimulus can only drive synapses and be learned from');
    return found;
  };
  const newSlot = (id: number, noisy: boolean): Slot => {
    const stride = Math.ceil(layout.size(populationOf(id)) / 4) * 4;
    const vectors = 1 + (noisy ? directions : 0);
    const made = { address: arena.allocate(4 * stride * vectors), stride, noisy };
    slots[id] = made;
    return made;
  };

  newSlot(label, false);
  for (const operation of trace.operations) {
    if (operation.kind === 'minus') {
      const left = slot(operation.left);
      const right = slot(operation.right);
      const output = newSlot(operation.output, left.noisy || right.noisy);
      instructions.push(...subtract(left, right, output, directions));
      continue;
    }
    if (operation.kind === 'activate') {
      const state = layout.activation(populationOf(operation.input), operation.activation);
      const [input, output, slope] = [
        slot(operation.input),
        newSlot(operation.output, false),
        newSlot(operation.slope, false),
      ];
      const learning = trace.changes.length > 0 ? 1 : 0;
      instructions.push([opcode.activate, state.address, input.address, output.address, slope.address, learning]);
      continue;
    }
    if (operation.kind === 'gate') {
      const [slope, input, output] = [slot(operation.slope), slot(operation.input), newSlot(operation.output, false)];
      instructions.push([opcode.multiply, slope.address, input.address, output.address, output.stride]);
      continue;
    }
    const synapses = layout.synapses(operation.synapses);
    if (synapses.kind === 'input') {
      if (operation.reversed || operation.input !== stimulus) {
        throw new TypeError(`${operation.synapses} starts at the stimulus: only the stimulus can drive it`);
      }
      const output = newSlot(operation.output, directions > 0);
      setIdentity(arena, output, directions);
      instructions.push([opcode.driveInput, synapses.weights.address, output.address]);
    } else {
      const input = slot(operation.input);
      const output = newSlot(operation.output, input.noisy);
      const transposed = synapses.flipped !== (operation.reversed !== undefined);
      instructions.push([
        transposed ? opcode.driveTransposed : opcode.drive,
        synapses.weights.address,
        input.address,
        output.address,
        1 + (input.noisy ? directions : 0),
      ]);
    }
  }

  const responses = (of: Slot) => (of.noisy ? of.address + 4 * of.stride : 0);
  const placed = trace.changes.map((change) => ({ change, synapses: layout.synapses(change.synapses) }));
  // Synapses from the stimulus come last: their learning updates W1 W1ᵀ, of which the others need the old value.
  for (const { change, synapses } of placed) {
    if (synapses.kind === 'dense')
      instructions.push(learn(synapses, slot(change.post), slot(change.pre), change.decay));
  }
  for (const { change, synapses } of placed) {
    if (synapses.kind === 'input') {
      if (change.decay)
        throw new TypeError(`${change.synapses} starts at the stimulus: decay is not implemented there`);
      const post = slot(change.post);
      instructions.push([opcode.learnInput, synapses.weights.address, post.address, responses(post)]);
    }
  }

  const result = trace.result === undefined ? undefined : slot(trace.result);
  const noise = placed.find((each): each is typeof each & { synapses: PlacedInput } => each.synapses.kind === 'input');
  return writeStructure(arena, 'program', {
    code: writeInstructions(arena, instructions),
    label: slot(label).address,
    labels: layout.size('label'),
    result: result?.address ?? 0,
    results: trace.result === undefined ? 0 : layout.size(populationOf(trace.result)),
    time: layout.time,
    directions,
    gram: noise?.synapses.weights.gram ?? 0,
    ridge: layout.ridge,
  });
}

/** Differences of the values, and of the responses where either side has some. */
function subtract(left: Slot, right: Slot, output: Slot, directions: number): Instruction[] {
  const length = output.stride;
  const value: Instruction = [opcode.subtract, left.address, right.address, output.address, length];
  if (!output.noisy) return [value];
  const [a, b, out] = [left, right, output].map((each) => each.address + 4 * length) as [number, number, number];
  const rest = length * directions;
  if (left.noisy && right.noisy) return [value, [opcode.subtract, a, b, out, rest]];
  return [value, left.noisy ? [opcode.copy, a, out, rest] : [opcode.negate, b, out, rest]];
}

/** The responses of the cells that the stimulus drives: direction i is what excites cell i alone. */
function setIdentity(arena: Arena, slot: Slot, directions: number): void {
  const values = new Float32Array(arena.memory.buffer, slot.address, slot.stride * (1 + directions));
  for (let i = 0; i < directions; i++) values[slot.stride * (1 + i) + i] = 1;
}

function learn(synapses: PlacedDense, post: Slot, pre: Slot, decay: number): Instruction {
  const [left, right] = synapses.flipped ? [pre, post] : [post, pre];
  const noise = post.noisy && pre.noisy ? 1 : 0;
  return [opcode.learn, synapses.weights.address, left.address, right.address, decay, noise];
}
