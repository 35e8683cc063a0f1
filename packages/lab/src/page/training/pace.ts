/** How far back samples a second are measured, in milliseconds; where less than two rounds end in that time, two rounds. */
const window = 2000;

/** Samples a second over the last seconds: pauses between rounds are part of the time. */
export class Pace {
  #marks: { readonly time: number; readonly samples: number }[] = [];

  /** Begins to measure: so many samples were seen at this time, in milliseconds. */
  begin(time: number, samples: number): void {
    this.#marks = [{ time, samples }];
  }

  /** Notes that so many were seen; returns samples a second. */
  note(time: number, samples: number): number {
    this.#marks.push({ time, samples });
    const isOld = (at: number) => time - this.#marks[at]!.time > window && this.#marks.length - at > 2;
    while (isOld(0)) this.#marks.shift();
    const first = this.#marks[0]!;
    return (1000 * (samples - first.samples)) / Math.max(1, time - first.time);
  }
}
