import { driveBlock, learnBlock, splat } from './blocks';
import { learnAndDrive, learnAndDriveWhole } from './dense-blocks';
import { rebase } from './input-weights';
import { InputSynapses } from './layout';
import { driveListed, learnListed } from './listed-blocks';
import * as sample from './sample';
import { copyPairs } from './small-matrices';
import { offsetsOf, stage } from './staging';

// The passes over V, block by block: V p, and V += change pᵀ. The change by a dense input waits for the next sample's drive, so that V is
// passed over once a sample. The numbers are the same.

/** Where one block of V ends and the next begins. */
@inline
export function blockBytes(synapses: InputSynapses): usize {
  return (<usize>synapses.chunks * synapses.blockRows) << 4;
}

/** Whether the passes over V follow the list of the input's chunks. */
@inline
function isListed(synapses: InputSynapses): bool {
  return sample.chunks != 0 && synapses.listed != 0;
}

/** Whether inputs are bytes that are dense, and listed as a whole. */
@inline
export function isDenseBytes(synapses: InputSynapses): bool {
  return synapses.blockRows > 2 && sample.source.dense != 0 && isListed(synapses);
}

/** Whether a change waits for the next pass over V: for three rows or more, as V of fewer stays in the cache anyway. */
@inline
function canWait(synapses: InputSynapses): bool {
  return isDenseBytes(synapses) || (!isListed(synapses) && synapses.dense != 0);
}

/** Whether so few chunks of the input at hand are zero that all are read: changing nothing by some costs less than a pass over V. */
@inline
function isDense(synapses: InputSynapses): bool {
  return synapses.blockRows > 2 && 5 * sample.chunkCount > 4 * synapses.chunks;
}

/** Whether the raw input at hand is what passes over V read: float32 numbers in whole chunks. */
@inline
function isInPlace(synapses: InputSynapses): bool {
  return sample.source.elementBytes == 4 && (synapses.columns & 3) == 0;
}

/** The synapses whose last change waits to be applied in the next pass over V, or 0. Only while a call of the host lasts. */
let waitingSynapses: usize = 0;

/** Applies the change that waits, if one does. */
export function applyWaiting(): void {
  if (!waitingSynapses) return;
  const synapses = changetype<InputSynapses>(waitingSynapses);
  waitingSynapses = 0;
  if (!isListed(synapses) && synapses.dense != synapses.staged) stage(synapses, 4, synapses.dense, true);
  addNow(synapses, synapses.waitingChange);
}

/** Multiplies A and c into V. */
export function rebaseNow(synapses: InputSynapses): void {
  applyWaiting();
  rebase(synapses);
}

/** products = V p. */
export function multiply(synapses: InputSynapses, products: usize): void {
  const waits = waitingSynapses == changetype<usize>(synapses);
  if (isListed(synapses)) {
    if (waits) applyWaitingAndMultiplyBytes(synapses, products);
    else multiplyListed(synapses, products);
    return;
  }
  const readsAll = isDense(synapses);
  if (waits && readsAll) {
    applyWaitingAndMultiply(synapses, products);
    return;
  }
  applyWaiting();
  stage(synapses, sample.source.elementBytes, sample.input, readsAll);
  synapses.dense = readsAll ? synapses.staged : 0;
  multiplyStaged(synapses, products);
}

/** products = V p for a dense input of bytes, after the change that waits. */
function applyWaitingAndMultiplyBytes(synapses: InputSynapses, products: usize): void {
  const values = synapses.values;
  const columns = synapses.columns;
  const lanes = synapses.waitingLanes;
  const sums = synapses.laneSums;
  const before = synapses.staged;
  const pixels = synapses.stagedNext;
  synapses.staged = pixels;
  synapses.stagedNext = before;
  waitingSynapses = 0;
  learnAndDrive(values, before, sample.input, pixels, columns, lanes, sums, products, true);
  if (synapses.blocks > 1) {
    const next = values + blockBytes(synapses);
    learnAndDrive(next, before, sample.input, pixels, columns, lanes + 64, sums, products + 32, false);
  }
}

