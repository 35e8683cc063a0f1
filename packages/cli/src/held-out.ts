import { formatObjective, formatReading } from './format.ts';

/** What is measured of numbers that are held out, as columns. */
export const heldOut = [
  { name: 'held-out', title: 'held-out', width: 11, format: formatObjective },
  { name: 'held-out.r2', title: 'held-out R²', width: 11, format: formatReading },
] as const;
