/** How far pairs of signals are apart over some steps, by what their differences are called. */
export class Differences {
  readonly #pairs: Readonly<Record<string, readonly [string, string]>>;
  /** Σ of squares and of sizes, and how many there are, by name. */
  readonly #sums = new Map<string, { squares: number; sizes: number; count: number }>();

  constructor(pairs: Readonly<Record<string, readonly [string, string]>>) {
    this.#pairs = pairs;
    this.restart();
  }

  /** The signals that it is to be told of. */
  get signals(): readonly string[] {
    return [...new Set(Object.values(this.#pairs).flat())];
  }

  /** Counts some more steps. */
  add(signals: Readonly<Record<string, Float32Array>>): void {
    for (const [name, [left, right]] of Object.entries(this.#pairs)) {
      const sums = this.#sums.get(name)!;
      const [a, b] = [signals[left]!, signals[right]!];
      for (let i = 0; i < a.length; i++) {
        const difference = a[i]! - b[i]!;
        sums.squares += difference * difference;
        sums.sizes += Math.abs(difference);
      }
      sums.count += a.length;
    }
  }

  /** Since it was restarted: the root of the mean square, and the mean size, of each difference; nothing where nothing was counted. */
  get readings(): Record<string, number> {
    return Object.fromEntries(
      [...this.#sums].flatMap(([name, { squares, sizes, count }]) =>
        count === 0
          ? []
          : [[`rms.${name}`, Math.sqrt(squares / count)] as const, [`mean.${name}`, sizes / count] as const],
      ),
    );
  }

  /** The mean square of the first difference: what is made small. */
  get objective(): number {
    const [first] = this.#sums.values();
    return first === undefined || first.count === 0 ? 0 : first.squares / first.count;
  }

  /** Forgets what was counted. */
  restart(): void {
    for (const name of Object.keys(this.#pairs)) this.#sums.set(name, { squares: 0, sizes: 0, count: 0 });
  }

  /** What was counted, so that a run that was interrupted goes on. */
  get counted(): readonly number[] {
    return [...this.#sums.values()].flatMap(({ squares, sizes, count }) => [squares, sizes, count]);
  }

  /** Goes on from what was counted. */
  resume(counted: readonly number[]): void {
    for (const [at, name] of Object.keys(this.#pairs).entries()) {
      const [squares = 0, sizes = 0, count = 0] = counted.slice(3 * at, 3 * at + 3);
      this.#sums.set(name, { squares, sizes, count });
    }
  }
}
