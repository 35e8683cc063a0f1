import type { Method } from './panels.ts';

/**
 * How the figure tells the methods apart: blue and vermilion, which every common form of colour blindness keeps apart
 * (Okabe and Ito, 2008), and besides by dash (our curves) and by symbol (the paper's points).
 */
export const strokes: Record<Method, { colour: string; dash?: string; symbol: 'circle' | 'square' }> = {
  bmvr: { colour: '#0072b2', symbol: 'circle' },
  backprop: { colour: '#d55e00', dash: '8 3', symbol: 'square' },
};

export const inkColour = '#1f2328';
export const optimumColour = '#57606a';
export const gridColour = '#e7e9ec';
export const backgroundColour = '#ffffff';
export const fontFamily = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
export const fontSize = 12.5;
