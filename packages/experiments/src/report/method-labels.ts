/** The names of the methods that the paper compares, as it writes them. */
export const methodLabels = { bmvr: 'BMVR', backprop: 'backprop' } as const;

/** A learning rule's name as papers write it. */
export function ruleLabel(rule: string): string {
  return Object.entries(methodLabels).find(([name]) => name === rule)?.[1] ?? rule;
}
