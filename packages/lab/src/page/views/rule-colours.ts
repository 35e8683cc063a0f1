import { runRuleNames } from '@apical/core';
import { effect } from '@preact/signals';
import { ruleLook } from './rule-look.ts';
import { theme } from './theme-button.tsx';

/** The custom property that has the colour of a rule, without its dashes. */
export function ruleProperty(rule: string): string {
  return `rule-${rule}`;
}

/** The style of what belongs to a rule: its colour is `--own`, its border `--own-border`. */
export function ruleStyle(rule: string): Readonly<Record<string, string>> {
  return { '--own': `var(--${ruleProperty(rule)})`, '--own-border': ruleLook(rule).border };
}

// The colours follow the theme.
effect(() => {
  const { style } = document.documentElement;
  for (const rule of runRuleNames) style.setProperty(`--${ruleProperty(rule)}`, ruleLook(rule)[theme.value]);
});
