import type { Remote } from 'comlink';
import { Pace } from './pace.ts';
import type { Look, Report, Trainee } from './protocol.ts';

/** How long a round lasts at full speed, in seconds: short, so that the page can stop, change rates and draw between two. */
const roundSeconds = 0.04;

/** A network in a worker. */
export interface Player {
  readonly rule: string;
  readonly trainee: Remote<Trainee> | Trainee;
}

/** What the conductor asks before each round, and tells after it. */
export interface Score {
  /** Whoever plays in the next round. */
  players(): readonly Player[];
  /** How far to go at most, for something is to happen there, or at the end of that batch: an evaluation, a change of rates. */
  nextStop(seen: number): number;
  /** The end of the batch that so many samples end in: rounds end there. */
  batchEnd(samples: number): number;
  /** Samples a second; Infinity is as fast as it goes. */
  speed(): number;
  /** What is to be looked at when the networks have seen so many samples. */
  look(samples: number): Look;
  /** Called between rounds, before the next one begins. */
  beforeRound(seen: number): Promise<void>;
  /** Told what the networks report; `pace` is in samples a second. */
  afterRound(seen: number, reports: ReadonlyMap<string, Report>, pace: number): void;
}

/**
 * Has all networks learn in rounds: each learns up to the same number of samples, the end of a batch, then the next round begins. So
 * they are always compared after the same samples, they stop together, and what is changed is changed for all at the same sample.
 */
export class Conductor {
  readonly #score: Score;
  #seen = 0;
  #target = 0;
  /** How many samples a round has at full speed. */
  #size = 1;
  #playing: Promise<void> | undefined;
  readonly #pace = new Pace();

  constructor(score: Score) {
    this.#score = score;
  }

  /** Begins anew: the networks have seen no sample. Nothing may be playing. */
  reset(): void {
    this.#seen = this.#target = 0;
    this.#size = 1;
  }

  /** Learns until the networks have seen so many samples and the batch ends, or `stop` is called. Resolves when they stand. */
  play(target: number): Promise<void> {
    this.#target = this.#score.batchEnd(target);
    this.#playing ??= this.#rounds().finally(() => {
      this.#playing = undefined;
    });
    return this.#playing;
  }

  /** Stops after the present round. Resolves when the networks stand. */
  async stop(): Promise<void> {
    this.#target = 0;
    await this.#playing;
  }

  async #rounds(): Promise<void> {
    let last = performance.now();
    let speed = this.#score.speed();
    this.#pace.begin(last, this.#seen);
    while (this.#seen < this.#target && this.#score.players().length > 0) {
      await this.#score.beforeRound(this.#seen);
      const stop = Math.min(this.#target, this.#score.nextStop(this.#seen));
      const due = await this.#due(last);
      if (this.#seen >= this.#target) break;
      last = performance.now();
      if (this.#score.speed() !== speed) this.#pace.begin(last, this.#seen);
      speed = this.#score.speed();
      const to = Math.max(this.#seen + 1, Math.min(stop, this.#seen + due));
      await this.#round(this.#score.batchEnd(to));
    }
  }

  async #round(to: number): Promise<void> {
    const players = this.#score.players();
    const look = this.#score.look(to);
    const reports = await Promise.all(
      players.map(async ({ rule, trainee }) => [rule, await trainee.advance(to, look)] as const),
    );
    const learned = to - this.#seen;
    const slowest = Math.max(...reports.map(([, { seconds }]) => seconds));
    // Rounds that were cut short say nothing of the size; a clock that is coarse may say that they took no time.
    if (learned >= this.#size) this.#size *= Math.min(2, Math.max(0.5, roundSeconds / slowest));
    this.#seen = to;
    this.#score.afterRound(to, new Map(reports), this.#pace.note(performance.now(), to));
  }

  /** How many samples the next round shall have; waits for its time where the speed is limited. */
  async #due(last: number): Promise<number> {
    const most = Math.max(1, Math.floor(this.#size));
    const speed = this.#score.speed();
    if (speed === Number.POSITIVE_INFINITY) return most;
    const unit = this.#score.batchEnd(this.#seen + 1) - this.#seen;
    const interval = 1000 * Math.max(roundSeconds, unit / speed);
    // In small steps, so that a stop or another speed does not have to wait.
    while (performance.now() < last + interval && this.#seen < this.#target && this.#score.speed() === speed) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(50, last + interval - performance.now())));
    }
    // Timers of pages in the background are late: what is owed is learned in one round.
    return Math.min(Math.round((speed * (performance.now() - last)) / 1000), Math.max(1, speed));
  }
}
