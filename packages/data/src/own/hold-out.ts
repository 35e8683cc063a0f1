import { InputError, RandomStream } from '@apical/core';

/** Which samples are learned, and which are held out, each ascending. */
export interface Parts {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * Holds out a share of the samples at random: of each class this share of its own, rounded, but not all. Where there are no classes, of
 * all samples.
 *
 * @param classes the class of each sample, or how many samples there are
 * @throws InputError where the share is not between 0 and 1, or none is held out
 */
export function holdOut(classes: Uint16Array | number, share: number, seed: number): Parts {
  if (!(share > 0 && share < 1))
    throw new InputError(`the share held out must be more than 0 and less than 1, not ${share}`);
  const count = typeof classes === 'number' ? classes : classes.length;
  const members = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    const own = typeof classes === 'number' ? 0 : classes[i]!;
    const known = members.get(own);
    if (known) known.push(i);
    else members.set(own, [i]);
  }
  const random = new RandomStream(seed, 'held out');
  const isHeld = new Uint8Array(count);
  for (const [, own] of [...members].sort(([a], [b]) => a - b)) {
    const held = Math.min(Math.round(share * own.length), own.length - 1);
    for (const at of random.permutation(own.length).subarray(0, held)) isHeld[own[at]!] = 1;
  }
  const all = Array.from(isHeld.keys());
  const test = Uint32Array.from(all.filter((i) => isHeld[i] === 1));
  if (test.length === 0) throw new InputError(`a share of ${share} holds out none of ${count} samples: hold out more`);
  return { train: Uint32Array.from(all.filter((i) => isHeld[i] === 0)), test };
}
