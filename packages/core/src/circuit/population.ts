/** A population of like cells (or of input fibres), or what synapses keep, one number each. Its name is part of its type. */
export class Population<Name extends string> {
  readonly name: Name;
  /** How many cells. */
  readonly size: number;
  readonly compartments: readonly string[];

  constructor(name: Name, size: number, compartments: readonly string[] = []) {
    this.name = name;
    this.size = size;
    this.compartments = compartments;
  }

  /** One of the cells' compartments, as a place for synapses. */
  at(compartment: string): Compartment<Name> {
    if (!this.compartments.includes(compartment)) {
      throw new TypeError(
        `${this.name} cells have no ${compartment} compartment, only ${this.compartments.join(', ')}`,
      );
    }
    return { population: this, name: compartment };
  }
}

/** A part of the cells of a population, electrically apart from the others: the proximal dendrites, the apical tuft. */
export interface Compartment<Name extends string> {
  readonly population: Population<Name>;
  readonly name: string;
}
