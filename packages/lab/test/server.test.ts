import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServedLab, serveLab } from '../dist/server/index.js';
import { ask as send } from './ask.ts';

let lab: ServedLab;
beforeAll(async () => {
  lab = await serveLab();
});
afterAll(() => lab.close());

function ask(path: string, options: { method?: string; host?: string; to?: string } = {}) {
  const { method = 'GET', host, to = lab.url } = options;
  return send(path, { method, to, headers: host === undefined ? {} : { host } });
}

test('the page, its parts and the data are handed out, with a strict policy', async () => {
  const { status, headers, body } = await ask('/?preset=figure-3/mnist');
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/'unsafe-inline'|'unsafe-eval'|\*|https?:/);
  const scripts = [...body.toString().matchAll(/(?:src|href)="\.(\/[^"]+)"/g)].map(([, path]) => path ?? '');
  expect(scripts.length).toBeGreaterThan(2);
  for (const path of scripts) expect((await ask(path)).status, path).toBe(200);

  const index = JSON.parse((await ask('/data/index.json')).body.toString());
  const [images] = index.mnist.test;
  expect((await ask(`/data/mnist/${images}`)).body.length).toBe(1_602_073);
});

test('no other path leads anywhere', async () => {
  const paths = ['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/assets/../../server/index.js'];
  const others = [
    '/data/mnist/../../../package.json',
    '/data/mnist/LICENSE',
    '//etc/passwd',
    '/.sources',
    '/data/',
    '/\\',
  ];
  for (const path of [...paths, ...others]) expect((await ask(path)).status, path).toBeGreaterThanOrEqual(400);
});

test('a link in the data folder that leads out of it is not followed by name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'apical-lab-'));
  await writeFile(join(folder, 'secret'), 'secret');
  await symlink(folder, join(folder, 'mnist'));
  const other = await serveLab({ directory: folder });
  expect((await ask('/data/mnist/secret', { to: other.url })).status).toBe(404);
  await other.close();
  await rm(folder, { recursive: true });
});

test('requests for other hosts are refused: a foreign name that was made to point here sees nothing', async () => {
  const { port } = new URL(lab.url);
  for (const host of ['evil.example', `evil.example:${port}`, 'localhost', `localhost:${Number(port) + 1}`]) {
    const { status, body } = await ask('/', { host });
    expect({ status, body: body.toString() }, host).toEqual({ status: 421, body: 'not a host of this server\n' });
  }
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`]) expect((await ask('/', { host })).status).toBe(200);
});

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])('%s is refused', async (method) => {
  const { status, headers } = await ask('/', { method });
  expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET' });
});

describe('floods', () => {
  test('of connections are cut off, and the page is served again after them', async () => {
    const { hostname, port } = new URL(lab.url);
    const sockets = Array.from({ length: 300 }, () => connect(Number(port), hostname));
    const closed = sockets.map(
      (socket) =>
        new Promise<boolean>((resolve) => {
          socket.on('error', () => resolve(true));
          socket.on('close', () => resolve(true));
          setTimeout(() => resolve(false), 2000);
        }),
    );
    const refused = (await Promise.all(closed)).filter(Boolean).length;
    expect(refused).toBeGreaterThan(200);
    for (const socket of sockets) socket.destroy();
    await expect.poll(async () => (await ask('/')).status).toBe(200);
  });

  test('of headers are refused', async () => {
    expect((await ask('/', { host: 'x'.repeat(17_000) })).status).toBe(431);
  });
});

test('a port that is taken is told in one line', async () => {
  const port = Number(new URL(lab.url).port);
  await expect(serveLab({ port })).rejects.toThrow(/another program listens there; choose another with --port$/);
});
