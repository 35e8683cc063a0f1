import { padded } from '../../kernels/memory.ts';
import type { RepeatedCall } from '../../kernels/tape.ts';
import { type Arguments, gainOf } from './gain.ts';
import type { Schedule } from './joined-pass.ts';

/** So many weights do not lie in the first-level cache from one pass to the next. */
const manyWeights = 2 ** 16;

/** A drive by synapses, and what they gain at the end of a step. */
interface Pass {
  readonly drive: RepeatedCall;
  readonly change: RepeatedCall;
}

/**
 * The calls so that weights between cells are passed over once for what a sample changes in them and what the next one drives by them: the change waits
 * until then, and is nothing before the first sample. The same numbers come of it.
 *
 * @param room for what waits
 */
export function deferChanges(schedule: Schedule, room: (floats: number) => number): Schedule {
  return passesOf(schedule.body).reduce((deferred, pass) => defer(deferred, pass, room), schedule);
}

/**
 * Those where the drive is the first in a step that has to do with the weights, and the change, by one pair of vectors, the last; and where no number
 * is found before the drive that is not finite, for then the change would be lost.
 */
function passesOf(body: readonly RepeatedCall[]): readonly Pass[] {
  return body.flatMap((drive, at) => {
    const [weights, rows, columns] = drive.numbers as Arguments<'multiplyMatrix'>;
    if (drive.kernel !== 'multiplyMatrix' || rows * columns < manyWeights) return [];
    const own = body.filter(({ numbers }) => numbers.includes(weights));
    const change = own.at(-1)!;
    const isOfOnePair = change.kernel === 'addOuterProducts' && gainOf(change)?.pairs === 1;
    const isWatched = body.slice(0, at).some(({ kernel }) => kernel === 'allFinite');
    return own[0] === drive && isOfOnePair && !isWatched ? [{ drive, change }] : [];
  });
}

function defer(
  { head, body, joint, tail }: Schedule,
  { drive, change }: Pass,
  room: (floats: number) => number,
): Schedule {
  const [weights, rows, columns, input, , output, scratch] = drive.numbers as Arguments<'multiplyMatrix'>;
  const { left, right, factor } = gainOf(change)!;
  const waiting = { left: room(rows), right: room(columns) };
  const gain = [weights, rows, columns, waiting.left, waiting.right] as const;
  const wait: readonly RepeatedCall[] = [
    {
      kernel: 'scale',
      numbers: [factor, left, waiting.left, padded(rows)],
      ...(change.rate && { rate: { ...change.rate, place: 0 } }),
    },
    { kernel: 'copy', numbers: [right, waiting.right, padded(columns)] },
  ];
  const pass: RepeatedCall = { kernel: 'learnAndMultiply', numbers: [...gain, input, output, scratch] };
  return {
    head: [...head, { kernel: 'clear', numbers: [waiting.left, padded(rows)] }],
    body: body.flatMap((call) => (call === drive ? [pass] : call === change ? wait : [call])),
    joint,
    tail: [...tail, { kernel: 'addOuterProducts', numbers: [...gain, 1, 1, scratch] }],
  };
}
