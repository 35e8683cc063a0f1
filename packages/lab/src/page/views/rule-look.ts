import { runRuleNames } from '@apical/core';

/**
 * The colours of rules, on light and on dark ground: text in them has a contrast of 4.5 at least. The first two are of Okabe and Ito,
 * shifted; the colour-blind can tell the first six apart, by hue and lightness. Signs of numbers have other colours: styles/tokens.css.
 */
const palette: readonly (readonly [light: string, dark: string])[] = [
  ['#0b66b3', '#67b4f0'],
  ['#b8490b', '#f0975a'],
  ['#00795a', '#4fc9a4'],
  ['#7d2a86', '#dd97d0'],
  ['#4d1f10', '#e8e04a'],
  ['#12235e', '#ffffff'],
  ['#b0124a', '#ff8fa8'],
  ['#006d80', '#5fd6e8'],
  ['#6b6200', '#b5ad3c'],
  ['#5a3fd0', '#a99bff'],
  ['#5b6470', '#aab4c0'],
  ['#0f5a1a', '#86d65a'],
];

/** Dashes and gaps, in pixels, where all colours are used: of the second round of rules, of the third, and so on. */
const rounds: readonly (readonly number[])[] = [[], [12, 3], [12, 3, 2, 3], [6, 2]];

/** How the borders of these rounds are drawn, which have no dashes of their own. */
const borders = ['solid', 'dashed', 'dotted', 'double'] as const;

/** How what belongs to a rule is drawn: by its place in the registry of rules. */
export interface RuleLook {
  readonly light: string;
  readonly dark: string;
  /** Of its line; none are solid. */
  readonly dash: readonly number[];
  readonly border: (typeof borders)[number];
}

export function ruleLook(rule: string): RuleLook {
  return lookAt(Math.max(0, runRuleNames.indexOf(rule)));
}

/** The look of the rule at a place of the registry: of the first 48 rules, no two are alike. */
export function lookAt(place: number): RuleLook {
  const [light, dark] = palette[place % palette.length]!;
  const round = Math.floor(place / palette.length) % rounds.length;
  return { light, dark, dash: rounds[round]!, border: borders[round]! };
}
