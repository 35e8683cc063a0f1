import { InputError } from '@apical/core';

/** So many seeds from the first on. @throws InputError for numbers out of range; `what` says in it what is counted */
export function chosenSeeds(what: 'runs' | 'seeds', count: number, first: number): number[] {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new InputError(`the number of ${what} must be a whole number from 1, not ${count}`);
  }
  if (!Number.isSafeInteger(first) || first < 0 || !Number.isSafeInteger(first + count - 1)) {
    throw new InputError(`the seeds must be whole numbers from 0 to ${Number.MAX_SAFE_INTEGER}, not ${first} and on`);
  }
  return Array.from({ length: count }, (_, i) => first + i);
}
