import type { CircuitDescription } from '../description/description.ts';

/** The rule's name, and the settings of its circuit that are not the usual ones. */
export function title({ rule, activation, decoupled, hidden }: CircuitDescription) {
  const { function: name, meanRate } = activation;
  const settings = [
    ...(name === 'linear' ? [] : [name]),
    ...(meanRate === undefined ? [] : ['mean subtracted']),
    ...(decoupled ? ['decoupled interneurons'] : []),
    ...(hidden === undefined ? [] : [`k = ${hidden}`]),
  ];
  return { name: rule, settings: settings.join(', ') };
}
