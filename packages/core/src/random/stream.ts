import { InputError } from '../errors.ts';
import { normalQuantile } from './normal.ts';
import { multiplyHigh, philox } from './philox.ts';

/** FNV-1a of the name's UTF-8 bytes, 64 bits. */
function hash(name: string): bigint {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(name))
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  return value;
}

/** The hash of a stream's name, its low and its high 32 bits. */
export function hashOfName(name: string): { readonly low: number; readonly high: number } {
  const hashed = hash(name);
  return { low: Number(hashed & 0xffffffffn), high: Number(hashed >> 32n) };
}

function checkWhole(what: string, value: number, least: number, greatest: number): void {
  if (Number.isInteger(value) && value >= least && value <= greatest) return;
  const range = `${least} to ${greatest.toLocaleString('en')}`;
  throw new InputError(`${what} is ${value}, but must be a whole number from ${range}`);
}

/**
 * A stream of random numbers that is fixed by its seed and its name. Streams of one seed and different names are
 * independent, and so are those of different seeds, in whatever order they are used. All numbers have the same bits on
 * every JavaScript engine.
 *
 * The stream is a sequence of 32-bit words, word i being word i mod 4 of Philox4x32-10 at key = seed and
 * counter = (⌊i/4⌋, FNV-1a hash of the name), each of 64 bits, low half first. `position` is the i of the next word: to
 * set it is to jump there.
 */
export class RandomStream {
  readonly seed: number;
  readonly name: string;
  readonly #nameLow: number;
  readonly #nameHigh: number;
  readonly #block = new Uint32Array(4);
  #blockIndex = -1;
  #position = 0;

  /**
   * @param seed a whole number from 0 to 2^53 − 1
   * @throws InputError if the seed is not such a number
   */
  constructor(seed: number, name: string) {
    checkWhole('the seed', seed, 0, Number.MAX_SAFE_INTEGER);
    this.seed = seed;
    this.name = name;
    const { low, high } = hashOfName(name);
    this.#nameLow = low;
    this.#nameHigh = high;
  }

  /** How many words have been taken: the whole state of the stream. */
  get position(): number {
    return this.#position;
  }

  set position(position: number) {
    checkWhole('the position of a random stream', position, 0, Number.MAX_SAFE_INTEGER);
    this.#position = position;
  }

  /** 32 random bits, as a number from 0 to 2^32 − 1. Takes one word. */
  uint32(): number {
    const index = Math.floor(this.#position / 4);
    if (index !== this.#blockIndex) {
      const high = Math.floor(index / 2 ** 32);
      const seedHigh = Math.floor(this.seed / 2 ** 32);
      philox(index >>> 0, high, this.#nameLow, this.#nameHigh, this.seed >>> 0, seedHigh, this.#block);
      this.#blockIndex = index;
    }
    return this.#block[this.#position++ % 4]!;
  }

  /** A multiple of 2^-53 in [0, 1), all of them equally likely. Takes two words. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 2 ** 26 + low) * 2 ** -53;
  }

  /** A standard normal deviate, at most 8.21 in size. Takes two words. */
  normal(): number {
    const high = this.uint32() >>> 6;
    const low = this.uint32() >>> 6;
    // The middle of one of 2^52 equal parts of (0, 1): never 0 or 1, and as often above ½ as below.
    return normalQuantile((high * 2 ** 26 + low + 0.5) * 2 ** -52);
  }

  /**
   * A whole number from 0 to n − 1, all of them equally likely, for n from 1 to 2^32 − 1. Takes one word, and seldom
   * more.
   *
   * Source: Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019).
   *
   * @throws InputError if n is not such a number
   */
  integer(n: number): number {
    checkWhole('the number of choices', n, 1, 2 ** 32 - 1);
    let word = this.uint32();
    let low = Math.imul(word, n) >>> 0;
    if (low < n) {
      const refused = (2 ** 32 - n) % n;
      while (low < refused) {
        word = this.uint32();
        low = Math.imul(word, n) >>> 0;
      }
    }
    return multiplyHigh(word, n);
  }

  /**
   * The numbers 0 to n − 1 in random order, all orders equally likely (Fisher–Yates).
   *
   * @throws InputError if n is not a whole number from 0 to 2^32 − 1
   */
  permutation(n: number): Uint32Array {
    checkWhole('the length of a permutation', n, 0, 2 ** 32 - 1);
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    for (let last = n - 1; last > 0; last--) {
      const chosen = this.integer(last + 1);
      const moved = order[last]!;
      order[last] = order[chosen]!;
      order[chosen] = moved;
    }
    return order;
  }
}
