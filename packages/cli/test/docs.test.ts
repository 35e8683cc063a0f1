import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ruleNames } from '@apical/core';
import { expect, test } from 'vitest';
import { apical, temporaryFolder } from './apical.ts';

// `npm run docs:update` writes what these tests compare.
const folder = fileURLToPath(new URL('../../../docs/rules', import.meta.url));

test('every rule has its page', () => {
  const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
  expect(pages.toSorted()).toEqual(ruleNames.map((name) => `${name}.md`).toSorted());
});

test.each(ruleNames)('the page of %s shows what the program prints now', async (rule) => {
  const path = join(folder, `${rule}.md`);
  const page = readFileSync(path, 'utf8');
  const blocks = [...page.matchAll(/(<!-- output of: apical (.*?) -->\n)[\s\S]*?(<!-- end -->)/g)];
  expect(blocks.length).toBeGreaterThan(0);
  let current = page;
  for (const [block, start = '', command = '', end = ''] of blocks) {
    const { code, stdout } = await apical(...command.split(' '));
    expect(code).toBe(0);
    current = current.replace(block, () => `${start}\n\`\`\`text\n${stdout}\`\`\`\n\n${end}`);
  }
  await expect(current).toMatchFileSnapshot(path);
});

test.each(ruleNames)('the pictures on the page of %s are what the program draws now', async (rule) => {
  const page = readFileSync(join(folder, `${rule}.md`), 'utf8');
  const pictures = [...page.matchAll(/!\[.*?\]\((.+?\.svg)\)\n\n`npx apical (circuit .+?) --out \1`/g)];
  expect(pictures.length).toBeGreaterThan(0);
  for (const [, file = '', command = ''] of pictures) {
    const out = join(temporaryFolder(), file);
    expect(await apical(...command.split(' '), '--out', out)).toMatchObject({ code: 0 });
    await expect(readFileSync(out, 'utf8')).toMatchFileSnapshot(join(folder, file));
  }
});
