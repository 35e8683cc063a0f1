import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface TestServer {
  readonly address: string;
  /** The requests that came, as "path" or "path from-range". */
  readonly requests: string[];
  /** Cuts all connections. */
  cut(): void;
}

/** A server on this machine that lives as long as the test. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, requestsBefore: number) => void,
): Promise<TestServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const range = request.headers.range?.replace('bytes=', ' ') ?? '';
    requests.push(`${request.url}${range}`);
    answer(request, response, requests.length - 1);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    cut: () => server.closeAllConnections(),
  };
}

/** A port of this machine where nothing answers. */
export async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Answers with the bytes, from where the Range header says; goes silent after `silentAfter` bytes if given. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Uint8Array,
  options: { silentAfter?: number | undefined; etag?: string; ranges?: boolean } = {},
): void {
  const { silentAfter = Infinity, etag, ranges = true } = options;
  const asked = ranges ? request.headers.range : undefined;
  const changed = request.headers['if-range'] !== undefined && request.headers['if-range'] !== etag;
  const start = asked === undefined || changed ? 0 : Number(/^bytes=(\d+)-$/.exec(asked)![1]);
  if (etag !== undefined) response.setHeader('etag', etag);
  if (start > 0 && start >= bytes.length) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    return;
  }
  response.setHeader('content-length', bytes.length - start);
  if (start > 0) response.setHeader('content-range', `bytes ${start}-${bytes.length - 1}/${bytes.length}`);
  response.writeHead(start > 0 ? 206 : 200);
  if (start + silentAfter < bytes.length) response.write(bytes.subarray(start, start + silentAfter));
  else response.end(bytes.subarray(start));
}
