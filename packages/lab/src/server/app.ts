import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Files } from './files.ts';
import { guard } from './guard.ts';

/** What handlers get of a request besides what the web knows. */
export type Bindings = { Bindings: HttpBindings };

/**
 * Answers the requests of the page.
 * @param hosts the names of the server, with its port, as they stand in the Host header
 * @param runs answers those below `/runs`, where runs are watched
 */
export function createApp(files: Files, hosts: () => readonly string[], runs?: Hono<Bindings>): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.use(guard(hosts));
  if (runs) app.route('/runs', runs);
  app.get('*', async (context) => {
    const { pathname } = new URL(context.req.url);
    const served = files.get(pathname);
    if (!served) return context.text('there is nothing at this address\n', 404);
    context.header('Content-Type', served.type);
    context.header('Cache-Control', pathname.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache');
    if (served.content instanceof Uint8Array) return context.body(served.content);
    if (typeof served.content === 'function') return context.body(await served.content());
    const { path, bytes } = served.content;
    context.header('Content-Length', String(bytes));
    return context.body(Readable.toWeb(createReadStream(path)) as ReadableStream);
  });
  return app;
}
