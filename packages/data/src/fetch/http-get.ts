import { type IncomingMessage, get as overHttp } from 'node:http';
import { get as overHttps } from 'node:https';
import { addAbortSignal } from 'node:stream';
import { FailureError } from '@apical/core';

/** No connection came about: there is no such host, or no way to it, or nothing answers there. */
export class Unreachable extends Error {
  readonly code: string;

  constructor(host: string, code: string, cause: unknown) {
    super(`${host} cannot be reached (${code})`, { cause });
    this.code = code;
  }
}

const redirects = new Set([301, 302, 303, 307, 308]);
const mostRedirects = 5;
const unreachableCodes = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ENETUNREACH',
  'EHOSTUNREACH',
  // The machine itself has no address of that kind, as without IPv6.
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
]);

/**
 * Asks for what is at an address, or where it redirects to. The caller reads the response, or destroys it.
 * (Not by the global fetch: in Node 24 a connection that ends while its data waits to be read can fail an assertion there
 * that nothing catches, and so end the process.)
 *
 * @throws Unreachable if there is no connection; FailureError if a redirect is not followed; any other error of the network
 */
export async function httpGet(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  let address = new URL(url);
  for (let followed = 0; ; followed++) {
    const response = await getOnce(address, headers, signal);
    const { location } = response.headers;
    if (!redirects.has(response.statusCode ?? 0) || location === undefined) return response;
    response.destroy();
    if (followed === mostRedirects) {
      throw new FailureError(`${url}: the server redirects more than ${mostRedirects} times; try another mirror`);
    }
    address = redirected(address, location);
  }
}

/**
 * Where a redirect from an address leads.
 * @throws FailureError if that is no address, or neither https:// nor http://, or http:// from https://
 */
export function redirected(from: URL, location: string): URL {
  const target = URL.parse(location, from.href);
  const safe = target?.protocol === 'https:' || (target?.protocol === 'http:' && from.protocol === 'http:');
  if (!target || !safe) {
    throw new FailureError(`${from}: the server redirects to "${location}", which is not followed; try another mirror`);
  }
  return target;
}

function getOnce(address: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal) {
  const get = address.protocol === 'https:' ? overHttps : overHttp;
  return new Promise<IncomingMessage>((resolve, reject) => {
    const request = get(address, { headers, signal });
    // The signal of a request does not end a response that has come whole, but is not read yet.
    request.on('response', (response) => resolve(addAbortSignal(signal, response)));
    // Kept after the response has come: an error without a listener would end the process.
    request.on('error', (error) => reject(unreachable(error, address) ?? error));
  });
}

function unreachable(error: NodeJS.ErrnoException, { host }: URL): Unreachable | undefined {
  // A host with several addresses fails with an error for each.
  const errors: readonly NodeJS.ErrnoException[] = error instanceof AggregateError ? error.errors : [error];
  const codes = errors.map(({ code = '' }) => code);
  return codes.every((code) => unreachableCodes.has(code)) ? new Unreachable(host, codes[0] ?? '', error) : undefined;
}
