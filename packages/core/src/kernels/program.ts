import type { Arena } from './memory.ts';

/** The opcodes of assembly/interpreter.ts, which says what their operands are. */
export const opcode = {
  end: 0,
  driveInput: 1,
  drive: 2,
  driveTransposed: 3,
  subtract: 4,
  negate: 5,
  copy: 6,
  learn: 7,
  learnInput: 8,
  activate: 9,
  multiply: 10,
  activateCells: 11,
  activateAll: 12,
  driveToActive: 13,
  driveFromActive: 14,
  driveFromCells: 15,
  learnActive: 16,
  learnInputActive: 17,
  settle: 18,
} as const;

/** One instruction: an opcode and its operands, int32 words. */
export type Instruction = readonly [opcode: number, ...operands: number[]];

/** Writes the instructions and an end after them into the arena; returns the address of the first. */
export function writeInstructions(arena: Arena, instructions: readonly Instruction[]): number {
  const words = [...instructions.flat(), opcode.end];
  const code = arena.int32(words.length);
  code.set(words);
  return code.byteOffset;
}
