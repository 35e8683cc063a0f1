/** Samples whose inputs are numbers, and labels numbers or classes, as they are generated. */
export interface NumberSet {
  /** What asks for it again: `synthetic:linear-teacher?inputs=30`. */
  readonly name: string;
  /** What it is, in a line. */
  readonly description: string;
  /** How many samples are to be learned, and how many that follow them are held out. */
  readonly count: number;
  readonly test: number;
  /** m and n, the numbers in an input and in a label (one a class); n is 0 where there are no labels. */
  readonly inputs: number;
  readonly labels: number;
  /** (count + test) × m, row-major. */
  readonly X: Float32Array;
  /** Labels that are numbers: (count + test) × n, row-major. */
  readonly Y?: Float32Array;
  /** Labels that are classes, 0 … n − 1, one a sample, and their names. */
  readonly classes?: Uint8Array;
  readonly classNames?: readonly string[];
}
