import { paletteColour } from './palette.ts';

/**
 * How series are told apart: by colours that every common form of colour blindness keeps apart (after Okabe and Ito, 2008), and
 * besides by dash (curves) and by symbol (points).
 */
export interface SeriesStyle {
  /** The class of what is drawn: a page's style sheet gives it its colour, in the dark, too. */
  readonly className: string;
  readonly colour: string;
  readonly dash?: string;
  readonly symbol: 'circle' | 'square';
}

/** The two methods that the paper compares. */
export const methodStyles: Readonly<Record<'bmvr' | 'backprop', SeriesStyle>> = {
  bmvr: { className: 'bmvr', colour: '#0072b2', symbol: 'circle' },
  backprop: { className: 'backprop', colour: '#d55e00', dash: '8 3', symbol: 'square' },
};

/** Any series, in their order; the first two look as the methods do. */
const styles: readonly SeriesStyle[] = [
  methodStyles.bmvr,
  methodStyles.backprop,
  { className: 'third', colour: '#007a5a', dash: '2 2', symbol: 'circle' },
  { className: 'fourth', colour: '#a8487f', dash: '10 3 2 3', symbol: 'square' },
  { className: 'fifth', colour: '#8a6a00', dash: '5 2', symbol: 'circle' },
  { className: 'sixth', colour: '#57606a', dash: '1 3', symbol: 'square' },
];

const dashes = ['4 2', '12 3', '6 2 2 2', '2 4', '9 2 1 2', '3 1'];

/** The style of series number `index`, from 0 on, without end. */
export function seriesStyle(index: number): SeriesStyle {
  const further = index - styles.length;
  const named = styles[index];
  if (named) return named;
  return {
    className: `series-${index}`,
    colour: paletteColour(further).light,
    dash: dashes[further % dashes.length]!,
    symbol: index % 2 === 0 ? 'circle' : 'square',
  };
}

/** The rules of a style sheet for the series that a page has, beyond those that have one already. */
export function seriesRules(markup: string): string {
  const found = new Set([...markup.matchAll(/\bseries-(\d+)\b/g)].map(([, index]) => Number(index)));
  const rules = [...found]
    .sort((a, b) => a - b)
    .map((index) => {
      const { light, dark } = paletteColour(index - styles.length);
      return `.series-${index} { --method: ${light}; }
@media screen and (prefers-color-scheme: dark) { .series-${index} { --method: ${dark}; } }
`;
    });
  return rules.join('');
}

export const inkColour = '#1f2328';
export const referenceColour = '#57606a';
export const gridColour = '#e7e9ec';
export const backgroundColour = '#ffffff';
export const fontFamily = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
export const fontSize = 12.5;
