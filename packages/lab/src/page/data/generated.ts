import { sha256 } from '@apical/core';
import { generate, listGenerators } from '@apical/data';
import type { AnyImages } from './images.ts';

/** The generated data that the page offers: those whose labels are classes, or that have none. */
export const generatedNames: readonly string[] = listGenerators().flatMap(({ name, labels }) =>
  labels === 'numbers' ? [] : [name],
);

/**
 * Generated data as the page has samples: rows of numbers. Those without labels are all of one class, which no rule learns.
 * @throws InputError for a generator or setting that there is not
 */
export async function generatedImages(name: string): Promise<AnyImages> {
  const { X, classes, classNames = ['no label'], inputs, count } = generate(name);
  const pixels = X.slice(0, count * inputs);
  return {
    ...{ name, split: 'train', count, shape: { height: 1, width: inputs, channels: 1 }, classNames, pixels },
    classes: classes?.slice(0, count) ?? new Uint8Array(count),
    sha256: { [name]: await sha256(new Uint8Array(pixels.buffer)) },
  };
}
