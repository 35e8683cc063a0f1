import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withTemporaryFolder } from '../src/temporary-folder.ts';

test('a folder is there while work lasts, and no longer, also where it fails', async () => {
  let folder = '';
  const work = withTemporaryFolder(async (given) => {
    folder = given;
    expect(existsSync(folder)).toBe(true);
    throw new Error('enough');
  });
  await expect(work).rejects.toThrow('enough');
  expect(existsSync(folder)).toBe(false);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('a process that %s ends leaves no folder, and exits with code %i', async (signal, code) => {
  const module = new URL('../src/temporary-folder.ts', import.meta.url).href;
  const program = `import { withTemporaryFolder } from ${JSON.stringify(module)};
    await withTemporaryFolder((folder) => { console.log(folder); return new Promise(() => setTimeout(() => {}, 1e6)); });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [text] = await once(child.stdout, 'data');
  const folder = `${text}`.trim();
  expect(existsSync(folder)).toBe(true);
  child.kill(signal);
  const [exitCode] = await once(child, 'exit');
  expect(exitCode).toBe(code);
  expect(existsSync(folder)).toBe(false);
});
