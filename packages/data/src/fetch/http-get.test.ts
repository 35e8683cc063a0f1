import dns, { type LookupAddress } from 'node:dns';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@apical/core';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../../test/support/folder.ts';
import { closedPort, send, serve } from '../../test/support/server.ts';
import { download } from './download.ts';
import { redirected } from './http-get.ts';

const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) % 251);

type Found = (error: null, addresses: LookupAddress[]) => void;
const here = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

async function target(): Promise<string> {
  return join(await temporaryFolder(), 'a.part');
}

test.each([301, 302, 303, 307, 308])('a redirect by %i is followed with the range asked for', async (status) => {
  const path = await target();
  await writeFile(path, bytes.subarray(0, 3000));
  const other = await serve((request, response) => send(request, response, bytes));
  const server = await serve((request, response) => {
    const location = request.url === '/data/a.gz' ? '../moved/a.gz' : `${other.address}b.gz`;
    response.writeHead(status, { location }).end('moved');
  });
  await download(`${server.address}data/a.gz`, path, 5000, { attempts: 1 });
  expect(server.requests).toEqual(['/data/a.gz 3000-', '/moved/a.gz 3000-']);
  expect(other.requests).toEqual(['/b.gz 3000-']);
  expect(new Uint8Array(await readFile(path))).toEqual(bytes);
});

test('redirects without end are refused at once', async () => {
  const server = await serve((_, response) => response.writeHead(302, { location: '/a.gz' }).end());
  const failed = download(`${server.address}a.gz`, await target(), 5000, { retryDelay: 60_000 });
  await expect(failed).rejects.toThrow(InputError);
  await expect(failed).rejects.toThrow(
    `${server.address}a.gz: the server redirects more than 5 times; try another mirror`,
  );
  expect(server.requests).toHaveLength(6);
});

test('a redirect that is not followed is refused at once', async () => {
  const server = await serve((_, response) => response.writeHead(302, { location: 'ftp://example.org/a.gz' }).end());
  const failed = download(`${server.address}a.gz`, await target(), 5000, { retryDelay: 60_000 });
  await expect(failed).rejects.toThrow(InputError);
  await expect(failed).rejects.toThrow(
    `${server.address}a.gz: the server redirects to "ftp://example.org/a.gz", which is not followed`,
  );
});

test.each([
  ['http://a.org/x/y', 'z', 'http://a.org/x/z'],
  ['http://a.org/x/y', 'http://b.org/z', 'http://b.org/z'],
  ['http://a.org/x/y', 'https://b.org/z', 'https://b.org/z'],
  ['https://a.org/x/y', '//b.org/z', 'https://b.org/z'],
])('from %s a redirect to %s leads to %s', (from, location, to) => {
  expect(redirected(new URL(from), location).href).toBe(to);
});

test.each([
  ['https://a.org/x', 'http://a.org/x'],
  ['http://a.org/x', 'file:///x'],
  ['http://a.org/x', 'http://'],
])('from %s a redirect to %s is not followed', (from, location) => {
  expect(() => redirected(new URL(from), location)).toThrow(InputError);
});

test('a host is unreachable if none of its addresses can be reached', async () => {
  const port = await closedPort();
  const lookup = vi.spyOn(dns, 'lookup').mockImplementation(((_host: string, _options: object, found: Found) => {
    found(null, here);
  }) as typeof dns.lookup);
  onTestFinished(() => lookup.mockRestore());
  const failed = download(`http://example.org:${port}/a.gz`, await target(), 5000, { retryDelay: 60_000 });
  await expect(failed).rejects.toThrow(InputError);
  await expect(failed).rejects.toThrow(
    `http://example.org:${port}/a.gz: example.org:${port} cannot be reached (ECONNREFUSED); check the network`,
  );
  expect(lookup).toHaveBeenCalledOnce();
});

test('where a redirect leads to no server, that one is named', async () => {
  const port = await closedPort();
  const server = await serve((_, response) =>
    response.writeHead(302, { location: `http://127.0.0.1:${port}/b.gz` }).end(),
  );
  const failed = download(`${server.address}a.gz`, await target(), 5000, { retryDelay: 60_000 });
  await expect(failed).rejects.toThrow(
    `${server.address}a.gz: 127.0.0.1:${port} cannot be reached (ECONNREFUSED); check the network`,
  );
});

test('a connection that is cut before its data is read does not pass for the end of a file', async () => {
  const path = await target();
  const server = await serve((request, response, before) => {
    if (before > 0) return send(request, response, bytes);
    response.write(bytes.subarray(0, 3000));
  });
  // Without a Content-Length only the connection tells where the file ends; the first call is before the first piece.
  const onProgress = (_: number, total: number | undefined) => total === undefined && server.cut();
  await download(server.address, path, 5000, { retryDelay: 1, attempts: 2, onProgress });
  expect(new Uint8Array(await readFile(path))).toEqual(bytes);
});

test('a connection that ends while its data waits to be read is one that was cut', async () => {
  const path = await target();
  // Long enough for the last of it to wait behind the first, and short enough for the end to have come by then.
  const large = Uint8Array.from({ length: 200_000 }, (_, i) => i % 251);
  const server = await serve((request, response, before) => {
    if (before > 0) return send(request, response, large);
    response.writeHead(200, { connection: 'close', 'content-length': large.length });
    response.write(large.subarray(0, 150_000));
    response.socket?.end();
  });
  await download(server.address, path, large.length, { retryDelay: 1, attempts: 2 });
  expect(server.requests).toHaveLength(2);
  expect(Buffer.compare(await readFile(path), large)).toBe(0);
});

test('aborting a file that has come whole, but is not read yet, ends with the reason', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const server = await serve((_, response) => {
    response.write(bytes);
    response.end();
  });
  const onProgress = () => controller.abort(reason);
  const options = { signal: controller.signal, onProgress };
  await expect(download(server.address, await target(), 5000, options)).rejects.toBe(reason);
});
