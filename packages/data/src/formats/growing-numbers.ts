type Numbers = Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

const chunkLength = 2 ** 18;
const kinds = [Uint8Array, Float32Array, Float64Array] as const;

/** The place among these of the narrowest that holds a number exactly. */
function kindOf(value: number): number {
  if ((value & 255) === value && (value !== 0 || 1 / value > 0)) return 0;
  return Math.fround(value) === value ? 1 : 2;
}

/** So many numbers, which come in any order, in an array as narrow as those of `GrowingNumbers`. */
export class NarrowNumbers {
  #kind = 0;
  #data: Numbers;

  constructor(count: number) {
    this.#data = new Uint8Array(count);
  }

  /** Sets every `step`th from `at` on. */
  set(values: ArrayLike<number>, at: number, step: number): void {
    for (let i = 0, to = at; i < values.length; i++, to += step) {
      const value = values[i]!;
      if (this.#kind < 2 && kindOf(value) > this.#kind) this.#widen(kindOf(value));
      this.#data[to] = value;
    }
  }

  /** All of them; 0 where none came. */
  get numbers(): Numbers {
    return this.#data;
  }

  #widen(kind: number): void {
    this.#kind = kind;
    const wider = new kinds[kind]!(this.#data);
    this.#data.buffer.transfer(0);
    this.#data = wider;
  }
}

/**
 * Numbers, one after the other, of which it is not known how many there will be: kept as bytes as long as all are whole from 0 to 255, then
 * as float32 as long as that holds them exactly, then as float64.
 */
export class GrowingNumbers {
  length = 0;
  #kind = 0;
  #full: Numbers[] = [];
  #last: Numbers = new Uint8Array(chunkLength);
  #at = 0;

  push(value: number): void {
    if (this.#at === chunkLength) {
      this.#full.push(this.#last);
      this.#last = new kinds[this.#kind]!(chunkLength);
      this.#at = 0;
    }
    if (this.#kind < 2) this.#widen(value);
    this.#last[this.#at++] = value;
    this.length++;
  }

  /** All of them but the first ones, in one array. What is kept here is given up. */
  take(left: number): Numbers {
    this.#full.push(this.#last.subarray(0, this.#at) as Numbers);
    const numbers = new kinds[this.#kind]!(this.length - left);
    let at = -left;
    for (const chunk of this.#full) {
      const part = at < 0 ? chunk.subarray(Math.min(-at, chunk.length)) : chunk;
      numbers.set(part, Math.max(at, 0));
      at += chunk.length;
      // Frees it now, not at some time.
      chunk.buffer.transfer(0);
    }
    this.#full = [];
    return numbers;
  }

  #widen(value: number): void {
    const kind = kindOf(value);
    if (kind <= this.#kind) return;
    const Kind = kinds[kind]!;
    this.#kind = kind;
    for (const [i, chunk] of this.#full.entries()) {
      this.#full[i] = new Kind(chunk);
      chunk.buffer.transfer(0);
    }
    this.#last = new Kind(this.#last);
  }
}
