import { HalfNumbers, type KeptNumbers } from './half-numbers.ts';
import { type NumberType, roomFor, sizeOf } from './number-types.ts';
import { lengthOf, type NumericData } from './numeric-array.ts';

/** Where the numbers of a file are put as its bytes come. */
export interface ArrayRoom {
  /** Puts bytes in their place: `at` is that of the first among all. Each comes once, in their order. */
  put(bytes: Uint8Array, at: number): void;
  /** The numbers, once all have come: see `NumberRoom`; float16 is kept as it is. */
  numbers(): KeptNumbers;
}

/** What the numbers of a file are. */
export interface NumbersHeader {
  readonly type: NumberType;
  readonly bigEndian: boolean;
  /** How many there are. */
  readonly count: number;
}

/** Room for numbers that lie in the file as they are to lie in memory. */
export function plainRoom(header: NumbersHeader, source: string): ArrayRoom {
  const { type, bigEndian, count } = header;
  if (type === 'f2') return halfRoom(plainRoom({ ...header, type: 'u2' }, source), 'float16');
  const room = roomFor(type, count);
  return { put: (bytes, at) => room.bytes.set(bytes, at), numbers: () => room.numbers(bigEndian, source) };
}

/** Room for numbers of 16 bits, in one for these bits. */
export function halfRoom(bits: ArrayRoom, form: HalfNumbers['form']): ArrayRoom {
  return { put: bits.put, numbers: () => new HalfNumbers(bits.numbers() as Uint16Array, form) };
}

/** As many columns as have their numbers beside each other in a line of the cache, so that it is written once. */
const lineBytes = 64;

/**
 * Room for numbers that lie in Fortran order, the first index running fastest, of at least two dimensions: some columns are waited for, and
 * their numbers then put where they belong in C order, so that the file is not in memory twice.
 */
export function fortranRoom(header: NumbersHeader, shape: readonly number[], source: string): ArrayRoom {
  const { type, bigEndian, count } = header;
  if (type === 'f2') return halfRoom(fortranRoom({ ...header, type: 'u2' }, shape, source), 'float16');
  const rest = shape.slice(1);
  const [rows, columns] = [shape[0]!, lengthOf(rest)];
  const width = Math.max(1, Math.min(lineBytes / sizeOf(type), Math.floor(columns / 8)));
  let ordered: NumericData | undefined;
  let done = 0;
  let room = roomFor(type, rows * Math.min(width, columns));
  /** The numbers of the columns that have come. */
  const take = () => {
    const block = room.numbers(bigEndian, source, done * rows);
    ordered ??= new (block.constructor as new (length: number) => NumericData)(count);
    const places = Array.from({ length: block.length / rows }, (_, i) => placeInC(done + i, rest));
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < places.length; i++) ordered[row * columns + places[i]!] = block[i * rows + row]!;
    }
    done += places.length;
    if (done + width > columns) room = roomFor(type, rows * (columns - done));
  };
  return {
    put: (bytes, at) => {
      for (let from = 0; from < bytes.length; ) {
        const place = at + from - done * rows * sizeOf(type);
        const part = bytes.subarray(from, from + room.bytes.length - place);
        room.bytes.set(part, place);
        from += part.length;
        if (place + part.length === room.bytes.length) take();
      }
    },
    numbers: () => {
      // Frees it now, not at some time.
      room.bytes.buffer.transfer(0);
      return ordered!;
    },
  };
}

/** Where in C order lies what is number m in Fortran order. */
function placeInC(m: number, shape: readonly number[]): number {
  let [place, rest] = [0, m];
  for (const [axis, size] of shape.entries()) {
    place += (rest % size) * lengthOf(shape.slice(axis + 1));
    rest = Math.floor(rest / size);
  }
  return place;
}
