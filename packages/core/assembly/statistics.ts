// What is known of each raw input p once it is there, in records of 32 bytes: the factor a of x = a p + b 1 (which the host
// writes), the sum of p, and ‖x‖² (float64); where its list of chunks
// begins, in pairs of bytes, and its length in chunks (uint32).

/** Pixels in a chunk of a list. */
const chunkPixels: i32 = 8;
/** Bytes that list a chunk: its pixels and its number. */
const listedBytes: i32 = 10;

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

/**
 * Lists, for each of `count` inputs of bytes, its chunks of eight that are not all zero: first their pixels, then their numbers
 * (uint16). Returns how many there are; with `list` 0, that is all it does.
 */
export function listChunks(inputs: usize, columns: i32, count: i32, records: usize, list: usize): i32 {
  const perSample = columns / chunkPixels;
  let total = 0;
  for (let sample = 0; sample < count; sample++) {
    let found = 0;
    for (let chunk = 0; chunk < perSample; chunk++) found += i32(load<u64>(inputs + (<usize>chunk << 3)) != 0);
    if (list) {
      store<u32>(records, total * (listedBytes >> 1), 24);
      store<u32>(records, found, 28);
      let pixels = list + <usize>(total * listedBytes);
      let numbers = pixels + (<usize>found << 3);
      for (let chunk = 0; chunk < perSample; chunk++) {
        const eight = load<u64>(inputs + (<usize>chunk << 3));
        if (!eight) continue;
        store<u64>(pixels, eight);
        store<u16>(numbers, <u16>chunk);
        pixels += 8;
        numbers += 2;
      }
    }
    total += found;
    inputs += columns;
    records += 32;
  }
  return total;
}
