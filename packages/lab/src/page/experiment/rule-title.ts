import { findRule } from '@apical/core';

/** How a rule is called in headings and legends. */
export function ruleTitle(rule: string): string {
  return findRule(rule).title;
}
