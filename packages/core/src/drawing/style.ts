import type { DescribedPathway } from '../description/description.ts';
import type { Stroke } from './markup.ts';

// Blue, brown and red of different lightness; besides, the kinds of synapses differ in their endings, dashes and words.
export const colours = {
  excitatory: '#0072b2',
  inhibitory: '#a14b00',
  transport: '#c8102e',
  cell: '#57606a',
  ink: '#1f2328',
  note: '#57606a',
  box: '#eef1f4',
  background: '#ffffff',
} as const;

/** The colour and the dashes of a pathway. */
export function strokeOf({ reversed, effect }: Pick<DescribedPathway, 'reversed' | 'effect'>): Stroke {
  if (reversed === 'transport') return { colour: colours.transport, dashes: '7 4' };
  return { colour: colours[effect] };
}
