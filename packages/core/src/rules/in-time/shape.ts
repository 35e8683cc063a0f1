import type { Shape } from '../shape.ts';

/** Networks of rules in time: one layer of cells, which a teacher does something to; what their cells do the rules say themselves. */
export const cellsInTime: Shape = {
  depth: 'one',
  outputs: ['linear'],
  biases: false,
  activations: ['linear'],
  runningMean: false,
  labels: 'teacher',
};
