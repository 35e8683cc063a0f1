import type { CircuitDescription } from '../description/description.ts';

/** The rule's title, and the settings of its circuit that are not the usual ones. */
export function title({
  title: name,
  activation,
  output,
  loss,
  decoupled,
  changed,
  parameters,
  hidden,
}: CircuitDescription) {
  const { function: own, meanRate } = activation;
  const others = changed.filter((each) => each !== 'decoupled');
  const settings = [
    ...(own === 'linear' ? [] : [own]),
    ...(meanRate === undefined ? [] : ['mean subtracted']),
    ...(output === 'linear' ? [] : [`${output} outputs`]),
    ...((loss === 'squared') === (output === 'linear') ? [] : [`${loss} loss`]),
    ...(decoupled ? ['decoupled interneurons'] : []),
    ...others.map((each) => `${each} ${parameters[each]}`),
    ...(hidden === undefined ? [] : [`k = ${[hidden].flat().join(', ')}`]),
  ];
  return { name, settings: settings.join(', ') };
}
