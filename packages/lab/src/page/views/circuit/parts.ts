import {
  type CircuitDescription,
  type DescribedSignal,
  type DrawnPathway,
  type DrawnPopulation,
  pathwayNote,
} from '@apical/core';
import type { Activity, Sizes } from '../../training/activity.ts';
import { formatValue } from '../format.ts';

/** Something in the drawing that can be pointed at. */
export interface Part {
  readonly key: string;
  /** What equations call it. */
  readonly symbol: string;
  /** The equation, where it has one. */
  readonly equation?: string;
  readonly meaning: string;
  /** Its value now, in words. */
  value(activity: Activity | undefined): string;
}

/** A signal of a population, and where in its cells it is seen. */
export interface SignalPart extends Part {
  readonly id: number;
  readonly compartment: string | undefined;
}

/** How large the weights of a pathway are at each postsynaptic cell. */
export function sizesAt(weights: string, sizes: Readonly<Record<string, Sizes>> | undefined): Float64Array | undefined {
  const found = sizes?.[weights.replace('ᵀ', '')];
  return weights.endsWith('ᵀ') ? found?.columns : found?.rows;
}

export function pathwayPart({ pathway, carried }: DrawnPathway, { updates, signals }: CircuitDescription): Part {
  const { weights, synapses, reversed, from, to, compartment, effect, input } = pathway;
  const learned = updates.filter((each) => each.synapses === synapses);
  const way = `${effect} synapses from ${from} to ${to}${compartment === undefined ? '' : ` (${compartment})`}`;
  const passedOn = carried.map((id) => signals[id]?.expression ?? '').join(', ');
  const learning = learned.map(({ expression, phase }) => {
    return `; Δ${synapses} = ${expression}${phase === undefined ? '' : ` while ${phase}`}`;
  });
  const note = reversed === undefined ? pathwayNote(pathway) : undefined;
  const notes = note === undefined ? '' : ` (${note})`;
  const nature =
    reversed === 'transport'
      ? `the weights of ${synapses}, transported to a way back`
      : reversed === 'symmetry'
        ? `${way}, assumed to mirror ${synapses}`
        : way;
  return {
    key: `${weights} ${input}`,
    symbol: weights,
    meaning: `${nature}${notes}; carry ${passedOn}${learning.join('')}.`,
    value: (activity) => {
      const sizes = sizesAt(weights, activity?.weights);
      const changes = sizesAt(weights, activity?.changes);
      if (!sizes) return '';
      const change = changes ? `; this sample changes it by η · ${vector(changes)}` : '';
      return `‖${weights}‖ a cell: ${vector(sizes)}${change}`;
    },
  };
}

/** What can be seen in the cells of a population: for each compartment, and for the cells as a whole, the last signal. */
export function populationParts({ population }: DrawnPopulation, description: CircuitDescription): SignalPart[] {
  const passedOn = new Set(description.pathways.map(({ input }) => input));
  const own = description.signals.filter((signal) => signal.population === population.name);
  const places = [undefined, ...population.compartments];
  return places.flatMap((compartment) => {
    const here = own.filter((signal) =>
      compartment === undefined ? passedOn.has(signal.id) : signal.compartment === compartment,
    );
    const last = here.at(-1) ?? (compartment === undefined ? undefined : firstCurrent(own));
    return last ? [signalPart(last, compartment, population.name)] : [];
  });
}

/** Linear cells pass their current on as it is: it is both. */
function firstCurrent(own: readonly DescribedSignal[]): DescribedSignal | undefined {
  return own.find(({ operation }) => operation?.kind === 'drive');
}

const meanings: Readonly<Record<string, string>> = {
  stimulus: 'the input, the numbers of the sample',
  label: 'the label',
  proximal: 'proximal current of the pyramidal cells',
  apical: 'calcium plateau potential in the apical tuft',
  pyramidal: 'output of the pyramidal cells: their firing',
  interneuron: 'output of the interneurons',
  hidden: 'activity of the hidden units',
};

function signalPart(signal: DescribedSignal, compartment: string | undefined, population: string): SignalPart {
  const { id, expression, definition } = signal;
  const isError = population === 'label' && definition !== undefined;
  const meaning = isError
    ? 'the error of the prediction'
    : (meanings[compartment ?? population.replace(/ \d+$/, '')] ?? `signal of the population ${population}`);
  return {
    key: `${population} ${compartment ?? ''}`,
    id,
    compartment,
    symbol: compartment === undefined ? expression : `${expression}, ${compartment}`,
    ...(definition !== undefined && { equation: `${expression} = ${definition}` }),
    meaning,
    value: (activity) => (activity ? vector(activity.signals[id] ?? []) : ''),
  };
}

const mostShown = 4;

/** The first numbers of a vector. */
function vector(values: ArrayLike<number>): string {
  const shown = Array.from({ length: Math.min(mostShown, values.length) }, (_, i) => formatValue(values[i]!));
  const rest = values.length > mostShown ? `, … (${values.length})` : '';
  return values.length === 1 ? shown.join() : `(${shown.join(', ')}${rest})`;
}
