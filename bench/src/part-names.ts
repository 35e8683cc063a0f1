/** What can be measured apart from each other. */
export const partNames = [
  'shapes',
  'layers',
  'layers-accuracy',
  'representation',
  'roofline',
  'growth',
  'browser',
  'evaluation',
  'memory',
  'settling',
  'in-time',
  'scaling',
  'accuracy',
] as const;

export type PartName = (typeof partNames)[number];
