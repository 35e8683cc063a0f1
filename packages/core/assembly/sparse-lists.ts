import { Source } from './layout';
import { inputOf, numberAt, scaleOf } from './sample-blocks';

// Lists of what is not zero in the inputs of a block of samples, for sparse-inputs.ts and sparse-changes.ts.
//
// Those of a block of `count` samples with `inputs` numbers, which are in parts:
//   (1 + count × parts) × uint32, to a multiple of 16 bytes   0, and where the entries of each part of each sample end
//   (uint32, float32) an entry, sample after sample           the input j, and x_sj
//   the same again, input after input                         the sample s, and factor x_sj
//   (inputs + 1) × uint32, to a multiple of 32 bytes          where the entries of each input begin there
//   (count + 1) × 64 × float32                                room for a strip of units of each sample, and of sums

/** Bytes of an entry of a list. */
export const entryBytes: usize = 8;
/** Inputs of a part: the first cache holds a strip of their weights. */
const partInputs: i32 = 128;

/** So few samples can all be listed, whatever their inputs are. */
const alwaysListed: i32 = 16;

/** How many entries there is room for: of larger blocks, half of the inputs, as more of those that are listed are zero. */
@inline
function mostEntries(count: i32, inputs: i32): i32 {
  return count < alwaysListed ? count * inputs : (count * inputs) >> 1;
}

/** How many parts inputs are in. */
@inline
export function partsOf(inputs: i32): i32 {
  return (inputs + partInputs - 1) / partInputs;
}

@inline
export function entriesBySample(lists: usize, count: i32, inputs: i32): usize {
  return lists + ((((<usize>(1 + count * partsOf(inputs))) << 2) + 15) & ~15);
}

/** Where the list of a single sample ends. */
@inline
export function endOfSample(lists: usize, inputs: i32): usize {
  return entriesBySample(lists, 1, inputs) + <usize>load<u32>(lists + (<usize>partsOf(inputs) << 2)) * entryBytes;
}

/** Behind the lists of samples there is room for one that finds none any more, and an entry that is written in vain. */
@inline
export function entriesByInput(lists: usize, count: i32, inputs: i32): usize {
  return entriesBySample(lists, count, inputs) + <usize>(mostEntries(count, inputs) + inputs + 1) * entryBytes;
}

@inline
export function startsOfInputs(lists: usize, count: i32, inputs: i32): usize {
  return entriesByInput(lists, count, inputs) + <usize>mostEntries(count, inputs) * entryBytes;
}

@inline
export function roomForStrip(lists: usize, count: i32, inputs: i32): usize {
  return (startsOfInputs(lists, count, inputs) + (<usize>(inputs + 1) << 2) + 31) & ~31;
}

/** How many bytes the lists of a block of up to so many samples take: of fewer, which are all listed, it can be more. */
export function sparseListBytes(count: i32, inputs: i32): usize {
  return max(bytesOfLists(count, inputs), bytesOfLists(min(count, alwaysListed - 1), inputs));
}

@inline
function bytesOfLists(count: i32, inputs: i32): usize {
  return roomForStrip(16, count, inputs) + (<usize>(count + 1) << 8);
}

/**
 * Lists, for samples first … first + count − 1 of the source's order, the inputs x_j = scale raw_j that are not zero. The source has offset 0.
 * Returns 0 where there is no room for so many, else 1.
 */
export function listInputs(source: Source, first: i32, count: i32, inputs: i32, lists: usize): i32 {
  const entries = entriesBySample(lists, count, inputs);
  const most = entries + <usize>mostEntries(count, inputs) * entryBytes;
  let entry = entries;
  let ends = lists;
  store<u32>(ends, 0);
  for (let s = 0; s < count; s++) {
    const number = numberAt(source, first + s);
    const raw = inputOf(source, number);
    const scale = scaleOf(source, number);
    const end =
      source.elementBytes == 1 ? listBytes(raw, inputs, scale, entry) : listFloats(raw, inputs, scale, entry);
    if (end > most) return 0;
    for (let part = 1; part <= partsOf(inputs); part++) {
      while (entry < end && load<u32>(entry) < <u32>(part * partInputs)) entry += entryBytes;
      ends += 4;
      store<u32>(ends, <u32>((entry - entries) / entryBytes));
    }
  }
  return 1;
}

/** Writes the entries of one sample; returns where they end. */
function listBytes(raw: usize, inputs: i32, scale: f64, entry: usize): usize {
  let j = 0;
  for (; j + 4 <= inputs; j += 4) {
    const four = load<u32>(raw + <usize>j);
    if (four == 0) continue;
    // What is zero is written, too, and the next one in its place.
    entry = list(entry, j, <u8>four, scale);
    entry = list(entry, j + 1, <u8>(four >> 8), scale);
    entry = list(entry, j + 2, <u8>(four >> 16), scale);
    entry = list(entry, j + 3, <u8>(four >> 24), scale);
  }
  for (; j < inputs; j++) {
    const value = load<u8>(raw + <usize>j);
    if (value) entry = list(entry, j, value, scale);
  }
  return entry;
}

@inline
function list(entry: usize, j: i32, value: u8, scale: f64): usize {
  store<u32>(entry, j);
  store<f32>(entry, <f32>(scale * <f64>value), 4);
  return entry + select<usize>(entryBytes, 0, value != 0);
}

function listFloats(raw: usize, inputs: i32, scale: f64, entry: usize): usize {
  for (let j = 0; j < inputs; j++) {
    const value = load<f32>(raw + (<usize>j << 2));
    if (value == 0) continue;
    store<u32>(entry, j);
    store<f32>(entry, <f32>(scale * <f64>value), 4);
    entry += entryBytes;
  }
  return entry;
}

/** Makes the lists of inputs from those of samples, with values times the factor. */
export function transposeLists(lists: usize, count: i32, inputs: i32, factor: f32): void {
  const from = entriesBySample(lists, count, inputs);
  const to = entriesByInput(lists, count, inputs);
  const starts = startsOfInputs(lists, count, inputs);
  const parts = <usize>partsOf(inputs) << 2;
  const last = from + <usize>load<u32>(lists + <usize>count * parts) * entryBytes;
  memory.fill(starts, 0, <usize>(inputs + 1) << 2);
  for (let entry = from; entry < last; entry += entryBytes) {
    const at = starts + (<usize>load<u32>(entry) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  // Where each input's entries end; the last place has where all do. Entries are then put from the last to the first.
  let total: u32 = 0;
  for (let j = 0; j <= inputs; j++) {
    const at = starts + (<usize>j << 2);
    total += load<u32>(at);
    store<u32>(at, total);
  }
  for (let s = count - 1; s >= 0; s--) {
    const ends = lists + <usize>s * parts;
    const end = from + <usize>load<u32>(ends + parts) * entryBytes;
    for (let entry = from + <usize>load<u32>(ends) * entryBytes; entry < end; entry += entryBytes) {
      const at = starts + (<usize>load<u32>(entry) << 2);
      const place = load<u32>(at) - 1;
      store<u32>(at, place);
      store<u32>(to + <usize>place * entryBytes, s);
      store<f32>(to + <usize>place * entryBytes, factor * load<f32>(entry, 4), 4);
    }
  }
}
