import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { dataSetNames } from '@apical/data';
import { expect, onTestFinished, test } from 'vitest';
import { apical, temporaryFolder } from './apical.ts';

test('data list names every data set and what is there of it', async () => {
  const folder = temporaryFolder();
  const [plain, json] = await Promise.all([
    apical('data', 'list', '--data-dir', folder),
    apical('data', 'list', '--data-dir', folder, '--json'),
  ]);
  expect(plain.code).toBe(0);
  for (const name of dataSetNames) expect(plain.stdout).toContain(name);
  expect(plain.stderr).toBe(`data folder: ${folder}\n`);

  const { directory, sets } = JSON.parse(json.stdout);
  expect(directory).toBe(folder);
  expect(sets.map(({ name }: { name: string }) => name)).toEqual(dataSetNames);
  expect(sets[0]).toMatchObject({ name: 'mnist', available: ['test'] });
});

test('data verify confirms what ships with the program, and reports a damaged file', async () => {
  const folder = temporaryFolder();
  const shipped = await apical('data', 'verify', 'mnist', '--data-dir', folder);
  expect(shipped.code).toBe(0);
  expect(shipped.stdout).toContain('mnist/t10k-labels-idx1-ubyte: the official file');
  expect(shipped.stdout).toContain('mnist/train-labels-idx1-ubyte: not there');

  const damaged = join(folder, 'mnist', 't10k-labels-idx1-ubyte');
  mkdirSync(join(folder, 'mnist'));
  writeFileSync(damaged, 'no labels');
  const { code, stdout, stderr } = await apical('data', 'verify', '--data-dir', folder, '--json');
  expect(code).toBe(1);
  expect(stderr).toBe(`apical: damaged: ${damaged}; delete and fetch again\n`);
  const [mnist] = JSON.parse(stdout).sets;
  expect(mnist.files).toContainEqual(expect.objectContaining({ path: damaged, status: 'damaged' }));
});

test('data verify of a data set that is not there fails, and says how to get it', async () => {
  const { code, stderr } = await apical('data', 'verify', 'cifar-10', '--data-dir', temporaryFolder());
  expect(code).toBe(1);
  expect(stderr).toBe('apical: not there: cifar-10; run "apical data fetch cifar-10"\n');
});

test('data fetch of what the server does not have fails in one line', async () => {
  const server = createServer((_request, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const mirror = `http://127.0.0.1:${port}/`;
  const args = ['data', 'fetch', 'mnist', '--quiet', '--mirror', mirror, '--data-dir', temporaryFolder()];
  const { code, stdout, stderr } = await apical(...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^apical: http:.* 404 .*\n$/);
});
