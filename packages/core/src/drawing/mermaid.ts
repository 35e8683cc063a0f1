import type { CircuitDescription, DescribedPathway, DescribedPopulation } from '../description/description.ts';
import { findRoles } from './roles.ts';
import { countOf } from './shapes.ts';
import { strokeOf } from './style.ts';

/** The circuit as a Mermaid flowchart: arrows excite, balls inhibit, and transported weights are dotted. */
export function circuitMermaid(description: CircuitDescription): string {
  const { rows, sides } = findRoles(description);
  const ids = new Map(description.populations.map(({ name }, i) => [name, `p${i}`]));
  const id = (name: string) => ids.get(name) ?? name;
  const nodes = [...rows, ...sides.map(({ population }) => population)].flatMap((each) =>
    drawNode(each, id(each.name)),
  );
  const edges = description.pathways.map((pathway) => {
    const { from, to, compartment, input } = pathway;
    const signal = description.signals[input]?.expression ?? '';
    const target = compartment === undefined ? id(to) : `${id(to)}_${compartmentIndex(description, to, compartment)}`;
    return `  ${id(from)} ${arrow(pathway)}|"${label(pathway)} · ${quote(signal)}"| ${target}`;
  });
  const styles = description.pathways.map((pathway, i) => `  linkStyle ${i} stroke:${strokeOf(pathway).colour}`);
  return `${['flowchart BT', ...nodes, ...edges, ...styles].join('\n')}\n`;
}

function drawNode(population: DescribedPopulation, id: string): string[] {
  const words = quote(`${population.name}, ${countOf(population)}`);
  if (population.compartments.length === 0) return [`  ${id}(["${words}"])`];
  const compartments = population.compartments.map((name, i) => `    ${id}_${i}["${quote(name)}"]`);
  return [`  subgraph ${id}["${words}"]`, ...compartments, '  end'];
}

function compartmentIndex({ populations }: CircuitDescription, population: string, compartment: string): number {
  return populations.find(({ name }) => name === population)?.compartments.indexOf(compartment) ?? 0;
}

function arrow({ reversed, effect }: DescribedPathway): string {
  if (reversed === 'transport') return '-.->';
  return effect === 'inhibitory' ? '--o' : '-->';
}

function label({ weights, synapses, reversed }: DescribedPathway): string {
  if (reversed === 'transport') return `${weights}, weight transport`;
  return reversed ? `${weights}, mirrors ${synapses}` : weights;
}

function quote(words: string): string {
  return words.replaceAll('"', '#quot;');
}
