import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { unpackRuns } from '@apical/experiments';

interface ServerEvent {
  readonly event: string;
  readonly id: string;
  readonly data: unknown;
}

/** A client of server-sent events that keeps what it is told. */
export class EventReader {
  readonly events: ServerEvent[] = [];
  /** The runs as they were told of, by name: how they stand and what they have learned. */
  readonly runs = new Map<string, readonly [status: string, learned: unknown]>();
  status: number | undefined;
  #sent: ClientRequest;
  #rest = '';

  constructor(url: string, lastId?: string) {
    this.#sent = request(`${url}runs/events`, { headers: lastId === undefined ? {} : { 'last-event-id': lastId } });
    this.#sent.on('response', (response) => this.#read(response));
    this.#sent.on('error', () => {});
    this.#sent.end();
  }

  get lastId(): string {
    return this.events.at(-1)?.id ?? '';
  }

  /** The names of events, and of the runs that they tell of. */
  get told(): string[] {
    return this.events.flatMap(({ event, data }) => {
      if (event !== 'runs') return [event];
      const { gone, ...packed } = data as Parameters<typeof unpackRuns>[0] & { gone: string[] };
      return [...unpackRuns(packed).map(({ name }) => name), ...gone.map((name) => `-${name}`)];
    });
  }

  close(): void {
    this.#sent.destroy();
  }

  #read(response: IncomingMessage): void {
    this.status = response.statusCode;
    response.setEncoding('utf8');
    response.on('error', () => {});
    response.on('data', (text: string) => {
      const blocks = (this.#rest + text).split('\n\n');
      this.#rest = blocks.pop()!;
      for (const block of blocks) this.#take(block);
    });
  }

  #take(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
    if (field('event') === '') return;
    const data = JSON.parse(field('data'));
    this.events.push({ event: field('event'), id: field('id'), data });
    if (field('event') === 'reset') this.runs.clear();
    if (field('event') !== 'runs') return;
    for (const { name, status, results } of unpackRuns(data)) this.runs.set(name, [status, results.learned]);
    for (const name of data.gone) this.runs.delete(name);
  }
}
