import type { MiddlewareHandler } from 'hono';

/** What every answer says, so that the page can do no more than it has to, and no other page can do anything with it. */
const headers = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/**
 * Refuses what the page never sends: other methods than GET, and requests whose Host is not one of the server's own names,
 * as they are when a foreign name was made to point here (DNS rebinding).
 *
 * @param hosts the names of the server, with its port
 */
export function guard(hosts: () => readonly string[]): MiddlewareHandler {
  return async (context, next) => {
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    if (!hosts().includes(context.req.header('host') ?? '')) return context.text('not a host of this server\n', 421);
    if (context.req.method !== 'GET') {
      return context.text('only GET is answered\n', 405, { Allow: 'GET' });
    }
    return next();
  };
}
