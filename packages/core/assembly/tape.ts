import { addToEach, broadcast, centre } from './broadcasting';
import { decayAll, decayColumns, decayRows, learnDecaying, learnDecayingColumns, learnDecayingRows } from './decays';
import { solveEquations } from './equations';
import { applyFunction } from './functions';
import { learnAndDriveNext } from './learn-and-drive';
import { learnAndMultiply } from './learn-and-multiply';
import { limit } from './limits';
import { multiplyMatrix } from './matrix-products';
import { fillNoise } from './noise';
import { stepPlain } from './optimisers';
import { addOuterProducts } from './outer-products';
import { add, addScaled, allFinite, clear, clearDiagonal, copy, maximum, minimum, multiplyElements, scale, subtract, transpose } from './pointwise';
import { loadInputs, loadTargets } from './sample-blocks';
import { Source } from './layout';
import * as sample from './sample';
import { pooledSum, softmax } from './softmax';
import { learnSparse } from './sparse-changes';
import { driveSparse } from './sparse-inputs';
import { listInputs } from './sparse-lists';
import { multiplyTransposed } from './transposed-products';

// A tape: calls of kernels as the plain engine makes them in a step, in order, each in a record of sixteen words of eight bytes:
// its code (src/kernels/tape.ts has the same list), which of its arguments grows from step to step (its word, or 0) and by how much,
// and its arguments from word 3 on: integers in the first four bytes of a word, or float64. Word 15 says which of them is a learning rate (its
// word, or 0), and where in a list of rates, one a step, it is.

@inline
function i(record: usize, argument: i32): i32 {
  return load<i32>(record + (<usize>(3 + argument) << 3));
}

@inline
function f(record: usize, argument: i32): f64 {
  return load<f64>(record + (<usize>(3 + argument) << 3));
}

/** Does the kernel of a record. Returns 0 where numbers that were to be finite are not. */
@inline
function play(r: usize): i32 {
  switch (load<i32>(r)) {
    case 0:
      add(i(r, 0), i(r, 1), i(r, 2), i(r, 3));
      return 1;
    case 1:
      subtract(i(r, 0), i(r, 1), i(r, 2), i(r, 3));
      return 1;
    case 2:
      multiplyElements(i(r, 0), i(r, 1), i(r, 2), i(r, 3));
      return 1;
    case 3:
      minimum(i(r, 0), i(r, 1), i(r, 2), i(r, 3));
      return 1;
    case 4:
      maximum(i(r, 0), i(r, 1), i(r, 2), i(r, 3));
      return 1;
    case 5:
      scale(f(r, 0), i(r, 1), i(r, 2), i(r, 3));
      return 1;
    case 6:
      addScaled(i(r, 0), f(r, 1), i(r, 2), i(r, 3), i(r, 4));
      return 1;
    case 7:
      copy(i(r, 0), i(r, 1), i(r, 2));
      return 1;
    case 8:
      clear(i(r, 0), i(r, 1));
      return 1;
    case 9:
      limit(i(r, 0), i(r, 1), i(r, 2), f(r, 3), f(r, 4), i(r, 5), i(r, 6), i(r, 7), i(r, 8));
      return 1;
    case 10:
      return allFinite(i(r, 0), i(r, 1));
    case 11:
      applyFunction(i(r, 0), i(r, 1), i(r, 2), i(r, 3), i(r, 4), i(r, 5), i(r, 6));
      return 1;
    case 12:
      softmax(i(r, 0), i(r, 1), i(r, 2), i(r, 3), i(r, 4));
      return 1;
    case 13:
      pooledSum(i(r, 0), i(r, 1), i(r, 2), i(r, 3), i(r, 4));
      return 1;
    case 14:
      broadcast(i(r, 0), i(r, 1), i(r, 2), i(r, 3));
      return 1;
    case 15:
      addToEach(i(r, 0), i(r, 1), i(r, 2), i(r, 3), i(r, 4));
      return 1;
    case 16:
      multiplyMatrix(i(r, 0), i(r, 1), i(r, 2), i(r, 3), i(r, 4), i(r, 5), i(r, 6));
      return 1;
    case 17:
      multiplyTransposed(i(r, 0), i(r, 1), i(r, 2), i(r, 3), i(r, 4), i(r, 5), i(r, 6));
      return 1;
    case 18:
      addOuterProducts(i(r, 0), i(r, 1), i(r, 2), i(r, 3), i(r, 4), i(r, 5), f(r, 6), i(r, 7));
      return 1;
    case 19:
      stepPlain(i(r, 0), i(r, 1), i(r, 2), f(r, 3), f(r, 4));
      return 1;
    case 20:
      fillNoise(i(r, 0), f(r, 1), i(r, 2), i(r, 3), f(r, 4), f(r, 5), i(r, 6), i(r, 7), i(r, 8), i(r, 9));
      return 1;
    case 21:
      loadInputs(changetype<Source>(<usize>i(r, 0)), i(r, 1), i(r, 2), i(r, 3), i(r, 4));
      return 1;
    case 22:
      loadTargets(changetype<Source>(<usize>i(r, 0)), i(r, 1), i(r, 2), i(r, 3), i(r, 4));
      return 1;
    case 23:
      solveEquations(i(r, 0), i(r, 1), i(r, 2), i(r, 3), i(r, 4), i(r, 5), i(r, 6));
      return 1;
    case 24:
      learnDecaying(i(r, 0), i(r, 1), i(r, 2), i(r, 3), i(r, 4), f(r, 5), f(r, 6));
      return 1;
    case 25:
      learnDecayingRows(i(r, 0), i(r, 1), i(r, 2), i(r, 3), i(r, 4), f(r, 5), i(r, 6));
      return 1;
    case 26:
      learnDecayingColumns(i(r, 0), i(r, 1), i(r, 2), i(r, 3), i(r, 4), f(r, 5), i(r, 6));
      return 1;
    case 27:
      learnAndDriveNext(
        changetype<Source>(<usize>i(r, 0)),
        i(r, 1),
        i(r, 2),
        i(r, 3),
        i(r, 4),
        i(r, 5),
        i(r, 6),
        i(r, 7),
        f(r, 8),
        f(r, 9),
        i(r, 10),
        i(r, 11),
      );
      return 1;
    case 28:
      clearDiagonal(i(r, 0), i(r, 1), i(r, 2));
      return 1;
    case 29:
      centre(i(r, 0), i(r, 1), i(r, 2), i(r, 3), i(r, 4), f(r, 5));
      return 1;
    case 30:
      listInputs(changetype<Source>(<usize>i(r, 0)), i(r, 1), i(r, 2), i(r, 3), i(r, 4));
      return 1;
    case 31:
      driveSparse(i(r, 0), i(r, 1), i(r, 2), i(r, 3), i(r, 4), i(r, 5));
      return 1;
    case 32:
      learnSparse(i(r, 0), i(r, 1), i(r, 2), i(r, 3), f(r, 4), i(r, 5), i(r, 6));
      return 1;
    case 33:
      decayRows(i(r, 0), i(r, 1), i(r, 2), i(r, 3), i(r, 4), f(r, 5));
      return 1;
    case 34:
      decayColumns(i(r, 0), i(r, 1), i(r, 2), i(r, 3), i(r, 4), f(r, 5));
      return 1;
    case 35:
      transpose(i(r, 0), i(r, 1), i(r, 2), i(r, 3));
      return 1;
    case 36:
      decayAll(i(r, 0), i(r, 1), f(r, 2), f(r, 3));
      return 1;
    case 37:
      learnAndMultiply(i(r, 0), i(r, 1), i(r, 2), i(r, 3), i(r, 4), i(r, 5), i(r, 6), i(r, 7));
      return 1;
    default:
      return 1;
  }
}

