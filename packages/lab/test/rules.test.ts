import { misfitsOf, rules, sampleRules } from '@apical/core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { apical } from '../../cli/test/apical.ts';
import { browser } from '../../core/test/browser.ts';
import { ruleLook } from '../src/page/views/rule-look.ts';
import { digestOf, learnTo, reach, samplesSeen, small, stand, useLab } from './page.ts';
import { violations } from './violations.ts';

/** The headings of the networks that are shown. */
const shown = (page: Page) => page.locator('article.network h2').allInnerTexts();

describe.skipIf(!browser)('rules and networks in the page', { timeout: 240_000 }, () => {
  const open = useLab();

  test('all rules can be chosen, by title and year; those that can have one network learn side by side, each in its colour', async () => {
    const page = await open();
    const list = page.getByRole('group', { name: 'Rules' });
    const named = await list
      .getByRole('checkbox')
      .evaluateAll((boxes) => boxes.map((box) => box.parentElement?.innerText));
    for (const [i, { title, year }] of sampleRules.entries())
      expect(named[i]).toMatch(new RegExp(`^${title}\\s+${year}`));
    const [first] = rules.filter(({ name }) => name !== 'bmvr' && name !== 'backprop');
    await list.getByRole('checkbox', { name: `${first!.title} ${first!.year}`, exact: true }).click();
    await expect.poll(() => shown(page), { timeout: 60_000 }).toEqual(['BMVR', 'Backprop', first!.title]);
    const possible = rules.filter((rule) => misfitsOf(rule, { hidden: 1, activation: 'linear' }).length === 0);
    const alike = possible.slice(0, 6);
    await open(`${small}&rules=${alike.map(({ name }) => name).join(' ')}`);
    expect(await shown(page)).toEqual(alike.map(({ title }) => title));
    await learnTo(page, 50);
    const objectives = await page.getByTestId(/^objective-/).allInnerTexts();
    expect(objectives.map((text) => Number(text) > 0)).toEqual(alike.map(() => true));
    expect(await violations(page)).toEqual([]);
    const borders = await page
      .locator('article.network')
      .evaluateAll((panels) => panels.map((panel) => getComputedStyle(panel).borderTopColor));
    expect(new Set(borders).size).toBe(new Set(alike.map(({ name }) => ruleLook(name).light)).size);
  });

  test('rules that predict nothing are seen by what they find: subspaces, spectra beside their optimum, components as images', async () => {
    const page = await open(
      '?rules=similarity-matching%20adaptive-soft&set=digits&split=train&hidden=3&adaptive-soft.parameters.alpha=0.02',
      {
        viewport: { width: 1280, height: 800 },
      },
    );
    expect(await page.getByRole('button', { name: 'Accuracy', exact: true }).isDisabled()).toBe(true);
    expect(await page.locator('.scores').count()).toBe(0);
    await page.getByRole('button', { name: 'Subspace', exact: true }).click();
    for (const rule of ['similarity-matching', 'adaptive-soft']) {
      const bars = page.getByTestId(`spectrum-${rule}`).locator('li');
      await expect.poll(() => bars.count(), { timeout: 120_000 }).toBe(3);
      expect(await bars.first().getAttribute('title')).toMatch(/^1: \d.*, optimum 0\.\d/);
    }
    await page.getByRole('img', { name: 'W: 3 rows as images' }).first().waitFor();
    await learnTo(page, 100);
    const plot = page.locator('figure.plot');
    expect(await plot.getAttribute('aria-label')).toContain('Similarity matching');
    expect(await violations(page)).toEqual([]);
  });

  test('a rule that needs other units gives them to all networks; an address that names it alone begins with them', async () => {
    const page = await open();
    await page.getByRole('checkbox', { name: 'Burstprop 2021', exact: true }).click();
    await page
      .getByRole('status')
      .getByText('Left out: BMVR: output must be linear in bmvr, not sigmoid')
      .waitFor({ timeout: 60_000 });
    await expect.poll(() => shown(page), { timeout: 60_000 }).toEqual(['Backprop', 'Burstprop']);
    await stand(page);
    const settings = () =>
      Promise.all(['Activation', 'Outputs', 'Loss', 'Labels'].map((label) => page.getByLabel(label).inputValue()));
    expect(await settings()).toEqual(['sigmoid', 'sigmoid', 'squared', 'one-hot']);
    await learnTo(page, 100);
    await open('?rules=burstprop');
    expect(await shown(page)).toEqual(['Burstprop']);
  });

  test('a rule that cannot have a network is left out with a word why, and can be chosen again where it can', async () => {
    const page = await open(small);
    const digest = await digestOf(page, 'bmvr');
    const field = page.getByLabel('Hidden units k');
    await field.fill('8,6');
    await field.press('Enter');
    await page
      .getByRole('status')
      .getByText('Left out: BMVR: hidden must be one number: bmvr has one hidden layer, not 2')
      .waitFor();
    await stand(page);
    expect(await shown(page)).toEqual(['Backprop']);
    const box = page.getByRole('checkbox', { name: /^BMVR/ });
    expect(await box.isDisabled()).toBe(true);
    await page.goBack();
    await stand(page);
    expect(await digestOf(page, 'bmvr')).toBe(digest);
    await page.getByLabel('Hidden units k').fill('1');
  });

  test('outputs, batches and optimisers are chosen; rounds end with batches; the address holds all of it', async () => {
    const page = await open('?rules=backprop');
    await page.getByLabel('Outputs').selectOption('softmax');
    await expect.poll(() => page.getByLabel('Labels').inputValue(), { timeout: 60_000 }).toBe('one-hot');
    await stand(page);
    await page.getByLabel('Samples in a batch').fill('64');
    await page.getByLabel('Samples in a batch').press('Enter');
    await page.getByRole('button', { name: '+1 batch' }).waitFor();
    await stand(page);
    await page.getByLabel('Optimiser').selectOption('momentum');
    await page.getByLabel('momentum', { exact: true }).waitFor();
    await stand(page);
    await page.getByRole('button', { name: '+1 batch' }).click();
    await reach(page, 64);
    await learnTo(page, 9990, 10_000);
    await page.getByRole('button', { name: '+1 batch' }).click();
    await reach(page, 10_064);
    expect(await page.getByText('cross-entropy', { exact: true }).count()).toBeGreaterThan(0);
    const [address, digest] = [new URL(page.url()).search, await digestOf(page, 'backprop')];
    await open(address);
    await reach(page, 10_064);
    expect(await digestOf(page, 'backprop')).toBe(digest);
  });

  test('a parameter of a rule has a field that says what it is, and acts from the beginning', async () => {
    const page = await open(`${small}&rules=sign-symmetry&hidden=4`);
    await learnTo(page, 30);
    const digest = await digestOf(page, 'sign-symmetry');
    const field = page.getByLabel('magnitudes');
    const description = await field.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${description}"]`).innerText()).toContain('magnitudes of the feedback weights');
    await field.selectOption('fixed');
    await reach(page, 0);
    await learnTo(page, 30);
    expect(await digestOf(page, 'sign-symmetry')).not.toBe(digest);
    expect(page.url()).toContain('sign-symmetry.parameters.magnitudes=fixed');
    expect(await samplesSeen(page)).toBe(30);
  });

  test('a network of three hidden layers fits, in a wide window and in a narrow one', async () => {
    const query = '?rules=backprop direct-feedback-alignment&hidden=24,16,12&activation=relu&output=softmax&batch=32';
    const page = await open(query);
    await learnTo(page, 320);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await violations(page)).toEqual([]);
    }
    const circuit = page.getByRole('region', { name: 'Circuit of Direct feedback alignment' });
    await circuit.getByRole('button', { name: 'B1' }).click();
    await circuit
      .locator('.readout')
      .getByText(/‖B1‖ a cell: \(\d/)
      .waitFor();
    await circuit.getByRole('button', { name: 'h2' }).click();
    await circuit
      .locator('.readout')
      .getByText(/activity of the hidden units/)
      .waitFor();
    await page.getByLabel('Map of W3, 12 by 16').first().waitFor();
  });

  test('two views that are generated are learned by rules of two views, and by others as numbers', async () => {
    const page = await open(
      '?rules=bio-cca bio-cca-adaptive backprop&hidden=2&backprop.rates.W1=1e-4&backprop.rates.W2=1e-4&set=synthetic:two-views?samples=400&split=train',
    );
    const digests: string[] = [];
    for (const rule of ['bio-cca', 'bio-cca-adaptive', 'backprop']) digests.push(await digestOf(page, rule));
    await page.getByRole('button', { name: 'Correlations', exact: true }).click();
    await learnTo(page, 100);
    const words = page.getByRole('figure', { name: /Bio-CCA, first view: .* Bio-CCA, second view: /s });
    await words.waitFor();
    expect(digests).not.toContain(await digestOf(page, 'bio-cca'));
    expect(await page.getByRole('button', { name: 'Accuracy', exact: true }).isDisabled()).toBe(true);
    expect(await page.locator('.scores').count()).toBe(0);
    expect(await page.getByTestId('command-bio-cca').innerText()).toContain("--data 'synthetic:two-views?samples=400'");
  });

  test('tables that come with apical are chosen as images are, and learned as by the command', async () => {
    const page = await open();
    await page.getByRole('combobox', { name: 'Data set' }).selectOption({ label: 'iris: flowers of three species' });
    await page.getByText(/no\. \d+: (setosa|versicolor|virginica)/).waitFor();
    await stand(page);
    await learnTo(page, 300);
    const line = await page.getByTestId('command-bmvr').innerText();
    const { stdout } = await apical(...line.split(' ').slice(1), '--json', '--quiet');
    expect(JSON.parse(stdout).weightsSha256, line).toBe(await digestOf(page, 'bmvr'));
  });
});
