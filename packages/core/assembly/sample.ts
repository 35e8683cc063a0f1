import { Program, Rate, Source } from './layout';
import { listedBytes } from './statistics';
import { copy } from './vector';

// The sample at hand, and what is computed once for it and read by many instructions.

/** What it is of. */
export let source: Source = changetype<Source>(0);
/** Its raw input. */
export let input: usize = 0;
/** x = scale · raw + offset 1. */
export let scale: f64 = 0;
/** The sum of the raw input, and ‖x‖². */
export let sum: f64 = 0;
export let square: f64 = 0;
/** The first columns of its chunks that are not all zero (dense inputs: of all); 0 where they are not listed. How many there are, and where their pixels follow each other. */
export let chunks: usize = 0;
export let chunkCount: i32 = 0;
export let chunkPixels: usize = 0;
/** Its label as numbers; and where labels are y = hot e_c + cold 1, the class c, else −1. */
export let target: usize = 0;
export let label: i32 = 0;
/** Samples learned before it. */
export let time: i64 = 0;

/** Samples are taken from this source from now on. */
export function open(from: Source): void {
  source = from;
}

/** Makes the sample at a position of the source's order the one at hand. */
export function take(position: i32): void {
  const number = numberAt(position);
  const record = recordOf(number);
  input = source.inputs + <usize>number * source.inputStride;
  scale = load<f64>(record);
  sum = load<f64>(record, 8);
  square = load<f64>(record, 16);
  chunkCount = load<i32>(record, 28);
  if (source.dense) {
    chunkPixels = input;
    chunks = source.chunks;
  } else if (source.chunks) {
    chunkPixels = source.chunks + (<usize>load<u32>(record, 24) << 1);
    chunks = chunkPixels + (<usize>chunkCount << 2);
  } else {
    chunks = 0;
  }
  const row = rowOf(source, number);
  target = source.targets + <usize>row * source.labelStride;
  label = source.oneHot ? row : -1;
}

/** The row of a sample's label, by its number. */
@inline
export function rowOf(from: Source, number: i32): i32 {
  const classes = from.classes;
  if (!classes) return number;
  if (from.classBytes == 1) return <i32>load<u8>(classes + <usize>number);
  if (from.classBytes == 2) return <i32>load<u16>(classes + (<usize>number << 1));
  return load<i32>(classes + (<usize>number << 2));
}

/** Copies its label, of so many numbers. */
export function copyLabel(to: usize, labels: i32): void {
  const whole = labels & ~3;
  copy(target, to, whole);
  for (let j = whole; j < labels; j++) store<f32>(to + (<usize>j << 2), load<f32>(target + (<usize>j << 2)));
}

/** Sets the program's learning rates to what they are after so many samples: η = eta0 / (1 + t / t0). */
export function setRates(program: Program, learned: i64): void {
  time = learned;
  const t = <f64>learned;
  const end = program.rates + (<usize>program.rateCount << 2);
  for (let at = program.rates; at < end; at += 4) {
    const rate = changetype<Rate>(load<usize>(at));
    rate.eta = rate.inverseT0 == 0 ? rate.eta0 : rate.eta0 / (1 + t * rate.inverseT0);
  }
}

/** Whether so many samples have been learned with this one that a count of them, a power of two, is full. */
@inline
export function completes(count: i64): bool {
  return ((time + 1) & (count - 1)) == 0;
}

/** ‖y‖² of its label, of so many numbers. */
export function squareOfLabel(labels: i32): f64 {
  if (label >= 0) {
    const atClass = source.hot + source.cold;
    return atClass * atClass + <f64>(labels - 1) * source.cold * source.cold;
  }
  let sum: f64 = 0;
  for (let j = 0; j < labels; j++) {
    const y = <f64>load<f32>(target + (<usize>j << 2));
    sum += y * y;
  }
  return sum;
}

/** Keeps what `touch` reads from being optimised away. */
let touched: u32 = 0;

/** Of an input that is read from end to end, this is touched: after it the processor reads ahead by itself. */
const headBytes: usize = 512;

/** Reads the lists of samples first … end − 1, or the heads of their inputs, all at the same time: they are then in the cache when they are needed. */
export function touch(first: i32, end: i32): void {
  let sum: u32 = 0;
  // The records first, which say where the rest is: nothing then waits for one of them after the other.
  for (let position = first; position < end; position++) sum += load<u32>(recordOf(numberAt(position)), 28);
  for (let position = first; position < end; position++) {
    const number = numberAt(position);
    let from = source.inputs + <usize>number * source.inputStride;
    let bytes = min(<usize>source.inputStride, headBytes);
    if (source.chunks && !source.dense) {
      const record = recordOf(number);
      from = source.chunks + (<usize>load<u32>(record, 24) << 1);
      bytes = listedBytes * load<i32>(record, 28);
    }
    const after = from + bytes;
    for (let line = from & ~63; line < after; line += 64) sum += load<u8>(line);
  }
  touched = sum;
}

/** The number of the sample at a position of the source's order. */
@inline
function numberAt(position: i32): i32 {
  return source.order ? load<i32>(source.order + (<usize>position << 2)) : position;
}

/** Where the record of a sample is, by its number. */
@inline
function recordOf(number: i32): usize {
  return source.records + (<usize>number << 5);
}