/** The same for other dense inputs. */
function applyWaitingAndMultiply(synapses: InputSynapses, products: usize): void {
  const before = synapses.dense;
  if (isInPlace(synapses)) {
    synapses.dense = sample.input;
  } else {
    const next = synapses.stagedNext;
    synapses.stagedNext = synapses.staged;
    synapses.staged = next;
    stage(synapses, sample.source.elementBytes, sample.input, true);
    synapses.dense = next;
  }
  waitingSynapses = 0;
  const rows = synapses.blockRows;
  const bytes = blockBytes(synapses);
  let values = synapses.values;
  let lanes = synapses.waitingLanes;
  for (let block = 0; block < synapses.blocks; block++) {
    if (rows == 4) learnAndDriveWhole(4, values, before, synapses.dense, synapses.chunks, lanes, synapses.laneSums, products);
    else learnAndDriveWhole(8, values, before, synapses.dense, synapses.chunks, lanes, synapses.laneSums, products);
    values += bytes;
    lanes += <usize>rows << 4;
    products += <usize>rows << 3;
  }
}

/** products = V p for an input whose chunks are listed. */
function multiplyListed(synapses: InputSynapses, products: usize): void {
  const rows = synapses.blockRows;
  const values = synapses.values;
  const pixels = synapses.staged;
  const input = sample.chunkPixels;
  const chunks = sample.chunks;
  const count = sample.chunkCount;
  if (rows == 1) driveListed(values, input, chunks, count, pixels, 1, products);
  else if (rows == 2) driveListed(values, input, chunks, count, pixels, 2, products);
  else {
    driveListed(values, input, chunks, count, pixels, 4, products);
    if (synapses.blocks > 1) driveListed(values + blockBytes(synapses), input, chunks, count, pixels, 4, products + 32);
  }
}

/** products = V p for an input that is staged. */
function multiplyStaged(synapses: InputSynapses, products: usize): void {
  const rows = synapses.blockRows;
  const pixels = synapses.staged;
  const offsets = offsetsOf(synapses);
  const count = synapses.stagedCount;
  const bytes = blockBytes(synapses);
  let values = synapses.values;
  for (let block = 0; block < synapses.blocks; block++) {
    if (rows == 1) driveBlock(values, pixels, offsets, count, 1, products);
    else if (rows == 2) driveBlock(values, pixels, offsets, count, 2, products);
    else if (rows == 4) driveBlock(values, pixels, offsets, count, 4, products);
    else driveBlock(values, pixels, offsets, count, 8, products);
    values += bytes;
    products += <usize>rows << 3;
  }
}

/** V += changes pᵀ, if need be in the next pass over V. */
export function addOuter(synapses: InputSynapses, changes: usize): void {
  if (!canWait(synapses)) {
    addNow(synapses, changes);
    return;
  }
  applyWaiting();
  const bytes = <usize>synapses.vectorBytes;
  copyPairs(changes, synapses.waitingChange, bytes);
  for (let at: usize = 0; at < bytes; at += 8) v128.store(synapses.waitingLanes + 2 * at, splat(changes + at));
  waitingSynapses = changetype<usize>(synapses);
}

/** V += changes pᵀ. */
function addNow(synapses: InputSynapses, changes: usize): void {
  const rows = synapses.blockRows;
  let values = synapses.values;
  const pixels = synapses.staged;
  if (isListed(synapses)) {
    const chunks = sample.chunks;
    const count = sample.chunkCount;
    if (rows == 1) learnListed(values, chunks, count, pixels, 1, changes);
    else if (rows == 2) learnListed(values, chunks, count, pixels, 2, changes);
    else {
      learnListed(values, chunks, count, pixels, 4, changes);
      if (synapses.blocks > 1) learnListed(values + blockBytes(synapses), chunks, count, pixels, 4, changes + 32);
    }
    return;
  }
  const offsets = offsetsOf(synapses);
  const count = synapses.stagedCount;
  const bytes = blockBytes(synapses);
  for (let block = 0; block < synapses.blocks; block++) {
    if (rows == 1) learnBlock(values, pixels, offsets, count, 1, changes);
    else if (rows == 2) learnBlock(values, pixels, offsets, count, 2, changes);
    else if (rows == 4) learnBlock(values, pixels, offsets, count, 4, changes);
    else learnBlock(values, pixels, offsets, count, 8, changes);
    values += bytes;
    changes += <usize>rows << 3;
  }
}
