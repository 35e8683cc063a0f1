import { ruleNames } from '@apical/core';
import { effect } from '@preact/signals';
import { theme } from './theme-button.tsx';

/**
 * The colours of rules, on light and on dark ground: text in them has a contrast of 4.5 at least, and the colour-blind can tell them
 * apart, by hue and lightness. The first two are of Okabe and Ito, shifted.
 */
const palette: readonly (readonly [light: string, dark: string])[] = [
  ['#0b66b3', '#67b4f0'],
  ['#b8490b', '#f0975a'],
  ['#00795a', '#4fc9a4'],
  ['#7d2a86', '#dd97d0'],
  ['#4d1f10', '#e8e04a'],
  ['#12235e', '#ffffff'],
];

/** Dashes and gaps, in pixels, where all colours are used: of the second round of rules, of the third, and so on. */
const rounds: readonly (readonly number[])[] = [[], [12, 3], [12, 3, 2, 3], [6, 2]];

/** How what belongs to a rule is drawn: by its place in the registry of rules. */
export interface RuleLook {
  readonly light: string;
  readonly dark: string;
  /** Of its line; none are solid. */
  readonly dash: readonly number[];
}

export function ruleLook(rule: string): RuleLook {
  const place = Math.max(0, ruleNames.indexOf(rule));
  const [light, dark] = palette[place % palette.length]!;
  return { light, dark, dash: rounds[Math.floor(place / palette.length) % rounds.length]! };
}

/** The custom property that has the colour of a rule, without its dashes. */
export function ruleProperty(rule: string): string {
  return `rule-${rule}`;
}

/** The style of what belongs to a rule: its colour is `--own`. */
export function ruleStyle(rule: string): Readonly<Record<string, string>> {
  return { '--own': `var(--${ruleProperty(rule)})` };
}

// The colours follow the theme.
effect(() => {
  const { style } = document.documentElement;
  for (const rule of ruleNames) style.setProperty(`--${ruleProperty(rule)}`, ruleLook(rule)[theme.value]);
});
