/** What a quick run measures where nothing is asked for: each kind of shape. */
export const quickShapes: readonly string[] = [
  'bmvr-784-1',
  'bmvr-784-64',
  'backprop-3072-4',
  'backprop-784-500-10-batch-100',
  'deep-bmvr-784-128-128-128-10-batch-100',
  'predictive-coding-784-256-256-10-batch-1',
];

/** Hidden cells of networks that predict nothing, in a quick run. */
export const quickCells = 5;
