import { logarithm } from './logarithm.ts';

// Each row: the coefficients of a polynomial from its highest power to its lowest.
const centre = [
  [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
    133.14166789178438, 3.3871328727963665,
  ],
  [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.187007492058,
    42.31333070160091, 1,
  ],
] as const;
const flank = [
  [
    7.745450142783414e-4, 2.2723844989269184e-2, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  [
    1.0507500716444169e-9, 5.475938084995345e-4, 1.5198666563616457e-2, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1,
  ],
] as const;
const tail = [
  [
    2.0103343992922881e-7, 2.7115555687434876e-5, 1.2426609473880784e-3, 2.6532189526576124e-2, 0.29656057182850487,
    1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 7.868691311456133e-4, 1.4875361290850615e-2,
    0.1369298809227358, 0.599832206555888, 1,
  ],
] as const;

function ratio([numerator, denominator]: readonly [readonly number[], readonly number[]], r: number): number {
  let top = 0;
  let bottom = 0;
  for (const coefficient of numerator) top = top * r + coefficient;
  for (const coefficient of denominator) bottom = bottom * r + coefficient;
  return top / bottom;
}

/**
 * The point below which a standard normal deviate falls with probability `p`, for 0 < p < 1; to about 1e-15 relative,
 * and the same bits on every JavaScript engine.
 *
 * Source: Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988),
 * routine PPND16.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(centre, 0.180625 - q * q);
  const r = Math.sqrt(-logarithm(q < 0 ? p : 1 - p));
  const size = r <= 5 ? ratio(flank, r - 1.6) : ratio(tail, r - 5);
  return q < 0 ? -size : size;
}