/** Does the kernel of a record, and then has its number grow, and its rate be that of the next step. */
@inline
function playOnce(record: usize): i32 {
  if (play(record) == 0) return 0;
  const growing = load<i32>(record, 8);
  if (growing > 0) {
    const at = record + (<usize>growing << 3);
    if (load<i32>(record, 12)) store<f64>(at, load<f64>(at) + load<f64>(record, 16));
    else store<i32>(at, load<i32>(at) + <i32>load<f64>(record, 16));
  }
  const rate = load<i32>(record, 120);
  if (rate > 0) {
    const next = load<usize>(record, 124) + 8;
    store<usize>(record, next, 124);
    store<f64>(record + (<usize>rate << 3), load<f64>(next));
  }
  return 1;
}

/** Samples that are brought into the cache together. */
const touchedSamples: i32 = 16;

/**
 * Plays a tape `steps` times. Its records lie one after the other: so many before the first step (`head`), those of a step (`body`), then
 * those between a step and the next (`joint`), and those after the last (`tail`). Returns how many steps were done before one in which numbers
 * that were to be finite are not.
 *
 * @param source of samples, which are read from position 0 on and brought into the cache ahead; or 0
 */
export function playTape(
  tape: usize,
  head: i32,
  body: i32,
  joint: i32,
  tail: i32,
  steps: i32,
  source: Source,
): i32 {
  const start = tape + (<usize>head << 7);
  const between = start + (<usize>body << 7);
  const last = between + (<usize>joint << 7);
  const end = last + (<usize>tail << 7);
  const isRead = changetype<usize>(source) != 0;
  if (isRead) sample.open(source);
  for (let step = 0; step < steps; step++) {
    if (isRead && step % touchedSamples == 0) sample.touch(step, min(step + touchedSamples, steps));
    if (step == 0) for (let record = tape; record < start; record += 128) playOnce(record);
    for (let record = start; record < between; record += 128) if (playOnce(record) == 0) return step;
    if (step + 1 < steps) for (let record = between; record < last; record += 128) playOnce(record);
    else for (let record = last; record < end; record += 128) playOnce(record);
  }
  return steps;
}
