import { defineConfig } from 'vitest/config';

/** Tests of a package, or of the benchmark. Workers are shared by the files of one project only. */
const project = (name: string, include: readonly string[]) => ({
  extends: true as const,
  test: {
    name,
    include: include.map((folder) => `${folder}/**/*.test.ts`),
    // Files that leave nothing behind share a worker, and with it what they import. Those of the laboratory have servers and browsers.
    isolate: name === 'lab',
  },
});

export default defineConfig({
  test: {
    testTimeout: 60_000,
    // Most of the time, the tests that take long wait for processes and browsers.
    maxWorkers: '100%',
    projects: [
      project('bench', ['bench/test']),
      ...['cli', 'core', 'data', 'experiments', 'lab'].map((name) =>
        project(name, [`packages/${name}/src`, `packages/${name}/test`]),
      ),
    ],
  },
});
