import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { exampleResults } from '../../../test/support/figure-3-results.ts';
import { assertWellFormed } from '../../../test/support/well-formed.ts';
import type { Figure3Results } from '../../figure-3/results.ts';
import { figurePage } from './figure-page.ts';
import { panelsOf } from './panels.ts';

function parsed(results: Figure3Results): Document {
  const page = figurePage(results);
  assertWellFormed(page, ['meta', 'col']);
  expect(page).not.toMatch(/undefined|NaN|\[object/);
  return parseHTML(page).document;
}

const texts = (elements: Iterable<Element>) => [...elements].map((element) => element.textContent ?? '');

test('each panel’s table has a row a step, with our values, the paper’s and the verdicts in words', () => {
  const results = exampleResults();
  const tables = [...parsed(results).querySelectorAll('table.curves')];
  const panels = panelsOf(results);
  expect(tables).toHaveLength(panels.length);
  for (const [index, { panel }] of panels.entries()) {
    const rows = [...tables[index]!.querySelectorAll('tbody tr')].map((row) => texts(row.children));
    const value = (curve: { mean: number[]; sd: number[] }, step: number) =>
      `${curve.mean[step]!.toFixed(4)} ± ${curve.sd[step]!.toFixed(4)}`;
    expect(rows).toEqual(
      panel.steps.map((step, row) => [
        (step + 1).toLocaleString('en-US'),
        value(panel.bmvr, row),
        value(panel.paper.bmvr, row),
        panel.verdicts.bmvr[row],
        value(panel.backprop, row),
        value(panel.paper.backprop, row),
        panel.verdicts.backprop[row],
      ]),
    );
  }
});

test('the summary counts the final values that agree and names those that do not', () => {
  const summary = parsed(exampleResults()).querySelector('.summary')?.textContent ?? '';
  expect(summary).toContain('3 of 4 values agree');
  expect(summary).toMatch(/backprop on CIFAR-10 \(0\.77\d\d/);
  expect(summary).toContain('Of all 44 points along the curves, 27 agree, 5 differ, and 12 say nothing');
  expect(summary).not.toContain('Not at the printed setting');
});

test('a last step that is uninformative does not count as agreement', () => {
  const results = exampleResults();
  results.panels.mnist!.verdicts.bmvr[10] = 'uninformative';
  expect(parsed(results).querySelector('.summary')?.textContent).toContain('2 of 4 values agree');
});

test('settings that are not the printed ones and runs that diverged are told in the summary and beside the numbers', () => {
  const results = exampleResults();
  Object.assign(results.panels['cifar-10']!.bmvr, {
    note: 'the printed rate 0.01 diverged; 0.005 was used',
    diverged: [{ seed: 3, sample: 1234 }],
    weightsSha256: ['c'.repeat(64), 'd'.repeat(64), null],
  });
  const document = parsed(results);
  expect(document.querySelector('.summary')?.textContent).toContain('Not at the printed setting: BMVR on CIFAR-10');
  expect(document.querySelector('.summary')?.textContent).toContain('Runs diverged: BMVR on CIFAR-10');
  expect(texts(document.querySelectorAll('.note'))).toEqual([
    'BMVR, not the printed setting: the printed rate 0.01 diverged; 0.005 was used',
    'BMVR: 1 of 3 runs diverged: seed 3 at sample 1,234',
  ]);
});

test('every setting, checksum and fact about the machine is on the page', () => {
  const results = exampleResults();
  const text = parsed(results).querySelector('main')?.textContent ?? '';
  for (const { panel } of panelsOf(results)) {
    for (const { config, weightsSha256, seeds } of [panel.bmvr, panel.backprop]) {
      for (const { eta0, t0 } of Object.values(config.rates)) {
        expect(text).toContain(t0 === undefined ? `η = ${eta0}` : `η0 = ${eta0}, t0 = ${t0.toLocaleString('en-US')}`);
      }
      for (const hash of weightsSha256) expect(text).toContain(hash);
      expect(text).toContain(seeds.join(', '));
    }
    for (const [file, hash] of Object.entries(panel.data.sha256)) expect(text).toContain(file + hash);
    expect(text).toContain(panel.optimum.toFixed(5));
  }
  expect(text).toContain('0.125 × identity');
  const { version, provenance } = results;
  for (const fact of [version, provenance.node, provenance.platform, provenance.cpu, provenance.created, '2 h 3 min']) {
    expect(text).toContain(fact);
  }
  expect(text).toContain('apical reproduce figure-3 --panel mnist,cifar-10 --runs 3 --seed 1');
});

test('it can be read without seeing it: language, one h1, headings in order, scopes, captions, names of drawings', () => {
  const document = parsed(exampleResults());
  expect(document.documentElement.getAttribute('lang')).toBe('en');
  const levels = [...document.querySelectorAll('h1, h2, h3, h4')].map(({ tagName }) => Number(tagName.slice(1)));
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
  for (const table of document.querySelectorAll('table')) {
    expect(table.querySelector('caption')?.textContent).toBeTruthy();
    for (const header of table.querySelectorAll('th')) {
      expect(['col', 'colgroup', 'row']).toContain(header.getAttribute('scope'));
    }
  }
  for (const svg of document.querySelectorAll('svg')) {
    expect(svg.getAttribute('aria-hidden') === 'true' || Boolean(svg.getAttribute('aria-label'))).toBe(true);
  }
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const region of document.querySelectorAll('[aria-labelledby]')) {
    expect(ids).toContain(region.getAttribute('aria-labelledby'));
  }
});

test('it needs no network: nothing is loaded, and only links lead away', () => {
  const document = parsed(exampleResults());
  expect(document.querySelectorAll('script, link, img, iframe, object, embed, use, image')).toHaveLength(0);
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      expect(value).not.toMatch(/url\(/);
      if (/^(src|srcset|data|poster|action|href|xlink:href)$/.test(name)) expect(element.tagName).toBe('A');
      if (/https?:/.test(value)) expect([element.tagName, name]).toEqual(['A', 'href']);
    }
  }
  expect(document.querySelector('style')?.textContent).not.toMatch(/url\(|@import|https?:/);
});

test('hostile strings are text', () => {
  const hostile = '</style></td><script>alert(1)</script><img src="x" onerror=\'alert(1)\'>&amp;';
  const results = exampleResults();
  const panel = results.panels.mnist!;
  panel.title = hostile;
  panel.bmvr.note = hostile;
  panel.data.set = hostile;
  panel.data.sha256 = { [hostile]: hostile };
  panel.bmvr.config.rule = hostile;
  panel.bmvr.config.rates = { [hostile]: { eta0: 1 } };
  Object.assign(results.provenance, { node: hostile, platform: hostile, cpu: hostile, created: hostile });
  results.version = hostile;
  const document = parsed(results);
  expect(document.querySelectorAll('script, img')).toHaveLength(0);
  expect(document.querySelector('.note')?.textContent).toContain(hostile);
  expect(texts(document.querySelectorAll('dd')).filter((text) => text === hostile)).toHaveLength(5);
});
