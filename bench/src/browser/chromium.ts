import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { NetworkOptions } from '@apical/core';
import type { ImageSamples } from '@apical/data';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import type { Repeatable } from '../repeated.ts';
import type { SentSamples } from './page.ts';

/** Where a Chromium is: the one that CHROMIUM_PATH names, or where distributions put it; undefined where there is none. */
export const chromiumPath: string | undefined = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((candidate) => candidate !== undefined && existsSync(candidate));

/** A page in headless Chromium that learns with apical. */
export class LearningPage {
  readonly version: string;
  readonly #browser: Browser;
  readonly #page: Page;
  readonly #server: Server;
  readonly #bodies: Map<string, string | Uint8Array>;
  #networks = 0;

  private constructor(browser: Browser, page: Page, server: Server, bodies: Map<string, string | Uint8Array>) {
    this.version = browser.version();
    this.#browser = browser;
    this.#page = page;
    this.#server = server;
    this.#bodies = bodies;
  }

  static async open(executablePath: string): Promise<LearningPage> {
    const bodies = new Map<string, string | Uint8Array>([
      ['/', '<!doctype html><title>bench</title>'],
      ['/page.js', await bundle()],
    ]);
    const server = await serve(bodies);
    const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
    const browser = await chromium.launch({ executablePath, args });
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return new LearningPage(browser, page, server, bodies);
  }

  /** As `learning` in this process. */
  async learning(options: NetworkOptions, samples: ImageSamples): Promise<Repeatable> {
    const network = this.#networks++;
    const { raw, classes, targets, ...rest } = samples;
    const sent: SentSamples = { ...rest, targets: Array.from(targets), address: `/samples/${network}` };
    this.#bodies.set(sent.address, Buffer.concat([raw, classes]));
    await this.#call(`prepare(${JSON.stringify(options)}, ${JSON.stringify(sent)})`);
    this.#bodies.delete(sent.address);
    return async (times) => Number(await this.#call(`learn(${network}, ${times})`));
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }

  async #call(call: string): Promise<unknown> {
    return await this.#page.evaluate(`import('/page.js').then((page) => page.${call})`);
  }
}

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('page.ts', import.meta.url));
  const output = (await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, target: 'es2022', lib: { entry, formats: ['es'] } },
  })) as Rolldown.RolldownOutput[];
  return output[0]?.output[0].code ?? '';
}

/** Serves the bodies by their paths. Isolated from other pages, a page has a finer clock. */
async function serve(bodies: ReadonlyMap<string, string | Uint8Array>): Promise<Server> {
  const server = createServer((request, response) => {
    const body = bodies.get(request.url ?? '');
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': request.url === '/page.js' ? 'text/javascript' : 'text/html',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
