import { brainFloats, halfFloats } from '@apical/core';
import type { NumericData } from './numeric-array.ts';

/** Numbers of 16 bits, IEEE 754's binary16 or bfloat16, as they lie in a file: not all JavaScript has arrays of them. Networks take them as float32. */
export class HalfNumbers {
  readonly bits: Uint16Array;
  readonly form: keyof typeof forms;

  constructor(bits: Uint16Array, form: keyof typeof forms) {
    this.bits = bits;
    this.form = form;
  }

  get length(): number {
    return this.bits.length;
  }

  /** Some of them, where they lie, as of the arrays of JavaScript. */
  subarray(start?: number, end?: number): HalfNumbers {
    return new HalfNumbers(this.bits.subarray(start, end), this.form);
  }

  /** A copy as float32, which has each of them exactly. */
  floats(): Float32Array {
    return forms[this.form].floats(this.bits);
  }

  *[Symbol.iterator](): Generator<number, void> {
    yield* this.floats();
  }

  /** The place of the first that is infinite or none, all bits of whose exponent are set; −1 where there is none. */
  firstBad(): number {
    const { bits } = this;
    const { exponent } = forms[this.form];
    for (let i = 0; i < bits.length; i++) if ((bits[i]! & exponent) === exponent) return i;
    return -1;
  }
}

const forms = {
  float16: { exponent: 0x7c00, floats: halfFloats },
  bfloat16: { exponent: 0x7f80, floats: brainFloats },
};

/** Numbers of files as they are kept. */
export type KeptNumbers = NumericData | HalfNumbers;

/** Numbers as an array of JavaScript: a copy as float32 of those of 16 bits, others as they are. */
export function widened<Kind extends ArrayLike<number>>(numbers: Kind | HalfNumbers): Kind | Float32Array {
  return numbers instanceof HalfNumbers ? numbers.floats() : numbers;
}
