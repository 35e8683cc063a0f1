import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apical } from './apical.ts';

const page = readFileSync(new URL('../../../docs/settings.md', import.meta.url), 'utf8');

test('docs/settings.md names every option of apical train', async () => {
  const { stdout } = await apical('train', '--help');
  const [options = ''] = /Options:[\s\S]*?Global Options:/.exec(stdout) ?? [];
  const names = [...options.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, name = '']) => name);
  expect(names).toContain('--rate');
  expect(names.filter((name) => !page.includes(`\`${name}`))).toEqual([]);
});
