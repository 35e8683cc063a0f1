/** Samples whose inputs are numbers, and labels numbers or classes: generated, or somebody's own. */
export interface NumberSet {
  /** What asks for it again: `synthetic:linear-teacher?inputs=30`. */
  readonly name: string;
  /** What it is, in a line. */
  readonly description: string;
  readonly count: number;
  /** m and n, the numbers in an input and in a label (one a class); n is 0 where there are no labels. */
  readonly inputs: number;
  readonly labels: number;
  /** count × m, row-major. */
  readonly X: Float32Array;
  /** Labels that are numbers: count × n, row-major. */
  readonly Y?: Float32Array;
  /** Labels that are classes, 0 … n − 1, one a sample. */
  readonly classes?: Uint8Array;
}
