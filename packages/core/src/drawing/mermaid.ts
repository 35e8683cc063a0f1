import type { CircuitDescription, DescribedPathway, DescribedPopulation } from '../description/description.ts';
import { pathwayNote } from '../description/note.ts';
import { biasesOf, withoutBiases } from './biases.ts';
import { findRoles } from './roles.ts';
import { countOf } from './shapes.ts';
import { strokeOf } from './style.ts';

/** The circuit as a Mermaid flowchart: arrows excite, balls inhibit, and transported weights are dotted. */
export function circuitMermaid(whole: CircuitDescription): string {
  const description = withoutBiases(whole);
  const { rows, sides } = findRoles(description);
  const ids = new Map(description.populations.map(({ name }, i) => [name, `p${i}`]));
  const id = (name: string) => ids.get(name) ?? name;
  const nodes = [...rows, ...sides.map(({ population }) => population)].flatMap((each) =>
    drawNode(each, id(each.name), biasesOf(whole, each.name)),
  );
  const edges = description.pathways.map((pathway) => {
    const { from, to, compartment, input, phase } = pathway;
    const signal = description.signals[input]?.expression ?? '';
    const target = compartment === undefined ? id(to) : `${id(to)}_${compartmentIndex(description, to, compartment)}`;
    const words = [label(pathway), quote(signal), ...(phase === undefined ? [] : [quote(phase)])].join(' · ');
    return `  ${id(from)} ${arrow(pathway)}|"${words}"| ${target}`;
  });
  const styles = description.pathways.map((pathway, i) => `  linkStyle ${i} stroke:${strokeOf(pathway).colour}`);
  return `${['flowchart BT', ...nodes, ...edges, ...styles].join('\n')}\n`;
}

function drawNode(population: DescribedPopulation, id: string, biases: readonly string[]): string[] {
  const words = quote([population.title, countOf(population), ...biases.map((name) => `bias ${name}`)].join(', '));
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

function label(pathway: DescribedPathway): string {
  const note = pathwayNote(pathway);
  return note === undefined ? pathway.weights : `${pathway.weights}, ${note}`;
}

function quote(words: string): string {
  return words.replaceAll('"', '#quot;');
}
