import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { browser } from '../../core/test/browser.ts';
import { digestOf, learnTo, samplesSeen, useLab } from './page.ts';
import { violations } from './violations.ts';

describe.skipIf(!browser)('the page', { timeout: 240_000 }, () => {
  const open = useLab();

  test.each(['light', 'dark'] as const)('has no serious fault of accessibility in %s colours', async (colorScheme) => {
    const page = await open('', { colorScheme });
    await learnTo(page, 100);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Tour' }).click();
    await page.getByRole('heading', { name: 'Guided tour' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('heading', { name: '1. The task' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('fits on a phone, without scrolling to the side', async () => {
    const page = await open('?preset=figure-3/fashion-mnist', { viewport: { width: 390, height: 844 } });
    await learnTo(page, 100);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await page.getByText('BMVR, biologically plausible multivariate regression').isVisible()).toBe(true);
    expect(await page.getByRole('link', { name: 'Golkar et al. 2020' }).isVisible()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Tour' }).click();
    await page.getByRole('button', { name: 'Begin' }).click();
    for (const spot of ['sample', 'backprop']) {
      await page.getByRole('button', { name: 'Next' }).click();
      // What the step points at begins where neither the bar nor the tour lies above it.
      const isFree = () =>
        page.evaluate((name) => {
          const box = (selector: string) => document.querySelector(selector)!.getBoundingClientRect();
          const { top } = box(`[data-spot="${name}"].spotted`);
          return top >= box('.run-bar').bottom && top + 100 <= box('.tour').top;
        }, spot);
      await page.locator(`[data-spot="${spot}"].spotted`).waitFor();
      await expect.poll(isFree, { timeout: 60_000 }).toBe(true);
    }
  });

  test('can be used by keyboard only', async () => {
    const page = await open();
    await page.keyboard.press('s');
    await expect.poll(() => samplesSeen(page), { timeout: 60_000 }).toBe(1);
    for (let presses = 0; presses < 20; presses++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.getAttribute('name') === 'target')) break;
    }
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('7');
    await page.keyboard.press('Enter');
    await expect.poll(() => samplesSeen(page), { timeout: 60_000 }).toBe(7);
    await page.getByRole('button', { name: 'Play', exact: true, disabled: false }).waitFor();
    await page.getByRole('button', { name: 'Play', exact: true }).focus();
    await page.keyboard.press('Space');
    await expect.poll(() => samplesSeen(page), { timeout: 60_000 }).toBeGreaterThan(7);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Play', exact: true, disabled: false }).waitFor();
  });

  test('shows what the circuit does with a digit that is drawn, and takes it for one', async () => {
    const page = await open('?hidden=9&ridge=0.1');
    await learnTo(page, 5000);
    const guess = page.getByTestId('guess-bmvr');
    await guess.waitFor();
    const pad = page.getByLabel('Pad to draw');
    await pad.scrollIntoViewIfNeeded();
    const box = (await pad.boundingBox())!;
    for (let step = 0; step <= 24; step++) {
      const angle = (step / 24) * 2 * Math.PI;
      const [x, y] = [0.5 + 0.24 * Math.cos(angle), 0.5 + 0.32 * Math.sin(angle)];
      await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
      if (step === 0) await page.mouse.down();
    }
    await page.mouse.up();
    await page.getByRole('heading', { name: 'Your drawing' }).waitFor();
    await expect.poll(() => guess.innerText()).toBe('0');
    await page.getByRole('button', { name: 'Clear the drawing' }).click();
    await page.getByRole('heading', { name: 'Next sample' }).waitFor();
  });

  test('names the parts of the circuit, with equation and value', async () => {
    const page = await open();
    await learnTo(page, 10);
    const circuit = page.getByRole('region', { name: 'Circuit of BMVR' });
    await circuit.getByRole('button', { name: 'a − Q n, apical' }).click();
    const readout = circuit.locator('.readout');
    await readout.getByText(/calcium plateau potential in the apical tuft −?\d/).waitFor();
    await circuit.getByRole('button', { name: 'W2ᵀ' }).click();
    await readout.getByText('ΔW2ᵀ = η2 (z yᵀ − W2ᵀ).').waitFor();
    const backprop = page.getByRole('region', { name: 'Circuit of Backprop' });
    await backprop.getByText('needs transported W2').waitFor();
    await backprop.getByRole('button', { name: 'ε' }).click();
    await backprop.locator('.readout').getByText('the error of the prediction').waitFor();
  });

  test.each([1440, 390])(
    'shows what a part of the circuit is beside it, within a window %i pixels wide',
    async (width) => {
      const page = await open('', { viewport: { width, height: 844 } });
      const circuit = page.getByRole('region', { name: 'Circuit of BMVR' });
      const card = circuit.locator('.pointed-part');
      const isInWindow = async () => {
        const { x, y, width: w, height: h } = (await card.boundingBox())!;
        return x >= 0 && y >= 0 && x + w <= width && y + h <= 844;
      };
      await circuit.locator('svg').scrollIntoViewIfNeeded();
      let pointedAt = 0;
      for (const part of await circuit.locator('svg [data-part] .weights').all()) {
        const { x, y, width: w, height: h } = (await part.boundingBox())!;
        const at = { x: x + w / 2, y: y + h / 2 };
        if (at.y < 220 || at.y > 840) continue;
        pointedAt++;
        await page.mouse.move(at.x, at.y);
        await card.filter({ hasText: 'synapses' }).waitFor();
        expect(await isInWindow()).toBe(true);
        const box = (await card.boundingBox())!;
        const distance = Math.max(box.x - at.x, at.x - box.x - box.width, box.y - at.y, at.y - box.y - box.height);
        expect(distance).toBeGreaterThan(0);
        expect(distance).toBeLessThan(30);
      }
      expect(pointedAt).toBeGreaterThan(1);
      await page.mouse.move(1, 1);
      await expect.poll(() => card.count()).toBe(0);
      await circuit.getByRole('button', { name: 'a − Q n, apical' }).focus();
      await page.keyboard.press('Tab');
      await card.waitFor();
      expect(await isInWindow()).toBe(true);
    },
  );

  test('refuses numbers in place that a setting cannot be, and says which experiment of the paper it does', async () => {
    const page = await open();
    const preset = page.getByRole('combobox', { name: 'Experiment of the paper' }).locator('option:checked');
    expect(await preset.innerText()).toBe('MNIST, k = 1');
    const digest = await digestOf(page, 'bmvr');
    for (const [label, number] of [
      ['Hidden units k', '0'],
      ['Hidden units k', '2.5'],
      ['Hidden units k', '100000'],
      ['Seed', '-1'],
      ['Ridge λ', '-2'],
    ] as const) {
      const field = page.getByLabel(label);
      const good = await field.inputValue();
      await field.fill(number);
      await field.press('Enter');
      await page.getByRole('alert').getByText('is expected').waitFor();
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      const described = await field.getAttribute('aria-describedby');
      expect(await page.locator(`[id="${described}"]`).innerText()).toContain(`still ${good}`);
      await field.fill(good);
      await field.press('Enter');
      await expect.poll(() => page.getByRole('alert').count(), { timeout: 60_000 }).toBe(0);
    }
    expect(await digestOf(page, 'bmvr')).toBe(digest);
    await page.getByLabel('Seed').fill('2');
    await page.getByLabel('Seed').press('Enter');
    await expect.poll(() => preset.innerText(), { timeout: 60_000 }).toBe('changed: MNIST, k = 1');
  });

  test('gives its curves away, in full precision and as figures', async () => {
    const page = await open();
    await learnTo(page, 50);
    await page.getByRole('button', { name: 'Keep these curves' }).click();
    const take = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ]);
      return readFile(await download.path());
    };
    const csv = (await take('CSV')).toString();
    expect(csv).toMatch(/^run,samples,measure,value\n/);
    expect(csv).toMatch(/^bmvr,50,objective,0\.8\d{10,}$/m);
    expect(csv).toContain('"BMVR, k = 1, seed 1, kept",50,objective,');
    const svg = (await take('SVG')).toString();
    expect(svg).toMatch(/^<svg xmlns/);
    expect(svg).toContain('Backprop, paper');
    for (const words of ['>samples seen<', '>objective<', '>BMVR, k = 1, seed 1<', '>BMVR, k = 1, seed 1, kept<']) {
      expect(svg).toContain(words);
    }
    const png = await take('PNG');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    // As large as the drawing, twice: the whole of it.
    const [, wide, high] = /width="(\d+)" height="(\d+)"/.exec(svg)!;
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * Number(wide), 2 * Number(high)]);
  });

  test('walks through the tour, and sets itself up for each step', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Tour' }).click();
    const tour = page.getByRole('complementary').filter({ has: page.getByRole('heading', { name: /^\d\. / }) });
    const titles: string[] = [];
    for (;;) {
      titles.push(await tour.getByRole('heading').innerText());
      expect(await tour.locator('math').count()).toBe(1);
      const next = tour.getByRole('button', { name: 'Next' });
      if ((await next.count()) === 0) break;
      await next.click();
      await expect.poll(() => tour.getByRole('heading').innerText()).not.toBe(titles.at(-1));
    }
    expect(titles).toHaveLength(8);
    await expect
      .poll(() => page.getByRole('checkbox', { name: 'decoupled' }).isChecked(), { timeout: 60_000 })
      .toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => tour.count(), { timeout: 60_000 }).toBe(0);
  });
});
