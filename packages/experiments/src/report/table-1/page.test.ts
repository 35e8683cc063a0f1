import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { exampleTable1 } from '../../../test/support/table-1-results.ts';
import { assertWellFormed } from '../../../test/support/well-formed.ts';
import type { Table1 } from '../../table-1/reproduce.ts';
import { figureDocument } from '../figure-document.ts';
import { table1Figure } from './charts.ts';
import { table1Csv } from './csv.ts';
import { table1Page } from './page.ts';
import { formatTable1 } from './text.ts';

function parsed(table: Table1): Document {
  const page = table1Page(table);
  assertWellFormed(page, ['meta', 'img']);
  expect(page).not.toMatch(/undefined|NaN|\[object/);
  return parseHTML(page).document;
}

const texts = (elements: Iterable<Element>) => [...elements].map((element) => (element.textContent ?? '').trim());

test('the table has ours beside the paper’s, and says what is below the goal', () => {
  const document = parsed(exampleTable1());
  const rows = [...document.querySelectorAll('table.results tbody tr')].map((row) => texts(row.children));
  expect(rows.map(([label, , , , paper]) => [label, paper])).toEqual([
    ['BMVR, k = 64', '93.6'],
    ['backprop, k = 64', '94.0'],
    ['BMVR, k = 256', '95.2'],
    ['backprop, k = 256', '95.5'],
  ]);
  expect(rows[0]?.[3]).toBe('96.03 ± 0.01 ✓');
  expect(rows[2]?.[3]).toBe('95.03 ± 0.01 below 95.4');
  expect(rows[0]?.slice(6)).toEqual(['300', '3']);
  expect(document.querySelector('.summary')?.textContent).toContain('7 of 8 means reach what the table needs');
  expect(document.querySelectorAll('.warning')).toHaveLength(0);
});

test('a quick look says on top that it is not the table', () => {
  const table = exampleTable1();
  const quick = { ...table, results: { ...table.results, quick: true, verdicts: [] } };
  expect(parsed(quick).querySelector('.warning')?.textContent).toMatch(/^This is not Table 1\./);
  expect(formatTable1(quick.results)).toContain('THIS IS NOT THE TABLE');
  expect(formatTable1(table.results)).not.toContain('NOT');
});

test('confusion matrices, weights, settings with their reasons, sums and the command are there', () => {
  const document = parsed(exampleTable1());
  expect(document.querySelectorAll('table.confusion')).toHaveLength(4);
  expect(texts(document.querySelectorAll('table.confusion tbody tr')[1]?.children ?? [])).toEqual([
    ...['1', '1', '900', '3', '4', '5', '6', '7', '8', '9', '10'],
    '94.4 %',
  ]);
  const images = [...document.querySelectorAll('img')];
  expect(images).toHaveLength(2);
  for (const image of images) {
    expect(image.getAttribute('src')).toMatch(/^data:image\/png;base64,/);
    expect(image.getAttribute('alt')).toContain('k = 64: the rows of W1 as images');
  }
  const text = document.querySelector('main')?.textContent ?? '';
  for (const part of ['reason of bmvr', 'reason of backprop', 'a1'.repeat(32), '3d'.repeat(32), '0.0002']) {
    expect(text).toContain(part);
  }
  expect(text).toContain('apical reproduce table-1 --hidden 64,256 --settings paper --seeds 3 --seed 1');
});

test('it can be read without seeing it, and needs nothing from elsewhere', () => {
  const document = parsed(exampleTable1());
  const levels = [...document.querySelectorAll('h1, h2, h3, h4')].map(({ tagName }) => Number(tagName.slice(1)));
  for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const table of document.querySelectorAll('table'))
    expect(table.querySelector('caption')?.textContent).toBeTruthy();
  for (const svg of document.querySelectorAll('svg')) {
    expect(svg.getAttribute('aria-hidden') === 'true' || Boolean(svg.getAttribute('aria-label'))).toBe(true);
  }
  expect(document.querySelectorAll('script, link, iframe, object, embed, use, image')).toHaveLength(0);
  for (const element of document.querySelectorAll('[src]')) expect(element.getAttribute('src')).toMatch(/^data:/);
});

test('a method without a run, and best settings, have their places', () => {
  const table = exampleTable1();
  delete table.results.widths['256']?.bmvr;
  table.results.best = { '64': table.results.widths['64'] ?? {} };
  const document = parsed(table);
  expect(document.querySelectorAll('#accuracies ~ thead ~ tbody tr, table.results tbody tr')).toHaveLength(3 + 2);
  expect(document.querySelector('main')?.textContent).toContain('the best settings found');
  expect(
    formatTable1(table.results)
      .split('\n')
      .filter((line) => /best settings/.test(line)),
  ).toHaveLength(2);
});

test('the figure stands alone, with a curve a method and the paper’s figure as a line', () => {
  const svg = figureDocument(table1Figure(exampleTable1().results));
  assertWellFormed(svg);
  const { document } = parseHTML(svg.replace(/^<\?xml.*\n/, ''));
  const panels = [...document.querySelectorAll('.panel')];
  expect(panels).toHaveLength(4);
  for (const panel of panels) {
    for (const method of ['bmvr', 'backprop']) {
      expect(panel.querySelectorAll(`.mean.${method} > path`)).toHaveLength(1);
      expect(panel.querySelectorAll(`.reference.${method} > *`)).toHaveLength(1);
    }
  }
  expect(svg).not.toMatch(/url\(|href|<style|<script|NaN|undefined/);
});

test('the values as CSV: each reading of each run, with all its digits', () => {
  const { results } = exampleTable1();
  const [head, ...rows] = table1Csv(results)
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  expect(head).toEqual(['settings', 'hidden', 'method', 'seed', 'samples_seen', 'measured', 'value']);
  const points = Object.values(results.widths).flatMap((column) => Object.values(column));
  expect(rows).toHaveLength(points.reduce((sum, { runs }) => sum + 3 * 4 * runs.samples.length, 0));
  const last = rows.findLast(([, hidden, method, seed]) => `${hidden} ${method} ${seed}` === '64 bmvr 2');
  expect(Number(last?.at(-1))).toBe(results.widths['64']?.bmvr?.runs.curves['accuracy.test50k']?.runs[1]?.at(-1));
});
