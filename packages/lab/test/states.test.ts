import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browser } from '../../core/test/browser.ts';
import { drop } from './drop.ts';
import { digestOf, learnTo, objectiveOf, reach, samplesSeen, small, stand, useLab } from './page.ts';

/** How the legend of the curves has it. */
const legend = async (page: Page) =>
  (await page.locator('.u-legend').innerText()).replaceAll(/\s+/g, ' ').replaceAll(':', '');
const samplePanel = (page: Page) => page.getByRole('region', { name: 'Next sample' });

describe.skipIf(!browser)('what the page says', { timeout: 240_000 }, () => {
  const open = useLab();

  test('of a network that diverged is no more than that: the other goes on, with its own sample', async () => {
    const page = await open('?bmvr.rates.W1=0.5');
    await page.getByLabel('to sample').fill('300');
    await page.getByRole('button', { name: 'Go', exact: true }).click();
    await expect.poll(() => samplesSeen(page), { timeout: 60_000 }).toBe(300);
    await page.getByText('BMVR diverged: it says nothing any more').waitFor();
    await expect.poll(async () => (await digestOf(page, 'backprop')).length, { timeout: 60_000 }).toBe(64);
    const number = /no\. ([\d,]+)/.exec(await samplePanel(page).innerText())?.[1];
    expect(number).toBeDefined();
    expect(await page.getByRole('img', { name: `Image ${number?.replaceAll(',', '')}` }).count()).toBe(1);
    expect(await samplePanel(page).getByRole('list').count()).toBe(1);
    await page.getByText('It diverged: there is nothing to take away.').waitFor();
    expect(await legend(page)).toContain('BMVR, diverged');
    expect(await page.getByTestId('accuracy-backprop').count()).toBe(1);
    // What is far away leaves the axis, whose numbers stay those of the other curve.
    await page.getByText('✕ diverged').waitFor();
    const box = page.getByLabel('Logarithmic');
    await box.click();
    expect(await box.isChecked()).toBe(true);
    await page.getByRole('figure', { name: /BMVR, diverged: .* after \d; Backprop: 0\.8\d+ after 300/ }).waitFor();
  });

  test('at a pointed-at sample are values of that sample, or of another that it names', async () => {
    const page = await open(small);
    await learnTo(page, 37);
    await page.getByRole('button', { name: 'Keep these curves' }).click();
    await page.getByLabel('Seed', { exact: true }).fill('2');
    await page.getByLabel('Seed', { exact: true }).press('Enter');
    await reach(page, 0);
    await learnTo(page, 5000);
    // The last values: those of the run that was kept are of sample 37, as is said.
    expect(await legend(page)).toMatch(/samples ?5,000 ?BMVR, k = 1, seed 1, [^(]*kept ?[\d.]+ \(at 37\)/);
    const plot = (await page.locator('.u-over').boundingBox())!;
    await page.mouse.move(plot.x + 0.9 * plot.width, plot.y + 50);
    await expect.poll(() => legend(page)).toMatch(/kept ?[\d.]+ \(at 37\)/);
  });

  test('of curves that are kept again is their longer form, once', async () => {
    const page = await open(small);
    const keep = page.getByRole('button', { name: 'Keep these curves' });
    await learnTo(page, 20);
    await keep.click();
    await learnTo(page, 50);
    await page.keyboard.press('k');
    await page.getByRole('button', { name: 'Forget 1 kept' }).waitFor();
    await page.getByRole('button', { name: 'Reset' }).click();
    await reach(page, 0);
    await learnTo(page, 30);
    await keep.click();
    await page.getByRole('button', { name: 'Forget 1 kept' }).waitFor();
    await page.getByLabel('η of W1').first().fill('-2');
    await learnTo(page, 40);
    await keep.click();
    await page.getByRole('button', { name: 'Forget 1 kept' }).waitFor();
    expect((await legend(page)).match(/kept/g)).toHaveLength(2);
  });

  test('of a measure that is opened later begins there, until the same is learned again', async () => {
    const page = await open(small);
    await learnTo(page, 3000);
    const digest = await digestOf(page, 'bmvr');
    await page.getByRole('button', { name: 'Constraint' }).click();
    await page.getByRole('button', { name: 'Learn the same again' }).click();
    await reach(page, 3000);
    expect(await digestOf(page, 'bmvr')).toBe(digest);
    await expect.poll(() => page.getByRole('button', { name: 'Learn the same again' }).count()).toBe(0);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV', exact: true }).click(),
    ]);
    expect(await readFile(await file.path(), 'utf8')).toMatch(/^bmvr,2,constraint\.largest,/m);
  });

  test('of an address with a mistake is what is wrong; it begins with the preset all the same', async () => {
    const page = await open('?preset=figure-3/fashion-mnist&hidden=zwei', { anew: true });
    await page.getByRole('alert').getByText('the address: hidden: "zwei" is no number').waitFor();
    await page.getByRole('alert').getByText('The page begins with Fashion-MNIST, k = 2 instead.').waitFor();
    await learnTo(page, 5);
    expect(page.url()).not.toContain('zwei');
  });

  test('where data cannot be fetched is why; all else stays as it was', async () => {
    const page = await open();
    await learnTo(page, 30);
    const [digest, address] = [await digestOf(page, 'bmvr'), page.url()];
    const images = page.getByRole('combobox', { name: 'Data set' });
    await page.route('**/data/fashion-mnist/*', (route) => route.fulfill({ status: 200, body: 'no images' }));
    await images.selectOption({ label: 'Fashion-MNIST, test images' });
    await page.getByRole('alert').waitFor();
    await stand(page);
    expect(await images.locator('option:checked').innerText()).toBe('MNIST, test images');
    expect(await digestOf(page, 'bmvr')).toBe(digest);
    expect(page.url()).toBe(address);
    await page.getByRole('combobox', { name: 'Experiment of the paper' }).selectOption('figure-3/fashion-mnist');
    await page.getByRole('alert').waitFor();
    await stand(page);
    const preset = page.getByRole('combobox', { name: 'Experiment of the paper' });
    expect(await preset.locator('option:checked').innerText()).toBe('MNIST, k = 1');
    await learnTo(page, 40);
  });

  test('of k is at which rates the networks learn with it, and meanwhile that they are made', async () => {
    const page = await open();
    const said = page.evaluate(
      () =>
        new Promise<string | null>((resolve) => {
          new MutationObserver(() => {
            const words = document.querySelector('.errand')?.textContent ?? '';
            if (words.startsWith('Making')) resolve(words);
          }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
        }),
    );
    await page.getByLabel('Hidden units k').fill('10');
    await page.getByLabel('Hidden units k').press('Enter');
    expect(await said).toBe('Making networks of 10 hidden units …');
    await page.getByRole('status').getByText('Rates follow k: BMVR and Backprop now learn at 0.002').waitFor();
    await reach(page, 0);
    await learnTo(page, 30_000);
    expect(await objectiveOf(page, 'bmvr')).toBeLessThan(0.6);
    expect(page.url()).toContain('bmvr.rates.W1=0.002');
  });

  test('before scores differ is no class', async () => {
    const page = await open(
      '?bmvr.initial.W1=constant:0&bmvr.initial.W2=constant:0&backprop.initial.W1=constant:0&backprop.initial.W2=constant:0',
    );
    await page.getByText('BMVR cannot tell yet').waitFor();
    await page.getByText('Backprop cannot tell yet').waitFor();
  });

  test('of a table of one’s own is how it was read; the target and the header can be chosen', async () => {
    const page = await open();
    const rows = Array.from({ length: 60 }, (_, i) => [3 * ((i * 37) % 20), i / 8, i % 3].join());
    await drop(page, { 'table.csv': rows.join('\n') });
    await page
      .getByRole('status')
      .getByText('60 samples × 2 inputs; column 3: 3 classes (0, 1, 2); no header')
      .waitFor();
    await stand(page);
    const scores = samplePanel(page).getByRole('list').first();
    expect(await scores.getByRole('listitem').count()).toBe(3);
    const choices = page.getByRole('group', { name: 'How the table is read' });
    const target = choices.getByRole('combobox', { name: 'Target' });
    await target.selectOption('column 1');
    await page.getByRole('status').getByText('column 1: 20 classes').waitFor();
    await target.selectOption('column 2');
    await page.getByRole('alert').getByText('2 has numbers, and the page learns classes only').waitFor();
    await target.selectOption('column 1');
    await choices.getByRole('combobox', { name: 'Its whole numbers' }).selectOption('are numbers');
    await page.getByRole('alert').getByText('--target 1 --labels numbers').waitFor();
    await choices.getByRole('combobox', { name: 'Line 1' }).selectOption('names the columns');
    await page
      .getByRole('status')
      .getByText('59 samples × 2 inputs; column 3: 3 classes (0, 1, 2); line 1 is a header')
      .waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

describe.skipIf(!browser)('the page, by keyboard and in other modes', { timeout: 240_000 }, () => {
  const open = useLab();

  test('takes its keys after a button was clicked, too', async () => {
    const page = await open(small);
    await page.getByRole('button', { name: '+1 sample' }).click();
    await reach(page, 1);
    await page.keyboard.press('s');
    await reach(page, 2);
    await page.keyboard.press('Space');
    await expect.poll(() => samplesSeen(page), { timeout: 60_000 }).toBeGreaterThan(3);
    await page.keyboard.press('Space');
    await stand(page);
    await page.getByText('K keeps the curves').waitFor();
  });

  test.each([
    ['no-preference', 6],
    ['reduce', 3],
  ] as const)(
    'changes what it shows seldom, also at full speed: where motion is asked for as %s',
    async (reducedMotion, most) => {
      const page = await open();
      await page.emulateMedia({ reducedMotion });
      await page.waitForFunction(() => document.querySelector('.seen img') !== null);
      const counted = page.evaluate(async () => {
        const seen = new Set<string>();
        const end = performance.now() + 1500;
        while (performance.now() < end) {
          seen.add(document.querySelector('.seen img')?.getAttribute('alt') ?? '');
          await new Promise(requestAnimationFrame);
        }
        return seen.size;
      });
      await page.keyboard.press('Space');
      // Besides those while they learn, there is one before and one where they stand: three a second at most, and less where that is asked for.
      expect(await counted).toBeLessThanOrEqual(most);
      await page.keyboard.press('Space');
    },
  );

  test('has bars of scores, and what tells rules and signs, in forced colours', async () => {
    const page = await open(small);
    await learnTo(page, 100);
    await page.emulateMedia({ forcedColors: 'active' });
    const bar = page.locator('.scores .best .bar > span').first();
    const colours = (selector: string) =>
      page
        .locator(selector)
        .evaluateAll(
          (marks) =>
            new Set(
              marks.map((mark) => getComputedStyle(mark)[mark.matches('.u-marker') ? 'backgroundImage' : 'color']),
            ).size,
        );
    // Rules in the legend, and signs, are told by their colours.
    expect(await colours('.u-legend .u-series:nth-child(n + 2):nth-child(-n + 3) .u-marker')).toBe(2);
    expect(await colours('.signs >> nth=0 >> li:nth-last-child(-n + 2) span')).toBe(2);
    const isSeen = () =>
      bar.evaluate((element) => {
        const ground = getComputedStyle(document.body).backgroundColor;
        return getComputedStyle(element).backgroundColor !== ground;
      });
    expect(await isSeen()).toBe(true);
  });

  test('asks before the tour replaces an experiment, and brings it back', async () => {
    const page = await open('?seed=7');
    await learnTo(page, 40);
    const digest = await digestOf(page, 'bmvr');
    await page.getByRole('button', { name: 'Tour' }).click();
    await page.getByRole('button', { name: 'Not now' }).click();
    expect(await digestOf(page, 'bmvr')).toBe(digest);
    await page.getByRole('button', { name: 'Tour' }).click();
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('heading', { name: '1. The task' }).waitFor();
    await reach(page, 0);
    // A step begins anew where more was learned than it is about.
    await page.getByRole('button', { name: '+1 sample' }).click();
    await reach(page, 1);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('heading', { name: '2. The forward pass' }).waitFor();
    await expect.poll(() => samplesSeen(page), { timeout: 60_000 }).toBe(0);
    await page.keyboard.press('Escape');
    await reach(page, 40);
    expect(await digestOf(page, 'bmvr')).toBe(digest);
  });

  test('has the tour beside or below what it explains, in a small window and at 200 %', async () => {
    const seen = (page: Page) =>
      page.evaluate(() => {
        const [spot, tour] = ['.spotted', '.tour'].map((each) => document.querySelector(each)?.getBoundingClientRect());
        if (!spot || !tour) return 0;
        const bar = document.querySelector('.run-bar')!;
        const top = getComputedStyle(bar).position === 'sticky' ? bar.getBoundingClientRect().bottom : 0;
        const isBeside = tour.right <= spot.left || tour.left >= spot.right;
        const bottom = isBeside ? innerHeight : tour.top;
        return (Math.min(bottom, spot.bottom) - Math.max(top, spot.top)) / Math.min(spot.height, bottom - top);
      });
    for (const [width, height] of [
      [1024, 768],
      [720, 450],
      [512, 384],
    ] as const) {
      const page = await open('', { viewport: { width, height } });
      await page.getByRole('button', { name: 'Tour' }).click();
      for (let step = 1; step <= 4; step++) {
        await page.getByRole('heading', { name: new RegExp(`^${step}\\. `) }).waitFor();
        // It fills the room that there is, or is all there.
        await expect.poll(() => seen(page), { timeout: 60_000 }).toBeGreaterThan(0.9);
        const top = page.evaluate(() => document.querySelector('.tour')!.getBoundingClientRect().top / innerHeight);
        expect(await top).toBeGreaterThan(width > 960 ? 0 : 0.5);
        await page.getByRole('button', { name: step < 4 ? 'Next' : 'Close the tour' }).click();
      }
    }
  });
});
