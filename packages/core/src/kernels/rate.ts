import { writeFields, writeStructure } from './layout.ts';
import type { Arena } from './memory.ts';

/** A learning rate η(t) = eta0 / (1 + t / t0), t being the samples seen before; without t0 it is constant. */
export interface HyperbolicRate {
  readonly eta0: number;
  readonly t0?: number;
}

/** The learning rates of synapses by name, in the kernels' memory. */
export class Rates {
  readonly #arena: Arena;
  readonly #addresses = new Map<string, number>();

  constructor(arena: Arena, rates: Readonly<Record<string, HyperbolicRate>>) {
    this.#arena = arena;
    for (const [name, rate] of Object.entries(rates)) {
      this.#addresses.set(name, writeStructure(arena, 'rate', { ...fieldsOf(rate), eta: 0 }));
    }
  }

  get addresses(): readonly number[] {
    return [...this.#addresses.values()];
  }

  /** The address of the rate of this name. */
  address(name: string): number {
    const address = this.#addresses.get(name);
    if (address === undefined) throw new TypeError(`there is no rate ${name}`);
    return address;
  }

  /** Makes these the rates from now on. */
  set(rates: Readonly<Record<string, HyperbolicRate>>): void {
    for (const [name, rate] of Object.entries(rates)) {
      writeFields(this.#arena, 'rate', this.address(name), fieldsOf(rate));
    }
  }
}

function fieldsOf({ eta0, t0 }: HyperbolicRate): { eta0: number; inverseT0: number } {
  return { eta0, inverseT0: t0 === undefined ? 0 : 1 / t0 };
}
