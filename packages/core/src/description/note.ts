import type { DescribedPathway } from './description.ts';

/** What is the matter with the weights of a pathway, in a few words: `weight transport`, `fixed, signs of W2`. */
export function pathwayNote({ reversed, synapses, fixed, signs, noise }: DescribedPathway): string | undefined {
  const notes = [
    ...(reversed === 'transport' ? ['weight transport'] : []),
    ...(reversed === 'symmetry' ? [`mirrors ${synapses}`] : []),
    ...(fixed && noise.length === 0 ? ['fixed'] : []),
    ...(noise.length > 0 ? [`noise ${noise.join(', ')}`] : []),
    ...(signs.length > 0 ? [`signs of ${signs.join(', ')}`] : []),
  ];
  return notes.length === 0 ? undefined : notes.join(', ');
}
