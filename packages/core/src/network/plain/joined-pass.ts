import type { Call, RepeatedCall, TapeKernel } from '../../kernels/tape.ts';
import { type Arguments, gainOf } from './gain.ts';

/** The calls of a step by when they are made. */
export interface Schedule {
  /** Before the first step. */
  readonly head: readonly RepeatedCall[];
  /** In every step. */
  readonly body: readonly RepeatedCall[];
  /** Between a step and the next. */
  readonly joint: readonly RepeatedCall[];
  /** After the last, where they have grown as in the steps. */
  readonly tail: readonly RepeatedCall[];
}

/** Kernels by which synapses learn from one pair of vectors, which they only read: weights, rows, columns, left, right. */
const learning: readonly TapeKernel[] = [
  'learnDecaying',
  'learnDecayingColumns',
  'learnDecayingRows',
  'addOuterProducts',
];

/**
 * The calls so that weights from the stimulus are passed over once a sample, not twice: with what a sample changes in them, the next one
 * drives its cells. The same numbers come of it. As they are, where they do not allow it.
 *
 * @param room for the next input
 */
export function joinPasses(calls: readonly RepeatedCall[], room: (floats: number) => number): Schedule {
  const asTheyAre: Schedule = { head: [], body: calls, joint: [], tail: [] };
  const load = calls.find(({ kernel }) => kernel === 'loadInputs');
  if (!load?.growing) return asTheyAre;
  const [source, position, , , input] = load.numbers as Arguments<'loadInputs'>;
  const drives = calls.filter(({ kernel, numbers }) => kernel === 'multiplyTransposed' && numbers[3] === input);
  const [drive] = drives;
  if (!drive || drives.length > 1) return asTheyAre;
  const [weights, rows, columns, , , output] = drive.numbers as Arguments<'multiplyTransposed'>;
  const learn = calls.find(({ kernel, numbers }) => learning.includes(kernel) && numbers[0] === weights);
  const gain = learn && gainOf(learn);
  if (!learn || !gain || gain.left !== input || gain.pairs !== 1) return asTheyAre;
  const others = calls.filter((each) => ![load, drive, learn].includes(each));
  const { right, factor, decay, decays } = gain;
  const later = calls.slice(calls.indexOf(learn) + 1);
  const isFree =
    others.every((each) => !uses(each, [input, weights])) &&
    calls.slice(0, calls.indexOf(drive)).every((each) => !uses(each, [output])) &&
    later.every((each) => learning.includes(each.kernel) || !uses(each, [right, ...(decays ? [decays] : [])]));
  if (!isFree) return asTheyAre;
  const places = [source, position, input, room(rows)];
  return {
    head: [load, drive],
    body: others,
    joint: [
      {
        kernel: 'learnAndDriveNext',
        numbers: [...places, weights, rows, columns, right, factor, decay, decays, output],
        growing: load.growing,
        ...(learn.rate && { rate: { ...learn.rate, place: places.length + 4 } }),
      },
    ],
    tail: [load, learn],
  };
}

/** Whether one of the numbers of a call is one of these addresses. */
function uses({ numbers }: Call, addresses: readonly number[]): boolean {
  return numbers.some((number) => addresses.includes(number));
}
