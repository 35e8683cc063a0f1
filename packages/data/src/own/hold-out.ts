import { InputError, RandomStream } from '@apical/core';

/**
 * Which samples are held out: 1 for these, 0 for those that are learned. They are a share, chosen at random: of each class this share of its
 * own, rounded, but not all; where there are no classes, of all samples.
 *
 * @param classes the class of each sample, or how many samples there are
 * @throws InputError where the share is not between 0 and 1, or none is held out
 */
export function holdOut(classes: Uint16Array | number, share: number, seed: number): Uint8Array {
  if (!(share > 0 && share < 1))
    throw new InputError(`the share held out must be more than 0 and less than 1, not ${share}`);
  const count = typeof classes === 'number' ? classes : classes.length;
  const random = new RandomStream(seed, 'held out');
  const isHeld = new Uint8Array(count);
  let total = 0;
  for (const [own, members] of countsOf(classes)) {
    const held = Math.min(Math.round(share * members), members - 1);
    const rows = typeof classes === 'number' ? undefined : rowsOf(classes, own, members);
    const chosen = random.permutation(members);
    for (let i = 0; i < held; i++) isHeld[rows ? rows[chosen[i]!]! : chosen[i]!] = 1;
    // Frees them now, not at some time: of small rows they are as large as the samples.
    for (const { buffer } of rows ? [rows, chosen] : [chosen]) (buffer as ArrayBuffer).transfer(0);
    total += held;
  }
  if (total === 0) throw new InputError(`a share of ${share} holds out none of ${count} samples: hold out more`);
  return isHeld;
}

function rowsOf(classes: Uint16Array, own: number, members: number): Uint32Array {
  const rows = new Uint32Array(members);
  for (let i = 0, at = 0; i < classes.length; i++) if (classes[i] === own) rows[at++] = i;
  return rows;
}

/** How many samples each class has, in the order of the classes. */
function countsOf(classes: Uint16Array | number): [own: number, members: number][] {
  if (typeof classes === 'number') return [[0, classes]];
  const counts = new Uint32Array(2 ** 16);
  for (let i = 0; i < classes.length; i++) counts[classes[i]!]!++;
  return [...counts.entries()].filter(([, members]) => members > 0);
}
