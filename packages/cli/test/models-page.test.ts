import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadImages, writeNpy } from '@apical/data';
import { expect, test } from 'vitest';
import { apical, temporaryFolder } from './apical.ts';

// Runs what docs/models.md shows: its programs as one, its commands, and its Python where that is installed.
const root = fileURLToPath(new URL('../../..', import.meta.url));
const page = readFileSync(join(root, 'docs', 'models.md'), 'utf8');

function blocks(language: string): string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, code = '']) => code);
}

function python(code: string, cwd: string): string | undefined {
  try {
    return execFileSync('/usr/bin/python3', ['-c', code], { cwd, stdio: 'pipe' }).toString();
  } catch (error) {
    if (/ENOENT|ModuleNotFoundError/.test(String(error))) return undefined;
    throw error;
  }
}

test('the programs of the page run, and Python reads what they write', () => {
  const folder = temporaryFolder();
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'page.ts'), blocks('ts').join('\n'));
  const printed = execFileSync(process.execPath, ['page.ts'], { cwd: folder, stdio: 'pipe' }).toString();
  const [accuracy, , streamed, seen] = printed.trim().split('\n');
  expect(Number(accuracy)).toBeGreaterThan(0.8);
  expect([streamed, seen]).toEqual(['2', '30000']);

  const [bySafetensors = '', byNumPy = ''] = blocks('python');
  expect(['(10, 784)\n', undefined]).toContain(python(byNumPy, folder));
  expect(['bmvr 20000 (10, 784) (10, 10)\n', undefined]).toContain(python(bySafetensors, folder));
});

test('the commands of the page run', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'runs'));
  const images = await loadImages({ set: 'mnist', split: 'test' });
  const first = images.pixels.subarray(0, 3 * 784);
  writeFileSync(join(folder, 'pixels.npy'), writeNpy({ shape: [3, 784], data: first }));
  const rows = [0, 1, 2].map((row) => first.subarray(784 * row, 784 * (row + 1)).join(','));
  writeFileSync(join(folder, 'pixels.csv'), `${rows.join('\n')}\n`);
  writeFileSync(join(folder, 'classes.csv'), `class\n${images.classes.subarray(0, 3).join('\n')}\n`);
  for (const line of blocks('sh').flatMap((block) => block.trim().split('\n'))) {
    const [, , ...words] = line.replace(/ #.*/, '').trim().split(/ +/);
    const args = words.map((word) => (/[./]/.test(word) ? join(folder, word) : word));
    const { code, stderr } = await apical(...args, '--quiet');
    expect({ line, code, stderr }).toEqual({ line, code: 0, stderr: '' });
  }
});
