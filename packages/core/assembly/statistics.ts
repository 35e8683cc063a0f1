import { chunkOf } from './staging';

// What is known of each raw input p once it is there, in records of 32 bytes: the factor a of x = a p + b 1 (which the host
// writes), the sum of p, and ‖x‖² (float64); where its list of chunks begins, in pairs of bytes, and its length in chunks
// (uint32): where there is no list, how many are not all zero.

/** Pixels in a chunk of a list. */
const chunkPixels: i32 = 4;
/** Bytes that list a chunk: its pixels, and its first column. */
export const listedBytes: i32 = 6;

/** Completes the records of `count` raw inputs of `columns` numbers, but for their lists of chunks. */
export function describeInputs(
  elementBytes: i32,
  inputs: usize,
  columns: i32,
  count: i32,
  offset: f64,
  records: usize,
): void {
  if (elementBytes == 1) describe<u8>(inputs, columns, count, offset, records);
  else describe<f32>(inputs, columns, count, offset, records);
}

function describe<T>(inputs: usize, columns: i32, count: i32, offset: f64, records: usize): void {
  for (let sample = 0; sample < count; sample++) {
    const scale = load<f64>(records);
    let sum: f64 = 0;
    let squares: f64 = 0;
    store<u32>(records, chunksPresent<T>(inputs, columns), 28);
    for (let j = 0; j < columns; j++) {
      const value = <f64>load<T>(inputs);
      sum += value;
      squares += value * value;
      inputs += sizeof<T>();
    }
    store<f64>(records, sum, 8);
    store<f64>(records, scale * scale * squares + 2 * scale * offset * sum + offset * offset * <f64>columns, 16);
    records += 32;
  }
}

/** How many chunks of a raw input are not all zero. */
@inline
function chunksPresent<T>(input: usize, columns: i32): i32 {
  let present = 0;
  for (let rest = columns; rest > 0; rest -= chunkPixels) {
    present += i32(v128.any_true(chunkOf<T>(input, rest)));
    input += chunkPixels * sizeof<T>();
  }
  return present;
}

/**
 * Lists, for each of `count` inputs of bytes, its chunks of four that are not all zero: first their pixels, then the
 * first column of each (uint16). Lists come in groups of four chunks, filled up with some of zeros. Returns how many chunks are
 * listed; with `list` 0, that is all it does. `columns` is a multiple of sixteen.
 */
export function listChunks(inputs: usize, columns: i32, count: i32, records: usize, list: usize): i32 {
  let total = 0;
  for (let sample = 0; sample < count; sample++) {
    const end = inputs + columns;
    let found = 0;
    for (let at = inputs; at < end; at += chunkPixels) found += i32(load<u32>(at) != 0);
    const listed = (found + 3) & ~3;
    if (list) {
      store<u32>(records, total * (listedBytes >> 1), 24);
      store<u32>(records, listed, 28);
      let pixels = list + <usize>(total * listedBytes);
      let firstColumns = pixels + <usize>(listed * chunkPixels);
      let zeros = listed - found;
      for (let at = inputs; at < end; at += chunkPixels) {
        const chunk = load<u32>(at);
        if (!chunk && --zeros < 0) continue;
        store<u32>(pixels, chunk);
        store<u16>(firstColumns, <u16>(at - inputs));
        pixels += chunkPixels;
        firstColumns += 2;
      }
    }
    total += listed;
    inputs = end;
    records += 32;
  }
  return total;
}
