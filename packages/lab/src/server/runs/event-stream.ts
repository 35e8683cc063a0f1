import { randomUUID } from 'node:crypto';
import { packRuns, type RunWatch } from '@apical/experiments';

export interface EventStreamOptions {
  /** How many are open at a time, at most: each takes a connection and some memory. */
  readonly mostStreams: number;
  /** How many runs a message tells of, at most. */
  readonly mostRuns: number;
  /** How long after a message the next one comes at the earliest. */
  readonly pauseMilliseconds: number;
  /** How often there is a sign of life where there is nothing to tell. */
  readonly beatMilliseconds: number;
  /** How long a client may take for a message before it is let go. */
  readonly patienceMilliseconds: number;
}

const defaults: EventStreamOptions = {
  mostStreams: 16,
  mostRuns: 500,
  pauseMilliseconds: 200,
  beatMilliseconds: 15_000,
  patienceMilliseconds: 60_000,
};

/**
 * Tells clients of the runs of a watch, by server-sent events: `reset` before all runs, then `runs` with some of them, or with
 * what has changed since. Every event has an id that says up to where it tells: with the last one, a client that comes back is
 * told what it has missed, and no more. A message is made when the client has taken the one before; what changed meanwhile is in
 * it as it is then. So a client takes one message's memory, however slow it is.
 */
export class EventStreams {
  readonly #watch: RunWatch;
  readonly #options: EventStreamOptions;
  /** Tells the versions of this watch from those of others before it. */
  readonly #epoch = randomUUID().slice(0, 8);
  readonly #open = new Set<EventStream>();

  constructor(watch: RunWatch, options: Partial<EventStreamOptions> = {}) {
    this.#watch = watch;
    this.#options = { ...defaults, ...options };
    watch.runs.onChange(() => this.wake());
  }

  /** How many there are. */
  get open(): number {
    return this.#open.size;
  }

  /** Has those that wait look whether there is something to tell. */
  wake(): void {
    for (const stream of this.#open) stream.wake();
  }

  /**
   * A new stream; undefined where there are too many.
   *
   * @param lastId of the last event that the client has
   * @param drop called for a client that takes nothing any more
   */
  start(lastId: string | undefined, drop: () => void): ReadableStream<Uint8Array> | undefined {
    if (this.#open.size >= this.#options.mostStreams) return undefined;
    const stream = new EventStream(this.#watch, this.#options, this.#epoch, lastId, drop);
    this.#open.add(stream);
    return new ReadableStream(
      {
        pull: async (controller) => {
          const text = await stream.next();
          if (text !== undefined) controller.enqueue(new TextEncoder().encode(text));
        },
        cancel: () => {
          stream.end();
          this.#open.delete(stream);
        },
      },
      { highWaterMark: 0 },
    );
  }
}

/** The events for one client. */
class EventStream {
  readonly #watch: RunWatch;
  readonly #options: EventStreamOptions;
  readonly #epoch: string;
  readonly #drop: () => void;
  /** Up to where the client knows; undefined before it was told to begin anew. */
  #version: number | undefined;
  /** What the client was told of the watch itself. */
  #told = '';
  #lastAt = 0;
  #isOver = false;
  #patience: NodeJS.Timeout | undefined;
  #wake: () => void = () => {};

  constructor(
    watch: RunWatch,
    options: EventStreamOptions,
    epoch: string,
    lastId: string | undefined,
    drop: () => void,
  ) {
    this.#watch = watch;
    this.#options = options;
    this.#epoch = epoch;
    this.#drop = drop;
    const [, given, version] = /^(\w+)-(\d{1,15})$/.exec(lastId ?? '') ?? [];
    if (given === epoch && watch.runs.isKnown(Number(version))) this.#version = Number(version);
  }

  /** The next text to send, when there is one; undefined where the client has gone. */
  async next(): Promise<string | undefined> {
    clearTimeout(this.#patience);
    const text = await this.#text();
    if (text !== undefined) this.#patience = setTimeout(this.#drop, this.#options.patienceMilliseconds).unref();
    this.#lastAt = performance.now();
    return text;
  }

  wake(): void {
    this.#wake();
  }

  end(): void {
    this.#isOver = true;
    clearTimeout(this.#patience);
    this.#wake();
  }

  async #text(): Promise<string | undefined> {
    const { runs } = this.#watch;
    if (this.#version === undefined || !runs.isKnown(this.#version)) {
      this.#version = 0;
      this.#told = '';
      return this.#event('reset', {});
    }
    const { pauseMilliseconds, beatMilliseconds } = this.#options;
    for (;;) {
      if (this.#isOver) return undefined;
      if (this.#hasNews) {
        // What is yet to come of the beginning comes at once.
        const pause = runs.version - this.#version > this.#options.mostRuns ? 0 : pauseMilliseconds;
        const wait = this.#lastAt + pause - performance.now();
        if (wait <= 0) return this.#news();
        await this.#sleep(wait, false);
      } else if ((await this.#sleep(beatMilliseconds, true)) === 'slept') {
        return ': still there\n\n';
      }
    }
  }

  get #state() {
    const { hasLooked, problem } = this.#watch;
    return { hasLooked, ...(problem !== undefined && { problem }) };
  }

  get #hasNews(): boolean {
    return this.#watch.runs.version > this.#version! || JSON.stringify(this.#state) !== this.#told;
  }

  #news(): string {
    const { runs, gone, version } = this.#watch.runs.since(this.#version!, this.#options.mostRuns);
    const state = this.#state;
    this.#version = version;
    this.#told = JSON.stringify(state);
    return this.#event('runs', { ...state, ...packRuns(runs), gone });
  }

  #event(name: string, data: object): string {
    return `event: ${name}\nid: ${this.#epoch}-${this.#version}\ndata: ${JSON.stringify(data)}\n\n`;
  }

  /** @param wakes whether news end it */
  #sleep(milliseconds: number, wakes: boolean): Promise<'slept' | 'woken'> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve('slept'), milliseconds);
      this.#wake = () => {
        if (!wakes && !this.#isOver) return;
        clearTimeout(timer);
        resolve('woken');
      };
    });
  }
}
