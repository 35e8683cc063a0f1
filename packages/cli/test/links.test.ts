import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = new URL('../../../', import.meta.url).pathname;
const documents = globSync(['*.md', 'docs/**/*.md', 'packages/*/README.md', 'bench/*.md'], { cwd: root });

/** Where links of a document lead, but for those to other sites, and what stands in code. */
function linksOf(text: string): string[] {
  const prose = text.replaceAll(/```.*?```/gs, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!).filter((link) => !/^[a-z]+:/.test(link));
}

/** The name that GitHub gives a heading in addresses. */
function anchorsOf(text: string): string[] {
  const headings = [...text.replaceAll(/```.*?```/gs, '').matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test.each(documents)('%s: links lead to files and headings that are there', (document) => {
  const text = readFileSync(path.join(root, document), 'utf8');
  for (const link of linksOf(text)) {
    const [file, anchor] = link.split('#') as [string, string?];
    const target = file ? path.join(root, path.dirname(document), file) : path.join(root, document);
    expect(existsSync(target), link).toBe(true);
    if (anchor && target.endsWith('.md')) expect(anchorsOf(readFileSync(target, 'utf8')), link).toContain(anchor);
  }
});
