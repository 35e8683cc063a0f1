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
  const counts = typeof classes === 'number' ? Uint32Array.of(count) : countsOf(classes);
  const random = new RandomStream(seed, 'held out');
  /** Of the samples class after class, and where the next of each class is. */
  const isChosen = new Uint8Array(count);
  const next = new Uint32Array(counts.length);
  let [start, total] = [0, 0];
  for (const [own, members] of counts.entries()) {
    next[own] = start;
    if (members === 0) continue;
    const held = Math.min(Math.round(share * members), members - 1);
    const order = random.permutation(members);
    for (let i = 0; i < held; i++) isChosen[start + order[i]!] = 1;
    // Frees it now, not at some time: of small rows it is as large as the samples.
    (order.buffer as ArrayBuffer).transfer(0);
    start += members;
    total += held;
  }
  if (total === 0) throw new InputError(`a share of ${share} holds out none of ${count} samples: hold out more`);
  if (typeof classes === 'number') return isChosen;
  const isHeld = new Uint8Array(count);
  for (let i = 0; i < count; i++) isHeld[i] = isChosen[next[classes[i]!]!++]!;
  return isHeld;
}

/** How many samples each class has. */
function countsOf(classes: Uint16Array): Uint32Array {
  const counts = new Uint32Array(2 ** 16);
  for (let i = 0; i < classes.length; i++) counts[classes[i]!]!++;
  return counts;
}
