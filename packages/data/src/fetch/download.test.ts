import { readFile, stat, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { InputError } from '@apical/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/support/folder.ts';
import { closedPort, send, serve } from '../../test/support/server.ts';
import { download } from './download.ts';

const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) % 251);
const other = bytes.map((byte) => 255 - byte);
const quick = { retryDelay: 1 };

async function target(): Promise<string> {
  return join(await temporaryFolder(), 'a.part');
}

const contentOf = async (path: string) => new Uint8Array(await readFile(path));

test('wherever and however often the connection is cut, the whole file comes', async () => {
  const path = await target();
  let pieces: number[] = [];
  let cutAt = Infinity;
  const server = await serve((request, response) => {
    const silentAfter = pieces.shift() ?? Infinity;
    cutAt = Number(/\d+/.exec(request.headers.range ?? '') ?? 0) + silentAfter;
    send(request, response, bytes, { silentAfter, etag: '"v1"' });
  });
  const onProgress = (length: number) => length === cutAt && length < bytes.length && server.cut();
  const lengths = fc.array(fc.integer({ min: 1, max: 2000 }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(lengths, fc.nat(4999), async (cuts, start) => {
      await writeFile(path, bytes.subarray(0, start));
      pieces = [...cuts];
      await download(server.address, path, 5000, { ...quick, attempts: 2, onProgress });
      expect(await contentOf(path)).toEqual(bytes);
    }),
    { numRuns: 25 },
  );
});

test('after a cut it goes on from where it was, and reports what is there', async () => {
  const path = await target();
  const server = await serve((request, response, before) =>
    send(request, response, bytes, before === 0 ? { silentAfter: 3000 } : {}),
  );
  const progress: [number, number | undefined][] = [];
  const onProgress = (length: number, total: number | undefined) => {
    progress.push([length, total]);
    if (length === 3000 && server.requests.length === 1) server.cut();
  };
  await download(server.address, path, 5000, { ...quick, onProgress });
  expect(server.requests).toEqual(['/', '/ 3000-']);
  expect(progress[0]).toEqual([0, 5000]);
  expect(progress).toContainEqual([3000, 5000]);
  expect(progress.at(-1)).toEqual([5000, 5000]);
  expect(await contentOf(path)).toEqual(bytes);
});

test('two versions of a file are never joined', async () => {
  const path = await target();
  const server = await serve((request, response, before) =>
    before === 0
      ? send(request, response, bytes, { silentAfter: 3000, etag: '"v1"' })
      : send(request, response, other, { etag: '"v2"' }),
  );
  const onProgress = (length: number) => length === 3000 && server.cut();
  await download(server.address, path, 5000, { ...quick, onProgress });
  expect(server.requests).toEqual(['/', '/ 3000-']);
  expect(await contentOf(path)).toEqual(other);
});

test('a server that ignores ranges sends the file from its start', async () => {
  const path = await target();
  await writeFile(path, other.subarray(0, 3000));
  const server = await serve((request, response) => send(request, response, bytes, { ranges: false }));
  await download(server.address, path, 5000, quick);
  expect(server.requests).toEqual(['/ 3000-']);
  expect(await contentOf(path)).toEqual(bytes);
});

test('a server that sends another range than asked for is asked again from the start', async () => {
  const path = await target();
  await writeFile(path, bytes.subarray(0, 100));
  const server = await serve((request, response) =>
    request.headers.range
      ? response.writeHead(206, { 'content-range': 'bytes 50-4999/5000' }).end(bytes.subarray(50))
      : send(request, response, bytes),
  );
  await download(server.address, path, 5000, quick);
  expect(server.requests).toEqual(['/ 100-', '/']);
  expect(await contentOf(path)).toEqual(bytes);
});

test('a part that is whole already is left as it is; one that is too long is begun anew', async () => {
  const path = await target();
  const server = await serve((request, response) => send(request, response, bytes));
  await writeFile(path, bytes);
  await download(server.address, path, 5000, quick);
  expect(server.requests).toEqual(['/ 5000-']);
  await writeFile(path, new Uint8Array(6000));
  await download(server.address, path, 5000, quick);
  expect(await contentOf(path)).toEqual(bytes);
});

test('a server that is busy is asked again', async () => {
  const path = await target();
  const server = await serve((request, response, before) =>
    before < 2 ? response.writeHead(503).end('busy') : send(request, response, bytes),
  );
  await download(server.address, path, 5000, quick);
  expect(server.requests).toHaveLength(3);
});

test('a server that goes silent is asked again for the rest', async () => {
  const path = await target();
  const server = await serve((request, response, before) =>
    send(request, response, bytes, before === 0 ? { silentAfter: 3000 } : {}),
  );
  await download(server.address, path, 5000, { ...quick, stallTimeout: 400 });
  expect(server.requests).toEqual(['/', '/ 3000-']);
  expect(await contentOf(path)).toEqual(bytes);
});

test('after failures in a row it gives up, says why, and keeps what has come', async () => {
  const path = await target();
  const server = await serve((request, response, before) =>
    before === 0 ? send(request, response, bytes, { silentAfter: 3000 }) : response.writeHead(503).end(),
  );
  const failed = download(server.address, path, 5000, { ...quick, attempts: 3, stallTimeout: 400 });
  await expect(failed).rejects.toThrow(InputError);
  await expect(failed).rejects.toThrow(
    `${server.address}: the server answered 503 Service Unavailable, 3 times in a row; try again later: what has come (3,000 bytes) is kept`,
  );
  expect(server.requests).toEqual(['/', '/ 3000-', '/ 3000-']);
  expect((await stat(path)).size).toBe(3000);
});

test.each<[string, (response: ServerResponse) => void, string]>([
  [
    'a file that is not there',
    (r) => r.writeHead(404).end('no'),
    'the server answered 404 Not Found; try another mirror',
  ],
  ['a forbidden file', (r) => r.writeHead(403).end('no'), 'the server answered 403 Forbidden; try another mirror'],
  ['too many bytes', (r) => r.end(new Uint8Array(5001)), 'more than 5,000 bytes: this is not the official file'],
  [
    'content that is compressed on the way',
    (r) => r.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
    "the server changes the file's compression on the way",
  ],
])('refused at the first request: %s', async (_, answer, message) => {
  const path = await target();
  const server = await serve((_request, response) => answer(response));
  const failed = download(`${server.address}a.gz`, path, 5000, quick);
  await expect(failed).rejects.toThrow(InputError);
  await expect(failed).rejects.toThrow(`${server.address}a.gz: ${message}`);
  expect(server.requests).toEqual(['/a.gz']);
});

test('without a network it says so at once', async () => {
  const port = await closedPort();
  const failed = download(`http://127.0.0.1:${port}/a.gz`, await target(), 5000, { retryDelay: 60_000 });
  await expect(failed).rejects.toThrow(InputError);
  await expect(failed).rejects.toThrow(`127.0.0.1:${port} cannot be reached (ECONNREFUSED); check the network`);
});

test('aborting ends the pause between two requests', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const server = await serve((_, response) => {
    response.writeHead(503).end();
    setTimeout(() => controller.abort(reason), 50);
  });
  const options = { retryDelay: 60_000, signal: controller.signal };
  await expect(download(server.address, await target(), 5000, options)).rejects.toBe(reason);
});

test("a mistake in the caller's progress function is not taken for one of the network", async () => {
  const server = await serve((request, response) => send(request, response, bytes));
  const mistake = new TypeError('mistake');
  const onProgress = () => {
    throw mistake;
  };
  await expect(download(server.address, await target(), 5000, { ...quick, onProgress })).rejects.toBe(mistake);
});
