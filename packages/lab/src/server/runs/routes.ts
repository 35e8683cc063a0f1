import { basename } from 'node:path';
import type { RunWatch } from '@apical/experiments';
import { Hono } from 'hono';
import type { Bindings } from '../app.ts';
import type { EventStreams } from './event-stream.ts';

/** How many curves are read at a time, at most. */
const mostReads = 8;

/** What the page is told of runs: which there are and what changes, and the curves of each. Nothing else of their folder. */
export function runRoutes(watch: RunWatch, streams: EventStreams): Hono<Bindings> {
  const app = new Hono<Bindings>();
  let reading = 0;
  app.use(async (context, next) => {
    // Another page cannot read the answer, but it could take all streams.
    const site = context.req.header('sec-fetch-site') ?? 'none';
    if (site !== 'same-origin' && site !== 'none') return context.text('only for the page of this server\n', 403);
    context.header('Cache-Control', 'no-store');
    return next();
  });
  app.get('/index.json', (context) => context.json({ folder: basename(watch.root) }));
  app.get('/events', (context) => {
    const lastId = context.req.header('last-event-id') ?? context.req.query('after');
    const { outgoing } = context.env;
    const body = streams.start(lastId, () => outgoing.destroy());
    if (body === undefined) {
      return context.text('too many pages watch the runs; close some\n', 503, { 'Retry-After': '5' });
    }
    context.header('Content-Type', 'text/event-stream');
    // Otherwise the first messages would be waited for.
    context.header('Transfer-Encoding', 'chunked');
    return context.body(body);
  });
  app.get('/curve', async (context) => {
    const name = context.req.query('run') ?? '';
    if (watch.runs.get(name) === undefined) return context.text('there is no run of this name\n', 404);
    if (reading >= mostReads) return context.text('too much is asked for at a time\n', 503, { 'Retry-After': '1' });
    reading++;
    try {
      const curve = await watch.curve(name);
      return curve ? context.json(curve) : context.notFound();
    } finally {
      reading--;
    }
  });
  return app;
}
