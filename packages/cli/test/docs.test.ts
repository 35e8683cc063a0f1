import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allRules, findRule } from '@apical/core';
import { expect, test } from 'vitest';
import { apical, temporaryFolder } from './apical.ts';
import { indexPage, rulePage } from './rule-page.ts';

// `npm run docs:update` writes what these tests compare, and the page of a rule that has none.
const ruleNames = allRules.map(({ name }) => name);
const folder = fileURLToPath(new URL('../../../docs/rules', import.meta.url));

test.each(ruleNames)('the page of %s shows what the program prints and draws now', async (rule) => {
  const path = join(folder, `${rule}.md`);
  const page = rulePage(findRule(rule), read(path));
  const blocks = [...page.matchAll(/(<!-- output of: apical (.*?) -->\n)[\s\S]*?(<!-- end -->)/g)];
  expect(blocks.length).toBeGreaterThan(0);
  let current = page;
  for (const [block, start = '', command = '', end = ''] of blocks) {
    const { code, stdout } = await apical(...command.split(' '));
    expect(code).toBe(0);
    current = current.replace(block, () => `${start}\n\`\`\`text\n${stdout}\`\`\`\n\n${end}`);
  }
  await expect(current).toMatchFileSnapshot(path);

  for (const [file, command] of picturesOf(current)) {
    const out = join(temporaryFolder(), file);
    expect(await apical(...command.split(' '), '--out', out)).toMatchObject({ code: 0 });
    await expect(readFileSync(out, 'utf8')).toMatchFileSnapshot(join(folder, file));
  }
});

test('the list of rules is what the program has now', async () => {
  const path = join(folder, 'README.md');
  await expect(indexPage(allRules, read(path))).toMatchFileSnapshot(path);
});

test('there is no page without a rule, and no picture that no page shows', () => {
  const shown = allRules.flatMap((rule) => picturesOf(rulePage(rule, read(join(folder, `${rule.name}.md`)))));
  const known = ['README.md', ...ruleNames.map((name) => `${name}.md`), ...shown.map(([file]) => file)];
  expect(readdirSync(folder).filter((name) => !known.includes(name))).toEqual([]);
});

/** The pictures of a page, with the commands that draw them. */
function picturesOf(page: string): (readonly [file: string, command: string])[] {
  const found = page.matchAll(/!\[.*?\]\((.+?\.svg)\)\n\n`npx apical (circuit .+?) --out \1`/g);
  return [...found].map(([, file = '', command = '']) => [file, command] as const);
}

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
