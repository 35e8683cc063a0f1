import { arrayIn } from '@apical/data';

/** Whether two paths name the same array of one archive, wherever it lies: without a name it is its only one. */
export function isSameArray(one: string, other: string): boolean {
  const [name, known] = [arrayIn(one), arrayIn(other)];
  return name === undefined || known === undefined || name === known;
}
