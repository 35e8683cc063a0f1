import { InputError } from '@apical/core';

/** More runs than this come to no end. */
const most = 100_000;

/** So many seeds from the first on. @throws InputError for numbers out of range; `what` says in it what is counted */
export function chosenSeeds(what: 'runs' | 'seeds', count: number, first: number): number[] {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new InputError(`the number of ${what} must be a whole number from 1, not ${count}`);
  }
  if (count > most) {
    throw new InputError(
      `the number of ${what} must be at most ${most.toLocaleString('en')}, not ${count.toLocaleString('en')}`,
    );
  }
  if (!Number.isSafeInteger(first) || first < 0 || !Number.isSafeInteger(first + count - 1)) {
    throw new InputError(`the seeds must be whole numbers from 0 to ${Number.MAX_SAFE_INTEGER}, not ${first} and on`);
  }
  return Array.from({ length: count }, (_, i) => first + i);
}
