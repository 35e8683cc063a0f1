import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRuns, parseStudy, runSweep } from '@apical/experiments';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { browser, launchBrowser } from '../../core/test/browser.ts';
import { type ServedLab, serveLab } from '../dist/server/index.js';
import { digestOf, type PageOptions, stand } from './page.ts';
import { RunsFolder } from './runs-folder.ts';
import { violations } from './violations.ts';

const study = `name: rates
base: { samples: 300, evaluateAt: [10, 100] }
axes: { rule: [bmvr, backprop], rates.W1.eta0: [0.003, 0.01, 1e3] }
seeds: 2
`;

/** What comes in takes a second or two. */
const patient = { timeout: 20_000 };

describe.skipIf(!browser)('studies', { timeout: 240_000 }, () => {
  const sweep = mkdtempSync(join(tmpdir(), 'apical-studies-'));
  const live = new RunsFolder();
  const labs: ServedLab[] = [];
  let instance: Browser;
  let context: BrowserContext;
  const complaints: string[] = [];

  beforeAll(async () => {
    await runSweep(parseStudy(study, 'study.yaml'), study, join(sweep, 'rates'), { workers: 2 });
    for (const runs of [sweep, live.path]) labs.push(await serveLab({ runs }));
    instance = await launchBrowser();
    context = await instance.newContext();
  }, 120_000);
  afterAll(async () => {
    await instance.close();
    for (const lab of labs) await lab.close();
    rmSync(sweep, { recursive: true });
    live.remove();
    expect(complaints).toEqual([]);
  });

  async function open(
    lab: ServedLab,
    query = '',
    { viewport = { width: 1440, height: 1000 }, colorScheme = 'light' }: PageOptions = {},
  ): Promise<Page> {
    const page = await context.newPage();
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    page.setDefaultTimeout(60_000);
    page.on('console', (message) => {
      // A server that is not there is what one of the tests is about.
      const isExpected = /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET/.test(
        message.text(),
      );
      if (['error', 'warning'].includes(message.type()) && !isExpected) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${lab.url}#/studies${query}`);
    await page.getByTestId('connection').filter({ hasText: 'live' }).waitFor();
    return page;
  }

  /** The rows in view, a text a cell. */
  const cells = (page: Page) =>
    page
      .locator('.run-table tbody tr[aria-rowindex]')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('td')].map(({ textContent }) => textContent ?? '')),
      );
  const table = (page: Page) => page.getByRole('table', { name: 'Runs' });
  /** The column of a name, its cells from above. */
  async function column(page: Page, title: string): Promise<string[]> {
    const titles = await page.locator('.run-table thead th').allInnerTexts();
    const index = titles.findIndex((each) => each.replace(/ [↑↓]$/, '') === title);
    return (await cells(page)).map((row) => row[index]!);
  }

  test('the runs of a sweep are in the table, with the settings in which they differ and what they came to', async () => {
    const page = await open(labs[0]!);
    await page.getByText('12 runs').waitFor();
    const titles = (await page.locator('.run-table thead th').allInnerTexts()).map((each) =>
      each.replace(/ [↑↓]$/, ''),
    );
    expect(titles).toEqual(expect.arrayContaining(['run', 'status', 'rule', 'rates.W1.eta0', 'seed', 'objective']));
    expect(titles).not.toContain('hidden');
    const finished = findRuns(sweep).filter(({ summary }) => summary?.status === 'finished');
    expect((await column(page, 'status')).filter((status) => status.includes('finished'))).toHaveLength(
      finished.length,
    );
    await page.close();
  });

  test('sorts by a column, and the other way; what is not there comes last', async () => {
    const page = await open(labs[0]!);
    const heading = table(page).getByRole('columnheader', { name: 'objective' });
    await heading.getByRole('button').click();
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    const numbers = async () =>
      (await column(page, 'objective')).map((text) => (text === '–' ? Number.NaN : Number(text)));
    const up = await numbers();
    const there = up.filter((value) => !Number.isNaN(value));
    expect(there.length).toBeGreaterThan(2);
    expect(up).toEqual([...there.toSorted((a, b) => a - b), ...up.filter(Number.isNaN)]);
    await heading.getByRole('button').click();
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    expect(await numbers()).toEqual([...there.toSorted((a, b) => b - a), ...up.filter(Number.isNaN)]);
    await page.close();
  });

  test('shows only runs for which a condition holds, and says what is wrong with one', async () => {
    const page = await open(labs[0]!);
    const field = page.getByLabel('Only where');
    await field.fill('rule=backprop and rates.W1.eta0<1');
    await page.getByText('4 of 12 runs').waitFor();
    expect(new Set(await column(page, 'rule'))).toEqual(new Set(['backprop']));
    await field.fill('hiden=1');
    await page.getByText('there is no setting "hiden" (did you mean "hidden"?)').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill('rule=bmv');
    await page.getByText('no run has rule=bmv (did you mean "bmvr"?)').waitFor();
    await page.close();
  });

  test('what was sorted, chosen and filtered is taken back by going back', async () => {
    const page = await open(labs[0]!);
    await table(page).waitFor();
    await table(page).getByRole('button', { name: 'objective' }).click();
    const box = page.getByRole('checkbox').first();
    await box.click();
    await page.getByLabel('Only where').pressSequentially('seed=1');
    await page.getByText('6 of 12 runs').waitFor();
    await page.goBack();
    await page.getByText('12 runs', { exact: true }).waitFor();
    expect(await page.getByLabel('Only where').inputValue()).toBe('');
    expect(await box.isChecked()).toBe(true);
    await page.goBack();
    await expect.poll(() => box.isChecked(), patient).toBe(false);
    await page.goBack();
    const sorted = () => table(page).getByRole('columnheader', { name: 'objective' }).getAttribute('aria-sort');
    await expect.poll(sorted, patient).toBe('none');
    await page.close();
  });

  test('draws the curves of runs that are chosen by keyboard; the address holds all of it', async () => {
    const page = await open(labs[0]!, '?sort=objective&where=status%3Dfinished');
    await table(page).waitFor();
    await page.locator('.run-table tbody input[tabindex="0"]').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.chosen li').nth(1).waitFor();
    expect(await page.locator('.run-table tbody input:checked').count()).toBe(2);
    await expect.poll(() => page.locator('.u-legend .u-series').count(), patient).toBe(3);
    const names = await page.locator('.chosen strong').allInnerTexts();
    await page.keyboard.press('End');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex')), patient)
      .toBe(await table(page).getAttribute('aria-rowcount'));
    await page.reload();
    await expect.poll(() => page.locator('.chosen strong').allInnerTexts(), patient).toEqual(names);
    await expect.poll(() => page.locator('.u-legend .u-series').count(), patient).toBe(3);
    expect(await page.getByLabel('Only where').inputValue()).toBe('status=finished');
    await page.close();
  });

  test('ranks settings by the mean over seeds, and draws the curves of one', async () => {
    const page = await open(labs[0]!);
    const best = page.getByRole('region', { name: 'Best settings' });
    const first = best.locator('tbody tr').first();
    const values = new Map<string, number[]>();
    for (const { config, summary } of findRuns(sweep)) {
      const group = `${config.rule} ${config.rates.W1?.eta0}`;
      const value = summary?.status === 'finished' ? summary.objective : Number.POSITIVE_INFINITY;
      values.set(group, [...(values.get(group) ?? []), value]);
    }
    const means = [...values.values()].map(([a, b]) => (a! + b!) / 2);
    const words = await first.locator('td').nth(1).innerText();
    expect(words.split(' ± ')[0]).toBe(Math.min(...means).toFixed(6));
    // A condition that leaves seeds out leaves none out here.
    const ranks = await best.locator('tbody tr').allInnerTexts();
    await page.getByLabel('Only where').fill('seed=1 and status=finished');
    await page.getByText('of 12 runs').waitFor();
    expect(await best.locator('tbody tr').allInnerTexts()).toEqual(ranks);
    await first.getByRole('button', { name: 'Curves of rank 1' }).click();
    expect(await page.locator('.chosen li').count()).toBe(2);
    await page.close();
  });

  test('opens a finished run in the laboratory, which learns the same weights', async () => {
    const run = findRuns(sweep).find(
      ({ config, summary }) => config.rule === 'bmvr' && summary?.status === 'finished',
    )!;
    const name = run.directory.slice(sweep.length + 1);
    const page = await open(labs[0]!, `?run=${encodeURIComponent(name)}`);
    await page.getByRole('link', { name: 'Open in the laboratory' }).click();
    await stand(page);
    const { summary } = run;
    await expect
      .poll(() => digestOf(page, 'bmvr'), { timeout: 60_000 })
      .toBe(summary?.status === 'finished' ? summary.weightsSha256 : '');
    await page.getByRole('link', { name: 'Studies' }).click();
    await page.getByText('12 runs').waitFor();
    await page.goBack();
    await stand(page);
    await page.close();
  });

  test('waits for the first run; runs appear, go on and end while one looks, and after the server was away', async () => {
    const page = await open(labs[1]!);
    await page.getByText('They appear here as soon as').waitFor();
    live.begin('first');
    await page.getByText('1 run', { exact: true }).waitFor();
    live.measure('first', 10, 0.9);
    await expect.poll(() => column(page, 'objective'), patient).toEqual(['0.900000']);
    await page.getByRole('checkbox').click();
    await page.locator('.chosen li').waitFor();
    live.measure('first', 100, 0.8);
    await expect.poll(() => column(page, 'objective'), patient).toEqual(['0.800000']);
    live.finish('first', 0.7);
    await expect.poll(() => column(page, 'status'), patient).toEqual(['✓ finished']);
    await expect.poll(() => page.locator('.u-legend .u-value').allInnerTexts(), patient).toEqual(['1,000', '0.700000']);

    const port = Number(new URL(labs[1]!.url).port);
    await labs[1]!.close();
    await page.getByText('reconnecting …').waitFor();
    live.begin('meanwhile', { seed: 2 });
    labs[1] = await serveLab({ runs: live.path, port });
    await page.getByTestId('connection').filter({ hasText: 'live' }).waitFor();
    await page.getByText('2 runs', { exact: true }).waitFor();
    live.begin('after', { seed: 3 });
    await page.getByText('3 runs', { exact: true }).waitFor();
    await page.close();
  });

  test('tables are told apart by their names, and no number is cut', async () => {
    const runs = new RunsFolder();
    onTestFinished(() => runs.remove());
    for (const year of [2024, 2025]) {
      const set = `file:/a/folder/of/tables/${year}/cells.csv`;
      const found = { sha256: String(year).repeat(16), train: 9, inputs: 2 };
      runs.begin(`${year}`, {
        data: { set, split: 'train', inputs: 'raw', labels: 'numbers', table: { target: 'price', found } },
      });
      runs.finish(`${year}`, 256_493.123456);
    }
    const lab = await serveLab({ runs: runs.path });
    onTestFinished(() => lab.close());
    const page = await open(lab);
    await table(page).getByText('256493.123456').first().waitFor();
    expect(await column(page, 'data.set')).toEqual(['2024/cells.csv', '2025/cells.csv']);
    const title = await table(page).getByText('2024/cells.csv').getAttribute('title');
    expect(title).toBe('file:/a/folder/of/tables/2024/cells.csv');
    const cut = await table(page)
      .locator('td')
      .evaluateAll((cells) =>
        cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent),
      );
    expect(cut).toEqual([]);
    await page.close();
  });

  test('of very many runs, the document has those in view', async () => {
    const crowd = new RunsFolder();
    for (let i = 0; i < 1200; i++) crowd.begin(`run-${String(i).padStart(4, '0')}`, { seed: i + 1 });
    const lab = await serveLab({ runs: crowd.path });
    labs.push(lab);
    const page = await open(lab);
    await page.getByText('1,200 runs').waitFor();
    expect(await table(page).getAttribute('aria-rowcount')).toBe('1201');
    expect((await cells(page)).length).toBeLessThan(60);
    await page.locator('.run-table tbody input[tabindex="0"]').focus();
    await page.keyboard.press('End');
    await page.getByText('run-1199', { exact: true }).waitFor();
    expect((await cells(page)).length).toBeLessThan(60);
    await page.getByLabel('Only where').fill('seed=1034');
    await page.getByText('1 of 1,200 runs').waitFor();
    await page.getByText('run-1033', { exact: true }).waitFor();
    await page.close();
    crowd.remove();
  });

  test.each([
    ['light', 1440],
    ['dark', 390],
  ] as const)(
    'has no serious fault of accessibility and fits, in %s colours, %i pixels wide',
    async (colorScheme, width) => {
      const page = await open(labs[0]!, '?sort=-objective', { colorScheme, viewport: { width, height: 844 } });
      await page.getByRole('checkbox').first().click();
      await page.locator('.u-legend').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      await page.close();
    },
  );
});
