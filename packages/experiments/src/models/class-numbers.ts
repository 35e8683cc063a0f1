import type { ModelFile } from './model-file.ts';

/** The numbers by which files call the classes of a model: its names for them where all of these are numbers, else 0, 1, 2, … */
export function classNumbers({ network, classNames }: Pick<ModelFile, 'network' | 'classNames'>): readonly number[] {
  const isNumbered = classNames?.length === network.labels && classNames.every((name) => /^\d+$/.test(name));
  return isNumbered ? classNames.map(Number) : Array.from({ length: network.labels }, (_, i) => i);
}
