import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as plain from '../../src/kernels/binary.generated.ts';
import * as fused from '../../src/kernels/fused-binary.generated.ts';
import { browser, launchBrowser } from '../browser.ts';
import { digests } from './scenario.ts';

/** V8's flag for joining pairs of 128-bit instructions to one of 256 bits. */
const joins = '--experimental-wasm-revectorize';
/** All kernels are optimised at once. */
const joined = [joins, '--no-liftoff'];
/** All kernels are optimised after they have been called, as in long runs, but soon: what V8 knows of the calls goes into it. */
const joinedSoon = [joins, '--wasm-tiering-budget=1'];
const canJoin = (process.config.variables as Record<string, unknown>).v8_enable_wasm_simd256_revec === 1;

/** Other versions of Node.js to compare with: paths of their programs, separated as in PATH. */
const otherNodes = (process.env.APICAL_OTHER_NODES ?? '').split(path.delimiter).filter(Boolean);

if (otherNodes.length === 0) {
  console.warn('Skipped: the comparison with other versions of Node.js. Name their programs in APICAL_OTHER_NODES.');
}

let expected: Record<string, string>;
let bundle: string;

beforeAll(async () => {
  expected = await digests();
  const output = (await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: new URL('scenario.ts', import.meta.url).pathname, formats: ['es'] },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput[];
  bundle = output[0]?.output[0].code ?? '';
}, 60_000);

test('the scenario has different results for different networks', () => {
  // Rules that differ elsewhere can be alike in one linear layer.
  const found = Object.entries(expected).flatMap(([name, digest]) => (name.endsWith('of each width') ? [] : [digest]));
  expect(new Set(found).size).toBe(found.length);
});

describe('headless Chromium', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const script = request.url === '/scenario.js';
      response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
      response.end(script ? bundle : '<!doctype html><title>scenario</title>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.close();
  });

  test.skipIf(!browser)('has the same bits', async () => {
    const instance = await launchBrowser();
    try {
      const page = await instance.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      const found = await page.evaluate(`import('/scenario.js').then(({ digests }) => digests())`);
      expect(found).toEqual(expected);
    } finally {
      await instance.close();
    }
  });
});

describe('another process', () => {
  let folder: string;
  let script: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'apical-'));
    script = path.join(folder, 'scenario.mjs');
    await writeFile(script, `${bundle}\nconsole.log(JSON.stringify(await digests()));\n`);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  async function output(node: string, options: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(node, [...options, script], { maxBuffer: 2 ** 28 });
    return stdout;
  }
  async function digestsIn(node: string, options: readonly string[] = []): Promise<unknown> {
    return JSON.parse(await output(node, options));
  }

  test.skipIf(!canJoin).each([
    { options: joined, when: 'at once' },
    { options: joinedSoon, when: 'after some calls' },
  ])('has the same bits where V8 joins pairs of instructions, $when', async ({ options }) => {
    expect(await digestsIn(process.execPath, options)).toEqual(expected);
  });

  test.skipIf(!canJoin)('compiles all kernels, joining pairs of instructions', async () => {
    for (const { kernelBinary } of [plain, fused]) {
      const file = path.join(folder, 'kernels.wasm');
      await writeFile(file, gunzipSync(Buffer.from(kernelBinary, 'base64')));
      const compile = `new WebAssembly.Module(fs.readFileSync(${JSON.stringify(file)})); console.log('compiled')`;
      const { stdout } = await promisify(execFile)(process.execPath, [
        ...joined,
        '--no-wasm-lazy-compilation',
        '-e',
        compile,
      ]);
      expect(stdout).toBe('compiled\n');
    }
  });

  test.skipIf(!canJoin)('joins pairs: of stores, and of the sums that loops carry', async () => {
    const trace = await output(process.execPath, [...joined, '--trace-wasm-revectorize']);
    expect(trace).toContain('Added a vector of stores');
    expect(trace).toContain('Added a vector of phi nodes');
  });

  test.skipIf(process.arch !== 'x64')('is refused fused products where the processor has none', async () => {
    await expect(output(process.execPath, ['--no-enable-fma3'])).rejects.toThrow('InputError: fused: this engine');
  });

  test.skipIf(otherNodes.length === 0)('of another version of Node.js has the same bits', async () => {
    for (const node of otherNodes) expect(await digestsIn(node), node).toEqual(expected);
  });
});
