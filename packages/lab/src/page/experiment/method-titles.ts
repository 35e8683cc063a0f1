/** How rules are called in headings and legends. */
export const methodTitles = { bmvr: 'BMVR', backprop: 'Backprop' } as const;
