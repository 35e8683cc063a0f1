import { InputError } from '@apical/core';

/**
 * The quantile t of Student's distribution with a whole number of degrees of freedom: the value below which a share `p` of it
 * lies. The distribution function is Abramowitz and Stegun's finite series 26.7.3 and 26.7.4; it is inverted by bisection, to the
 * last digits of a double.
 *
 * @param p more than 0 and less than 1
 * @param degrees ν, from 1
 * @throws InputError for numbers out of range
 */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1)) throw new InputError(`a share must be more than 0 and less than 1, not ${p}`);
  if (!Number.isSafeInteger(degrees) || degrees < 1) {
    throw new InputError(`degrees of freedom must be a whole number from 1, not ${degrees}`);
  }
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  const central = 2 * p - 1;
  let [low, high] = [0, 1];
  while (centralShare(high, degrees) < central && high < Number.MAX_VALUE / 2) high *= 2;
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (centralShare(middle, degrees) < central) low = middle;
    else high = middle;
  }
  return high;
}

/** A(t|ν), the share of the distribution between −t and t. */
function centralShare(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const [sine, squaredCosine] = [Math.sin(angle), Math.cos(angle) ** 2];
  const odd = degrees % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = 0;
  for (let power = odd ? 1 : 0; power < degrees - 1; power += 2) {
    sum += term;
    term *= ((power + 1) / (power + 2)) * squaredCosine;
  }
  return odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}
