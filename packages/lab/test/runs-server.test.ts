import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { RunWatch } from '@apical/experiments';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ServedLab, serveLab } from '../dist/server/index.js';
import { EventStreams } from '../src/server/runs/event-stream.ts';
import { ask } from './ask.ts';
import { EventReader } from './event-reader.ts';
import { RunsFolder } from './runs-folder.ts';

const folder = new RunsFolder();
folder.begin('first');
folder.measure('first', 10, 0.9);
folder.begin('deep/second', { seed: 2 });
folder.finish('deep/second', 0.5);

let lab: ServedLab;
beforeAll(async () => {
  lab = await serveLab({ runs: folder.path });
});
afterAll(async () => {
  await lab.close();
  folder.remove();
});

/** What comes in takes a second or two. */
const patient = { timeout: 20_000 };

const readers: EventReader[] = [];
function listen(lastId?: string, url = lab.url): EventReader {
  const reader = new EventReader(url, lastId);
  readers.push(reader);
  return reader;
}
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});

const curveOf = (name: string) => ask(`/runs/curve?run=${encodeURIComponent(name)}`, { to: lab.url });

test('without runs to show, the server says so, and has nothing else of them', async () => {
  const other = await serveLab();
  expect((await ask('/runs/index.json', { to: other.url })).body.toString()).toBe('{}');
  for (const path of ['/runs/events', '/runs/curve?run=first']) {
    expect((await ask(path, { to: other.url })).status, path).toBe(404);
  }
  await other.close();
});

test('runs are told of, first all of them and then what changes', async () => {
  const reader = listen();
  await expect
    .poll(() => Object.fromEntries(reader.runs), patient)
    .toEqual({
      'deep/second': ['finished', 1000],
      first: ['unfinished', 10],
    });
  expect(reader.told[0]).toBe('reset');
  folder.measure('first', 100, 0.8);
  folder.begin('third', { seed: 3 });
  await expect
    .poll(() => [reader.runs.get('first')?.[1], reader.runs.get('third')?.[0]], patient)
    .toEqual([100, 'unfinished']);
  expect(reader.told.filter((each) => each === 'deep/second')).toHaveLength(1);
});

test('who comes back is told what was missed, and no more', async () => {
  const before = listen();
  await expect.poll(() => before.runs.size, patient).toBeGreaterThanOrEqual(2);
  const { lastId } = before;
  before.close();
  folder.begin('missed', { seed: 4 });
  const other = listen();
  await expect.poll(() => other.runs.has('missed'), patient).toBe(true);
  const after = listen(lastId);
  await expect.poll(() => after.told, patient).toEqual(['missed']);
});

test.each(['0-0', 'ffffffff-3', 'nonsense', `${'9'.repeat(400)}`])('who comes with %j begins anew', async (lastId) => {
  const reader = listen(lastId);
  await expect.poll(() => reader.runs.has('deep/second'), patient).toBe(true);
  expect(reader.told[0]).toBe('reset');
});

test('a curve is that of a run that is known, by its name', async () => {
  const { status, headers, body } = await curveOf('deep/second');
  expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
  expect(JSON.parse(body.toString()).points).toEqual([{ samples: 1000, readings: { objective: 0.5 } }]);
});

test('no name and no path leads out of the folder, or to another file in it', async () => {
  writeFileSync(join(folder.path, 'secret.json'), '{}');
  symlinkSync('/etc', join(folder.path, 'link'));
  const names = ['..', '../..', 'deep', '.', '', 'first/../first', './first', 'first/', 'first\0', '/etc/passwd'];
  const others = [
    'link',
    'link/passwd',
    'secret.json',
    '..\\first',
    'deep/second/config.json',
    join(folder.path, 'first'),
  ];
  for (const name of [...names, ...others]) expect((await curveOf(name)).status, name).toBe(404);
  const paths = [
    '/runs/',
    '/runs',
    '/runs/first/config.json',
    '/runs/../runs/secret.json',
    '/runs/%2e%2e/package.json',
  ];
  const more = [
    '/runs/curve/../../etc/passwd',
    '/runs/curve',
    '/runs/curve?run=%00',
    '/runs/curve?run=%',
    '/runs/..%2f',
  ];
  for (const path of [...paths, ...more]) {
    expect((await ask(path, { to: lab.url })).status, path).toBeGreaterThanOrEqual(400);
  }
});

