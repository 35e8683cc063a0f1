/** The names of the methods that the paper compares, as it writes them. */
export const methodLabels = { bmvr: 'BMVR', backprop: 'backprop' } as const;
