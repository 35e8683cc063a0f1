/** How two sets of vectors, or two matrices, lie to each other; NaN where a vector is zero. */
export interface Alignment {
  /** The angle between them, in degrees: 0 along, 90 across, 180 against. */
  readonly angle: number;
  /** ‖first‖ / ‖second‖, of all numbers. */
  readonly ratio: number;
}

/** The angles between two sets of signals D and E, a vector a sample, by three definitions, which differ by tens of degrees on the same data. */
export interface SignalAlignment {
  /** The mean over samples of ∠(D_s, E_s); samples in which either vector is zero are left out. */
  readonly perSample: number;
  /** How many samples were left out. */
  readonly left: number;
  /** ∠(mean D, mean E). */
  readonly batchMean: number;
  /** ∠ of all samples laid end to end: long vectors weigh more. */
  readonly flattened: number;
  /** ‖D‖ / ‖E‖ of all samples laid end to end. */
  readonly ratio: number;
}

/** The angle between two lists of numbers, and the ratio of their norms. */
export function alignmentOf(first: ArrayLike<number>, second: ArrayLike<number>): Alignment {
  const sums = new Sums();
  sums.add(first, second, 0, first.length);
  return { angle: sums.angle, ratio: sums.ratio };
}

/** @param size the numbers in a vector */
export function signalAlignmentOf(D: ArrayLike<number>, E: ArrayLike<number>, size: number): SignalAlignment {
  const count = D.length / size;
  const all = new Sums();
  const [meanD, meanE] = [new Float64Array(size), new Float64Array(size)];
  let total = 0;
  let left = 0;
  for (let s = 0; s < count; s++) {
    const sums = new Sums();
    sums.add(D, E, s * size, (s + 1) * size);
    if (Number.isNaN(sums.angle)) left++;
    else total += sums.angle;
    all.add(D, E, s * size, (s + 1) * size);
    for (let i = 0; i < size; i++) {
      meanD[i]! += D[s * size + i]! / count;
      meanE[i]! += E[s * size + i]! / count;
    }
  }
  return {
    perSample: total / (count - left),
    left,
    batchMean: alignmentOf(meanD, meanE).angle,
    flattened: all.angle,
    ratio: all.ratio,
  };
}

/** The sums of products from which an angle follows. */
class Sums {
  #first = 0;
  #both = 0;
  #second = 0;

  add(a: ArrayLike<number>, b: ArrayLike<number>, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      this.#first += a[i]! * a[i]!;
      this.#both += a[i]! * b[i]!;
      this.#second += b[i]! * b[i]!;
    }
  }

  get angle(): number {
    const cosine = this.#both / Math.sqrt(this.#first * this.#second);
    return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
  }

  get ratio(): number {
    return Math.sqrt(this.#first / this.#second);
  }
}