test('other hosts, methods and pages get nothing', async () => {
  for (const path of ['/runs/index.json', '/runs/events', '/runs/curve?run=first']) {
    const get = (headers: NodeJS.Dict<string>, method = 'GET') => ask(path, { to: lab.url, headers, method });
    expect((await get({ host: 'evil.example' })).status).toBe(421);
    for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']) {
      expect((await get({}, method)).status, method).toBe(405);
    }
    for (const site of ['cross-site', 'same-site']) expect((await get({ 'sec-fetch-site': site })).status).toBe(403);
  }
  const { headers } = await ask('/runs/index.json', { to: lab.url });
  expect(String(headers['content-security-policy'])).toContain("default-src 'none'");
});

describe('floods', () => {
  test('of streams are refused, and there is room again after them', async () => {
    const many = Array.from({ length: 30 }, () => listen());
    await expect.poll(() => many.every(({ status }) => status !== undefined), patient).toBe(true);
    const statuses = many.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(16);
    expect(statuses.filter((status) => status === 503)).toHaveLength(14);
    for (const reader of many) reader.close();
    await expect
      .poll(async () => {
        const reader = listen();
        await expect.poll(() => reader.status, patient).toBeDefined();
        return reader.status;
      }, patient)
      .toBe(200);
  });

  test('of questions for curves are answered or refused, and then answered again', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => curveOf('first')));
    expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
    expect((await curveOf('first')).status).toBe(200);
  });
});

test('a client that takes nothing keeps one message waiting, is told the latest when it goes on, and is let go at last', async () => {
  const watch = await RunWatch.open(folder.path);
  const told = (learned: number) =>
    watch.runs.set({ name: 'busy', status: 'running', settings: {}, results: { learned }, directory: '' });
  const options = { mostStreams: 1, pauseMilliseconds: 0, patienceMilliseconds: 300 };
  const streams = new EventStreams(watch, options);
  let dropped = 0;
  const stream = streams.start(undefined, () => dropped++)!;
  expect(streams.start(undefined, () => {})).toBeUndefined();
  const reader = stream.getReader();
  const next = async () => new TextDecoder().decode((await reader.read()).value);
  expect(await next()).toContain('event: reset');
  for (let learned = 0; learned <= 10_000; learned++) told(learned);
  const text = await next();
  expect(text).toContain('10000');
  expect(text.length).toBeLessThan(300);
  expect(dropped).toBe(0);
  await expect.poll(() => dropped, patient).toBe(1);
  await reader.cancel();
  expect(streams.open).toBe(0);
});

test('signs of life come where there is nothing to tell', async () => {
  const watch = await RunWatch.open(folder.path);
  const streams = new EventStreams(watch, { beatMilliseconds: 20 });
  const reader = streams.start(undefined, () => {})!.getReader();
  const texts: string[] = [];
  for (let i = 0; i < 4; i++) texts.push(new TextDecoder().decode((await reader.read()).value));
  expect(texts.slice(2)).toEqual([': still there\n\n', ': still there\n\n']);
  await reader.cancel();
});

test('a connection that reads nothing does not make the server gather what it would be told', async () => {
  const crowd = new RunsFolder();
  for (let i = 0; i < 700; i++) crowd.begin(`run-${i}`, { seed: i });
  const other = await serveLab({ runs: crowd.path });
  const all = listen(undefined, other.url);
  await expect.poll(() => all.runs.size, patient).toBe(700);
  const { hostname, port } = new URL(other.url);
  const socket = connect(Number(port), hostname);
  socket.pause();
  socket.write(`GET /runs/events HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
  // The others are served as before.
  crowd.measure('run-7', 10, 0.9);
  await expect.poll(() => all.runs.get('run-7')?.[1], patient).toBe(10);
  socket.destroy();
  await other.close();
  crowd.remove();
});

test('nothing is written', async () => {
  const digest = () => {
    const hash = createHash('sha256');
    for (const name of readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).toSorted()) {
      hash.update(`\0${name}\0`);
      if (/\.jsonl?$/.test(name)) hash.update(readFileSync(join(folder.path, name)));
    }
    return hash.digest('hex');
  };
  const before = digest();
  const reader = listen();
  await expect.poll(() => reader.runs.size, patient).toBeGreaterThanOrEqual(2);
  await curveOf('first');
  expect(digest()).toBe(before);
});

test('a folder of runs that is none is told', async () => {
  await expect(serveLab({ runs: join(folder.path, 'nowhere') })).rejects.toThrow('nowhere: there is no such folder');
});
