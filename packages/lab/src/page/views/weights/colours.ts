/** A colour as red, green and blue from 0 to 255. */
type Colour = readonly [red: number, green: number, blue: number];

/** The colours of negative numbers, of zero and of positive ones, as the style sheet has them. */
const ends: Readonly<Record<'light' | 'dark', readonly [negative: Colour, zero: Colour, positive: Colour]>> = {
  light: [
    [74, 122, 16],
    [255, 255, 255],
    [176, 27, 131],
  ],
  dark: [
    [156, 207, 74],
    [26, 32, 39],
    [240, 127, 200],
  ],
};

/** How many steps of colour lie between zero and an end. */
export const steps = 255;

/** A pixel for each number from −1 to 1 in 2 · steps + 1 steps, as `ImageData` holds it. */
export type Palette = Uint32Array;

export const palettes: Readonly<Record<'light' | 'dark', Palette>> = {
  light: makePalette('light'),
  dark: makePalette('dark'),
};

function makePalette(theme: 'light' | 'dark'): Palette {
  const [negative, zero, positive] = ends[theme];
  const bytes = new Uint8ClampedArray(4 * (2 * steps + 1));
  for (let i = -steps; i <= steps; i++) {
    const end = i < 0 ? negative : positive;
    const colour = zero.map((from, channel) => from + (Math.abs(i) / steps) * (end[channel]! - from));
    bytes.set([...colour, 255], 4 * (i + steps));
  }
  return new Uint32Array(bytes.buffer);
}
