import { misfitsOf, rules } from '@apical/core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browser } from '../../core/test/browser.ts';
import { ruleLook } from '../src/page/views/rule-look.ts';
import { digestOf, learnTo, objectiveOf, reach, samplesSeen, stand, useLab } from './page.ts';
import { violations } from './violations.ts';

/** The headings of the networks that are shown. */
const shown = (page: Page) => page.locator('article.network h2').allInnerTexts();

describe.skipIf(!browser)('rules and networks in the page', { timeout: 240_000 }, () => {
  const open = useLab();

  test('all rules can be chosen, by title and year; those that can have one network learn side by side, each in its colour', async () => {
    const page = await open();
    const list = page.getByRole('group', { name: 'Rules' });
    const alike = rules.filter((rule) => misfitsOf(rule, { hidden: 1, activation: 'linear' }).length === 0);
    for (const { title, year } of alike) {
      const box = list.getByRole('checkbox', { name: `${title} ${year}`, exact: true });
      if (!(await box.isChecked())) await box.click();
      await expect.poll(() => shown(page), { timeout: 60_000 }).toContain(title);
      await stand(page);
    }
    expect(await shown(page)).toEqual(alike.map(({ title }) => title));
    await learnTo(page, 200);
    for (const { name } of alike) expect(await objectiveOf(page, name)).toBeGreaterThan(0);
    expect(await violations(page)).toEqual([]);
    const borders = await page
      .locator('article.network')
      .evaluateAll((panels) => panels.map((panel) => getComputedStyle(panel).borderTopColor));
    expect(new Set(borders).size).toBe(new Set(alike.map(({ name }) => ruleLook(name).light)).size);
    await page.close();
  });

  test('rules that predict nothing are seen by what they find: subspaces, spectra beside their optimum, components as images', async () => {
    const page = await open('?rules=similarity-matching%20adaptive-soft&hidden=3&adaptive-soft.parameters.alpha=0.02', {
      viewport: { width: 1280, height: 800 },
    });
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
    await page.close();
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
    await page.close();
    const named = await open('?rules=burstprop');
    await stand(named);
    expect(await shown(named)).toEqual(['Burstprop']);
    await named.close();
  });

  test('a rule that cannot have a network is left out with a word why, and can be chosen again where it can', async () => {
    const page = await open();
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
    await page.close();
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
    const again = await open(address);
    await reach(again, 10_064);
    expect(await digestOf(again, 'backprop')).toBe(digest);
    for (const each of [page, again]) await each.close();
  });

  test('a parameter of a rule has a field that says what it is, and acts from the beginning', async () => {
    const page = await open('?rules=sign-symmetry&hidden=4');
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
    await page.close();
  });

  test.each([1440, 390])('a network of three hidden layers fits, in a window %i pixels wide', async (width) => {
    const query = '?rules=backprop direct-feedback-alignment&hidden=24,16,12&activation=relu&output=softmax&batch=32';
    const page = await open(query, { viewport: { width, height: 844 } });
    await learnTo(page, 320);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(await violations(page)).toEqual([]);
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
    await page.close();
  });
});
