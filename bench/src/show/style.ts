import type { ImplementationName } from '../race/implementations.ts';

/**
 * How implementations are told apart: by colours that every common form of colour blindness keeps apart (Okabe and Ito,
 * 2008), and besides by symbols. Idiomatic ones are hollow.
 */
export const signs: Readonly<Record<ImplementationName, { colour: string; symbol: string; hollow?: true }>> = {
  apical: { colour: '#0072b2', symbol: 'circle' },
  apical256: { colour: '#0072b2', symbol: 'circle', hollow: true },
  apicalFused: { colour: '#0072b2', symbol: 'square', hollow: true },
  js: { colour: '#e69f00', symbol: 'triangle' },
  cpp: { colour: '#1f2328', symbol: 'star' },
  eigen: { colour: '#1f2328', symbol: 'star', hollow: true },
  tfjs: { colour: '#cc79a7', symbol: 'triangle2' },
  jax: { colour: '#cc79a7', symbol: 'triangle2', hollow: true },
  numpy: { colour: '#009e73', symbol: 'square' },
  numpyIdiomatic: { colour: '#009e73', symbol: 'square', hollow: true },
  torch: { colour: '#d55e00', symbol: 'diamond' },
  torchIdiomatic: { colour: '#d55e00', symbol: 'diamond', hollow: true },
};

/** The lines of the rules. */
export const ruleLines: Readonly<Record<string, { colour: string; dash?: string }>> = {
  bmvr: { colour: '#0072b2' },
  backprop: { colour: '#d55e00', dash: '6 3' },
};

export const inkColour = '#1f2328';
export const faintColour = '#8c959f';
export const gridColour = '#e7e9ec';
export const backgroundColour = '#ffffff';
export const fontFamily = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
export const fontSize = 12.5;
