/** A colour on paper, and on a dark screen. */
export interface PaletteColour {
  readonly light: string;
  readonly dark: string;
}

/** Degrees between one hue and the next: by the golden angle, hues that are near each other are far apart in order. */
const goldenAngle = 137.508;

/** Colour number `index`, from 0 on, without end: of one lightness and colourfulness each on paper and in the dark. */
export function paletteColour(index: number): PaletteColour {
  const hue = (index * goldenAngle * Math.PI) / 180;
  return { light: hexOf(0.52, 0.12, hue), dark: hexOf(0.78, 0.11, hue) };
}

/** #rrggbb of a colour in OKLCH (B. Ottosson, 2020), cut off where sRGB ends. */
function hexOf(lightness: number, chroma: number, hue: number): string {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${linear.map((value) => byteOf(value).toString(16).padStart(2, '0')).join('')}`;
}

/** A byte of sRGB. */
function byteOf(linear: number): number {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, value)));
}
