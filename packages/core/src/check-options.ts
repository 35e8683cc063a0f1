import { InputError, written } from './errors.ts';

/**
 * Refuses options that there are not: one with a letter wrong would be left out in silence.
 * @param of what has the options
 * @throws InputError
 */
export function checkOptions(of: string, options: unknown, names: readonly string[]): void {
  if (options === undefined) return;
  if (typeof options !== 'object' || options === null || 'length' in options) {
    const found = typeof options === 'object' && options !== null ? 'an array' : written(options);
    throw new InputError(`the options of ${of} are ${found}; give an object of ${names.join(', ')}`);
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new InputError(`there is no option "${unknown}" of ${of}; there are ${names.join(', ')}`);
}
