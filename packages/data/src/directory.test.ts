import { homedir } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { dataDirectory } from './directory.ts';

afterEach(() => vi.unstubAllEnvs());

test('the explicit folder comes first, then APICAL_DATA, then the cache folder', () => {
  vi.stubEnv('APICAL_DATA', '/from/environment');
  expect(dataDirectory('/explicit')).toBe(resolve('/explicit'));
  expect(dataDirectory()).toBe(resolve('/from/environment'));
  vi.stubEnv('APICAL_DATA', '');
  vi.stubEnv('XDG_CACHE_HOME', '');
  const cache = dataDirectory();
  expect(isAbsolute(cache)).toBe(true);
  expect(cache.startsWith(homedir())).toBe(true);
  expect(cache).toContain('apical');
});

test.runIf(process.platform === 'linux')('the cache folder follows XDG_CACHE_HOME', () => {
  vi.stubEnv('APICAL_DATA', '');
  vi.stubEnv('XDG_CACHE_HOME', '/somewhere/cache');
  expect(dataDirectory()).toBe('/somewhere/cache/apical');
});

test('a relative folder is taken from the current one', () => {
  expect(dataDirectory('data')).toBe(resolve('data'));
});
