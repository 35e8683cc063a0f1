import type { PackedRuns } from '@apical/experiments';
import { Pauses } from './pauses.ts';

/** How the page stands with the server. */
export type Connection = 'connecting' | 'live' | 'reconnecting';

/** Some runs as they are now, and the names of those that are no more. */
export interface RunsMessage extends PackedRuns {
  readonly gone: readonly string[];
  /** Whether the server has looked at the whole folder once. */
  readonly hasLooked: boolean;
  /** What the server could not look at, and why. */
  readonly problem?: string;
}

export interface RunEventsListener {
  /** All runs are told of anew. */
  onReset(): void;
  onRuns(message: RunsMessage): void;
  onConnection(connection: Connection): void;
}

/** What says that somebody may look at the page again, or that there is a network. */
const wakers = ['focus', 'online', 'visibilitychange'] as const;

/**
 * Has the server tell of its runs, until `close`. A lost connection is taken up again, with what was told last, so that
 * only what was missed comes: after pauses that grow, and at once where the page is looked at again.
 */
export class RunEvents {
  readonly #listener: RunEventsListener;
  #source: EventSource | undefined;
  readonly #pauses = new Pauses();
  #lastId = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: RunEventsListener) {
    this.#listener = listener;
    listener.onConnection('connecting');
    for (const event of wakers) addEventListener(event, this.#wake);
    this.#connect();
  }

  close(): void {
    for (const event of wakers) removeEventListener(event, this.#wake);
    clearTimeout(this.#timer);
    this.#source?.close();
  }

  readonly #wake = (): void => {
    if (this.#timer === undefined || document.hidden) return;
    clearTimeout(this.#timer);
    this.#connect();
  };

  #connect(): void {
    this.#timer = undefined;
    const source = new EventSource(`runs/events${this.#lastId === '' ? '' : `?after=${this.#lastId}`}`);
    this.#source = source;
    source.addEventListener('open', () => {
      this.#pauses.reset();
      this.#listener.onConnection('live');
    });
    source.addEventListener('error', () => {
      this.#listener.onConnection('reconnecting');
      // Browsers come back by themselves, but as often while the server is away, and not after an answer that is none.
      source.close();
      this.#timer = setTimeout(() => this.#connect(), this.#pauses.next());
    });
    source.addEventListener('reset', ({ lastEventId }) => {
      this.#lastId = lastEventId;
      this.#listener.onReset();
    });
    source.addEventListener('runs', ({ data, lastEventId }) => {
      this.#lastId = lastEventId;
      this.#listener.onRuns(JSON.parse(data));
    });
  }
}
