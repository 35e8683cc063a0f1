/** What becomes of sums. */
export enum Sum {
  /** out = Σ. */
  Begins,
  /** out is what was summed before, and the sum goes on. */
  GoesOn,
  /** out += Σ. */
  IsAdded,
}
