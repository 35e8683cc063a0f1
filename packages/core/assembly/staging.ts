import { InputSynapses } from './layout';

// An input on its way to the synapses from the stimulus: the chunks of four numbers that are not all zero, as float32, with
// where each begins in a row of weights. Every image of handwriting has few of them, and adding a chunk of zeros changes nothing. Of
// inputs that are dense all are listed: their numbers then follow each other.

/** Lists the chunks of a raw input: `all` of them, or those that are not all zero. */
export function stage(synapses: InputSynapses, elementBytes: i32, raw: usize, all: bool): void {
  const columns = synapses.columns;
  const staged = synapses.staged;
  if (elementBytes == 1) synapses.stagedCount = all ? listBytes(true, staged, raw, columns) : listBytes(false, staged, raw, columns);
  else synapses.stagedCount = all ? listFloats(true, staged, raw, columns) : listFloats(false, staged, raw, columns);
}

/** The place of a chunk in a staged input: its four numbers, and before them, in a list of its own, its offset. */
@inline
export function offsetsOf(synapses: InputSynapses): usize {
  return synapses.staged + (<usize>((synapses.columns + 3) >> 2) << 4);
}

/** `all` is a constant where this is inlined, as in what follows. */
@inline
function listBytes(all: bool, staged: usize, raw: usize, columns: i32): i32 {
  let offsets = staged + (<usize>((columns + 3) >> 2) << 4);
  const first = offsets;
  let column = 0;
  for (; column + 16 <= columns; column += 16) {
    const bytes = v128.load(raw + column);
    if (!all && !v128.any_true(bytes)) continue;
    const low = i16x8.extend_low_i8x16_u(bytes);
    const high = i16x8.extend_high_i8x16_u(bytes);
    const offset = column << 2;
    let present = all ? 1 : i32(i32x4.extract_lane(bytes, 0) != 0);
    v128.store(staged, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(low)));
    store<i32>(offsets, offset);
    staged += present << 4;
    offsets += present << 2;
    present = all ? 1 : i32(i32x4.extract_lane(bytes, 1) != 0);
    v128.store(staged, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(low)));
    store<i32>(offsets, offset + 16);
    staged += present << 4;
    offsets += present << 2;
    present = all ? 1 : i32(i32x4.extract_lane(bytes, 2) != 0);
    v128.store(staged, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(high)));
    store<i32>(offsets, offset + 32);
    staged += present << 4;
    offsets += present << 2;
    present = all ? 1 : i32(i32x4.extract_lane(bytes, 3) != 0);
    v128.store(staged, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(high)));
    store<i32>(offsets, offset + 48);
    staged += present << 4;
    offsets += present << 2;
  }
  for (; column < columns; column += 4) {
    const chunk = chunkOf<u8>(raw + column, columns - column);
    v128.store(staged, chunk);
    store<i32>(offsets, column << 2);
    const present = all ? 1 : i32(v128.any_true(chunk));
    staged += present << 4;
    offsets += present << 2;
  }
  return <i32>((offsets - first) >> 2);
}

@inline
function listFloats(all: bool, staged: usize, raw: usize, columns: i32): i32 {
  let offsets = staged + (<usize>((columns + 3) >> 2) << 4);
  const first = offsets;
  for (let column = 0; column < columns; column += 4) {
    const chunk = chunkOf<f32>(raw + (<usize>column << 2), columns - column);
    v128.store(staged, chunk);
    store<i32>(offsets, column << 2);
    const present = all ? 1 : i32(v128.any_true(chunk));
    staged += present << 4;
    offsets += present << 2;
  }
  return <i32>((offsets - first) >> 2);
}

/** The first four of `count` raw numbers as float32; where they are fewer, zeros after them. */
@inline
export function chunkOf<T>(at: usize, count: i32): v128 {
  if (sizeof<T>() == 4 && count >= 4) return v128.load(at);
  let chunk = f32x4.splat(<f32>load<T>(at));
  chunk = f32x4.replace_lane(chunk, 1, count > 1 ? <f32>load<T>(at, sizeof<T>()) : 0);
  chunk = f32x4.replace_lane(chunk, 2, count > 2 ? <f32>load<T>(at, 2 * sizeof<T>()) : 0);
  return f32x4.replace_lane(chunk, 3, count > 3 ? <f32>load<T>(at, 3 * sizeof<T>()) : 0);
}
