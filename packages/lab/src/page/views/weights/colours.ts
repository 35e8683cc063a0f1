/** A colour as red, green and blue from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** The colours of numbers: negative, zero, positive. */
export interface Palette {
  readonly negative: Colour;
  readonly zero: Colour;
  readonly positive: Colour;
}

/** Those of the page, as its style sheet has them. */
export function pagePalette(theme: 'light' | 'dark'): Palette {
  return theme === 'dark'
    ? { negative: [103, 180, 240], zero: [26, 32, 39], positive: [240, 151, 90] }
    : { negative: [11, 102, 179], zero: [255, 255, 255], positive: [184, 73, 11] };
}

/** The colour of a number from −1 to 1. */
export function colourOf(value: number, { negative, zero, positive }: Palette): Colour {
  const end = value < 0 ? negative : positive;
  const part = Math.min(1, Math.abs(value));
  return [0, 1, 2].map((i) => zero[i]! + part * (end[i]! - zero[i]!)) as unknown as Colour;
}
