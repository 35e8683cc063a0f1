import type { Arena } from './memory.ts';

/** The opcodes of assembly/interpreter.ts, which says what their operands are. */
export const opcode = {
  end: 0,
  driveInput: 1,
  drive: 2,
  driveTransposed: 3,
  driveTransposedUnits: 4,
  subtract: 5,
  copy: 6,
  learn: 7,
  learnInput: 8,
  activate: 9,
  multiply: 10,
  activateCells: 11,
  driveToActive: 12,
  driveFromActive: 13,
  learnActive: 14,
  learnInputActive: 15,
  rebase: 16,
  driveLabel: 17,
  learnLabel: 18,
  driveError: 19,
  learnError: 20,
} as const;

/** What responses to noise add where synapses learn: assembly/dense-synapses.ts. */
export const noise = { none: 0, any: 1, unitLeft: 2 } as const;

/** One instruction: an opcode and its operands, int32 words. */
export type Instruction = readonly [opcode: number, ...operands: number[]];

/** Writes int32 words into the arena; returns the address of the first. */
export function writeWords(arena: Arena, words: readonly number[]): number {
  const written = arena.int32(words.length);
  written.set(words);
  return written.byteOffset;
}
