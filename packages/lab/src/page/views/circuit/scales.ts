import { Scale } from '../tint.ts';

/** The scales of everything in a drawing that has values, by name. */
export class Scales {
  readonly #scales = new Map<string, Scale>();

  fit(name: string, values: ArrayLike<number>): number[] {
    const scale = this.#scales.get(name) ?? new Scale();
    this.#scales.set(name, scale);
    return scale.fit(values);
  }
}
