import { existsSync } from 'node:fs';
import { readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { InputError } from '@apical/core';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/support/folder.ts';
import { send, serve } from '../../test/support/server.ts';
import { place, smallArchivedSet, smallSet, tar } from '../../test/support/small-set.ts';
import { loadSplit } from '../load.ts';
import { fetchMissing } from './fetch-data-set.ts';

const { set, contents, pixels } = smallSet();
const served = { '/images.gz': gzipSync(contents.images), '/labels.gz': gzipSync(contents.labels) };
const filesOf = (path: string | undefined) => served[path as keyof typeof served];
const archived = smallArchivedSet();
const quick = { retryDelay: 1 };

test('the missing files are downloaded, checked, and then not asked for again', async () => {
  const directory = await temporaryFolder();
  const server = await serve((request, response) => send(request, response, filesOf(request.url)));
  const progress: [number, number | undefined, string][] = [];
  const options = { directory, mirror: server.address.slice(0, -1) };
  await fetchMissing(set, { ...options, onProgress: (...args) => progress.push(args) });
  expect((await loadSplit(set, 'test', directory)).pixels).toEqual(pixels);
  expect(await readdir(join(directory, 'small'))).toEqual(['images.gz', 'labels.gz']);
  const { length } = served['/images.gz'];
  expect(progress[0]).toEqual([0, length, 'images.gz']);
  expect(progress).toContainEqual([length, length, 'images.gz']);
  expect(progress.at(-1)).toEqual([served['/labels.gz'].length, served['/labels.gz'].length, 'labels.gz']);
  await fetchMissing(set, options);
  expect(server.requests).toEqual(['/images.gz', '/labels.gz']);
});

test('a damaged file is replaced, plain or gzipped, and a sound one left alone', async () => {
  const directory = await temporaryFolder();
  const server = await serve((request, response) => send(request, response, filesOf(request.url)));
  await place(directory, set, { images: new Uint8Array(3), labels: contents.labels });
  await fetchMissing(set, { directory, mirror: server.address });
  expect(server.requests).toEqual(['/images.gz']);
  expect(await readdir(join(directory, 'small'))).toEqual(['images.gz', 'labels']);
  await loadSplit(set, 'test', directory);
});

test('an archive is unpacked, and only the files asked for are kept', async () => {
  const directory = await temporaryFolder();
  const server = await serve((request, response) => send(request, response, archived.archive));
  await place(directory, archived.set, { 'test.bin.gz': gzipSync(archived.contents['test.bin']) });
  await fetchMissing(archived.set, { directory, mirror: server.address });
  expect(server.requests).toEqual(['/all.tar.gz']);
  const folder = join(directory, 'small-archived');
  expect(await readdir(folder)).toEqual(['one.bin', 'test.bin.gz', 'two.bin']);
  expect(await readFile(join(folder, 'two.bin'))).toEqual(archived.contents['two.bin']);
});

const altered = Object.fromEntries(Object.entries(archived.contents).map(([name, bytes]) => [`data/${name}`, bytes]));
altered['data/one.bin'] = new Uint8Array(6146);

test.each([
  ['no archive at all', Buffer.from('<html>'), 'corrupt gzip stream'],
  ['a truncated archive', archived.archive.subarray(0, -20), 'the gzip stream ends early'],
  [
    'an archive without the files',
    gzipSync(tar({ 'data/one.bin': archived.contents['one.bin'] })),
    'has no data/two.bin',
  ],
  ['files of another content', gzipSync(tar(altered)), 'one.bin: SHA-256 sum'],
  ['files of another length', gzipSync(tar({ 'data/one.bin': new Uint8Array(5) })), '6,146 bytes expected, 5 found'],
  ['an archive that expands without end', gzipSync(tar({ x: new Uint8Array(3e6) })), 'more than 1,063,941 bytes'],
])('refused, with nothing of it kept: %s', async (_, archive, problem) => {
  const directory = await temporaryFolder();
  const server = await serve((request, response) => send(request, response, archive));
  const fetched = fetchMissing(archived.set, { directory, mirror: server.address });
  await expect(fetched).rejects.toThrow(InputError);
  await expect(fetched).rejects.toThrow(problem);
  await expect(fetched).rejects.toThrow(`${server.address}all.tar.gz did not give the official file`);
  expect(await readdir(join(directory, 'small-archived'))).toEqual([]);
});

test('a file with a wrong sum is refused with both sums, and removed', async () => {
  const directory = await temporaryFolder();
  const other = Uint8Array.from(contents.images);
  other[30]! ^= 1;
  const server = await serve((request, response) => send(request, response, gzipSync(other)));
  const fetched = fetchMissing(set, { directory, mirror: server.address });
  await expect(fetched).rejects.toThrow(InputError);
  await expect(fetched).rejects.toThrow(
    new RegExp(`images\\.gz did not give the official file.*${set.files[0]!.sha256} expected, [0-9a-f]{64} found`),
  );
  expect(await readdir(join(directory, 'small'))).toEqual([]);
});

test('a part left by an earlier call that turns out to be of another file is not kept', async () => {
  const directory = await temporaryFolder();
  await place(directory, set, { 'images.gz.part': new Uint8Array(10), labels: contents.labels });
  const server = await serve((request, response) => send(request, response, filesOf(request.url)));
  await fetchMissing(set, { directory, mirror: server.address });
  expect(server.requests).toEqual(['/images.gz 10-', '/images.gz']);
  await loadSplit(set, 'test', directory);
});

test('aborting keeps what has come, and a later call goes on from there', async () => {
  const directory = await temporaryFolder();
  const reason = new Error('enough');
  const controller = new AbortController();
  const server = await serve((request, response, before) =>
    send(request, response, filesOf(request.url), before === 0 ? { silentAfter: 20 } : {}),
  );
  const options = { directory, mirror: server.address };
  const onProgress = (bytes: number) => bytes === 20 && controller.abort(reason);
  const aborted = fetchMissing(set, { ...options, signal: controller.signal, onProgress });
  await expect(aborted).rejects.toBe(reason);
  expect((await stat(join(directory, 'small', 'images.gz.part'))).size).toBe(20);
  await fetchMissing(set, options);
  expect(server.requests.slice(0, 2)).toEqual(['/images.gz', '/images.gz 20-']);
  await loadSplit(set, 'test', directory);
});

test('aborted before it starts, it asks for nothing', async () => {
  const directory = await temporaryFolder();
  const server = await serve((_, response) => response.end());
  const options = { directory, mirror: server.address, signal: AbortSignal.abort(new Error('no')) };
  await expect(fetchMissing(set, options)).rejects.toThrow('no');
  expect(server.requests).toEqual([]);
});

test('a folder that cannot be written is named, with what to do', async () => {
  const directory = await temporaryFolder();
  await writeFile(join(directory, 'small'), 'a file');
  await expect(fetchMissing(set, { directory, mirror: 'http://127.0.0.1:9/' })).rejects.toThrow(
    new InputError(
      `${join(directory, 'small')}: a file stands where a folder is needed; remove it, or choose another folder with --data-dir or APICAL_DATA`,
    ),
  );
});

test.runIf(existsSync('/dev/full'))('a full disk is named, with what to do', async () => {
  const directory = await temporaryFolder();
  const server = await serve((request, response) => send(request, response, filesOf(request.url)));
  await place(directory, set, {});
  await symlink('/dev/full', join(directory, 'small', 'images.gz.part'));
  const fetched = fetchMissing(set, { directory, mirror: server.address, ...quick });
  await expect(fetched).rejects.toThrow(InputError);
  await expect(fetched).rejects.toThrow('images.gz.part: no space is left; free some, or choose another folder');
});

test.runIf(existsSync('/dev/full'))(
  'a disk that is full as an archive is unpacked keeps the download alone',
  async () => {
    const directory = await temporaryFolder();
    const server = await serve((request, response) => send(request, response, archived.archive));
    const folder = join(directory, 'small-archived');
    await place(directory, archived.set, {});
    await symlink('/dev/full', join(folder, 'two.bin.part'));
    const fetched = fetchMissing(archived.set, { directory, mirror: server.address });
    await expect(fetched).rejects.toThrow('two.bin: no space is left; free some, or choose another folder');
    expect(await readdir(folder)).toEqual(['all.tar.gz.part', 'one.bin']);
    await fetchMissing(archived.set, { directory, mirror: server.address });
    expect(server.requests).toEqual(['/all.tar.gz', `/all.tar.gz ${archived.archive.length}-`]);
    expect(await readdir(folder)).toEqual(['one.bin', 'test.bin', 'two.bin']);
  },
);

test('an address that is none is refused', async () => {
  for (const mirror of ['', 'example.org', 'file:///data/']) {
    await expect(fetchMissing(set, { directory: '/nowhere', mirror })).rejects.toThrow(
      `"${mirror}" is no address of a mirror`,
    );
  }
});
