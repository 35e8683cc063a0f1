import type { Shape } from './architecture.ts';

/** Any number of layers, with or without biases, and all outputs. */
export const anyLayers: Shape = { depth: 'any', outputs: ['linear', 'sigmoid', 'softmax'], biases: true };
