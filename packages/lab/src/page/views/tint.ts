/** The colour of a value from −1 to 1, between those of negative and positive numbers. */
export function tint(value: number, neutral = 'var(--neutral)'): string {
  const strength = Number.isNaN(value) ? 0 : Math.round(100 * Math.min(1, Math.abs(value)));
  const colour = value < 0 ? 'var(--negative)' : 'var(--positive)';
  return `color-mix(in oklab, ${colour} ${strength}%, ${neutral})`;
}

/** The largest size of the finite numbers; 1 where all are zero. */
export function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (size > most && size < Number.POSITIVE_INFINITY) most = size;
  }
  return most || 1;
}

/**
 * A scale for values that change over time: the largest of them so far, slowly forgotten, so that colours of one moment can be
 * compared with those of the moment before.
 */
export class Scale {
  #most = 0;

  /** The values as parts of the largest, between −1 and 1; 0 for what is not finite. */
  fit(values: ArrayLike<number>): number[] {
    this.#most = Math.max(0.98 * this.#most, largest(values));
    return Array.from(values, (value) => (Number.isFinite(value) ? value / this.#most : 0));
  }
}
