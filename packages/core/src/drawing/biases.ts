import type { CircuitDescription } from '../description/description.ts';

/** The circuit without the cell that always fires and its synapses: what of it is drawn as cells and wires. */
export function withoutBiases(description: CircuitDescription): CircuitDescription {
  const { populations, pathways } = description;
  const drawn = pathways.filter(({ bias }) => !bias);
  const isBias = (name: string) => {
    const touching = pathways.filter(({ from, to }) => from === name || to === name);
    return touching.length > 0 && touching.every(({ bias, from }) => bias && from === name);
  };
  return { ...description, populations: populations.filter(({ name }) => !isBias(name)), pathways: drawn };
}

/** The names of the biases of a population. */
export function biasesOf({ synapses }: CircuitDescription, population: string): readonly string[] {
  return synapses.filter(({ bias, to }) => bias && to === population).map(({ name }) => name);
}
