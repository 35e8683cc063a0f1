/** Counts experiments that were begun: what belongs to an earlier one comes too late. */
let begun = 0;

/** Counts one more; returns its number. */
export function countBegun(): number {
  return ++begun;
}

/** The number of the present experiment. */
export function presentNumber(): number {
  return begun;
}
