import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browser, launchBrowser } from '../../core/test/browser.ts';
import { digestOf, learnTo, stand } from './page.ts';

const folder = fileURLToPath(new URL('../dist/page', import.meta.url));
const types: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
};

/** A web server that knows nothing of the laboratory: it serves a folder below some address, with no headers of its own. */
let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname.replace(/^\/teaching\/lab\//, '') || 'index.html';
    try {
      const content = readFileSync(join(folder, path));
      response.setHeader('content-type', types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream');
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
});

test.skipIf(!browser)(
  'the static folder works from any web server, below any address',
  { timeout: 240_000 },
  async () => {
    const instance = await launchBrowser();
    try {
      const page = await instance.newPage();
      const { port } = server.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}/teaching/lab/?preset=figure-3/mnist`, { timeout: 100_000 });
      page.setDefaultTimeout(100_000);
      await stand(page);
      const before = await digestOf(page, 'bmvr');
      await learnTo(page, 100);
      expect(await digestOf(page, 'bmvr')).not.toBe(before);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    } finally {
      await instance.close();
    }
  },
);

test('what is loaded first, but for data, is less than 330 kB compressed, and all of it less than 480 kB', () => {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const loadable = names.filter((name) => /\.(html|js|css|svg)$/.test(name));
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const first = loadable.filter((name) => html.includes(name) || /index\.html$|worker-.*\.js$/.test(name));
  expect(first.filter((name) => name.endsWith('.js')).length).toBeGreaterThan(2);
  const compressed = (all: readonly string[]) =>
    all.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
  expect(compressed(first)).toBeLessThan(330_000);
  expect(compressed(loadable)).toBeLessThan(480_000);
});
