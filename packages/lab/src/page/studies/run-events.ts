import type { PackedRuns } from '@apical/experiments';

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

const retryMilliseconds = 2000;

/**
 * Has the server tell of its runs, until `close`. A lost connection is taken up again, with what was told last, so that
 * only what was missed comes.
 */
export class RunEvents {
  readonly #listener: RunEventsListener;
  #source: EventSource | undefined;
  #lastId = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: RunEventsListener) {
    this.#listener = listener;
    listener.onConnection('connecting');
    this.#connect();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
  }

  #connect(): void {
    const source = new EventSource(`runs/events${this.#lastId === '' ? '' : `?after=${this.#lastId}`}`);
    this.#source = source;
    source.addEventListener('open', () => this.#listener.onConnection('live'));
    source.addEventListener('error', () => {
      this.#listener.onConnection('reconnecting');
      // Browsers come back by themselves, but not after an answer that is none.
      if (source.readyState === EventSource.CLOSED) this.#timer = setTimeout(() => this.#connect(), retryMilliseconds);
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
