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

/** The style of series number `index`; they come again where there are more series than styles. */
export function seriesStyle(index: number): SeriesStyle {
  return styles[index % styles.length] ?? methodStyles.bmvr;
}

export const inkColour = '#1f2328';
export const referenceColour = '#57606a';
export const gridColour = '#e7e9ec';
export const backgroundColour = '#ffffff';
export const fontFamily = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
export const fontSize = 12.5;
