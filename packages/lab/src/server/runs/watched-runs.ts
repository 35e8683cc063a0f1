import { RunWatch } from '@apical/experiments';
import type { Hono } from 'hono';
import type { Bindings } from '../app.ts';
import { EventStreams } from './event-stream.ts';
import { runRoutes } from './routes.ts';

/** A folder of runs that is looked at for the page. */
export class WatchedRuns {
  readonly routes: Hono<Bindings>;
  readonly #watch: RunWatch;
  readonly #streams: EventStreams;

  private constructor(watch: RunWatch) {
    this.#watch = watch;
    this.#streams = new EventStreams(watch);
    this.routes = runRoutes(watch, this.#streams);
  }

  /** @throws InputError where it is no folder */
  static async open(directory: string): Promise<WatchedRuns> {
    return new WatchedRuns(await RunWatch.open(directory));
  }

  /** Looks at it, until `close`. */
  start(): void {
    this.#watch.watch(() => this.#streams.wake());
  }

  close(): void {
    this.#watch.close();
  }
}
