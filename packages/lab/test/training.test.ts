import { describe, expect, test } from 'vitest';
import { apical } from '../../cli/test/apical.ts';
import { browser } from '../../core/test/browser.ts';
import { paper } from '../../experiments/src/figure-3/paper.ts';
import { digestOf, learnTo, objectiveOf, reach, samplesSeen, small, useLab } from './page.ts';

describe.skipIf(!browser)('networks in the page', { timeout: 240_000 }, () => {
  const open = useLab();

  test('learn what the paper has learned after the same samples', async () => {
    const page = await open();
    await learnTo(page, 100_000);
    for (const method of ['bmvr', 'backprop'] as const) {
      const { mean, sd } = paper.mnist[method];
      const band = 3 * Math.hypot(sd.at(-1)!, 0.0001);
      expect(Math.abs((await objectiveOf(page, method)) - mean.at(-1)!), method).toBeLessThan(band);
    }
  });

  test('have the weights of the command line, bit for bit', async () => {
    const page = await open('?preset=figure-3/fashion-mnist');
    await learnTo(page, 5000);
    for (const rule of ['bmvr', 'backprop']) {
      const { stdout } = await apical(
        'train',
        '--rule',
        rule,
        '--data',
        'fashion-mnist',
        '--samples',
        '5000',
        '--json',
      );
      expect(await digestOf(page, rule)).toBe(JSON.parse(stdout).weightsSha256);
    }
  });

  test('go one sample, one epoch, and anew from the same start', async () => {
    const page = await open(small);
    const start = await digestOf(page, 'bmvr');
    await page.getByRole('button', { name: '+1 sample' }).click();
    await reach(page, 1);
    expect(await digestOf(page, 'bmvr')).not.toBe(start);
    await page.getByRole('button', { name: '+1 epoch' }).click();
    await reach(page, 1797);
    await page.getByRole('button', { name: 'Reset' }).click();
    await reach(page, 0);
    expect(await digestOf(page, 'bmvr')).toBe(start);
  });

  test('learn on at another rate without a reset; the address repeats all of it', async () => {
    const page = await open(small);
    await learnTo(page, 300);
    const slider = page.getByLabel('η of W1').first();
    await slider.fill(String(Number(await slider.inputValue()) - 20));
    await learnTo(page, 900);
    const digests = [await digestOf(page, 'bmvr'), await digestOf(page, 'backprop')];
    const address = new URL(page.url()).search;
    await page.goBack();
    await reach(page, 300);
    expect(await page.getByLabel('η of W1').first().getAttribute('aria-valuetext')).toBe('0.01');
    await open(address, { anew: true });
    await reach(page, 900);
    expect([await digestOf(page, 'bmvr'), await digestOf(page, 'backprop')]).toEqual(digests);

    await open(small);
    await learnTo(page, 900);
    expect(await digestOf(page, 'bmvr')).not.toBe(digests[0]);
    expect(await digestOf(page, 'backprop')).toBe(digests[1]);
  });

  test('come back after a reset with the back button', async () => {
    const page = await open(small);
    await learnTo(page, 60);
    const before = await digestOf(page, 'bmvr');
    await page.getByRole('button', { name: 'Reset' }).click();
    await reach(page, 0);
    await page.goBack();
    await reach(page, 60);
    expect(await digestOf(page, 'bmvr')).toBe(before);
  });

  test('keep one entry in the history for all nudges of a rate, and none for what changes nothing', async () => {
    const page = await open(small);
    await learnTo(page, 40);
    const entries = () => page.evaluate(() => history.length);
    const before = await entries();
    const slider = page.getByLabel('η of W1').first();
    const addresses = new Set([page.url()]);
    await slider.focus();
    for (let presses = 0; presses < 3; presses++) {
      await page.keyboard.press('ArrowLeft');
      await expect.poll(() => addresses.has(page.url()), { timeout: 60_000 }).toBe(false);
      addresses.add(page.url());
    }
    expect(await entries()).toBe(before + 1);
    await page.goBack();
    await reach(page, 40);
    expect(page.url()).toBe([...addresses][0]);
    await learnTo(page, 41);
    await page.getByRole('button', { name: 'Reset' }).click();
    await reach(page, 0);
    const afterReset = await entries();
    await page.getByRole('button', { name: 'Reset' }).click();
    await reach(page, 0);
    expect(await entries()).toBe(afterReset);
  });

  test('come back with the back button of the browser', async () => {
    const page = await open(small);
    await learnTo(page, 50);
    const before = await digestOf(page, 'bmvr');
    await page.getByLabel('Hidden units k').fill('3');
    await page.getByLabel('Hidden units k').press('Enter');
    await reach(page, 0);
    expect(await digestOf(page, 'bmvr')).not.toBe(before);
    await page.goBack();
    await reach(page, 50);
    expect(await digestOf(page, 'bmvr')).toBe(before);
    expect(await page.getByLabel('Hidden units k').inputValue()).toBe('1');
  });

  test('an address that says no experiment is told so, and can be left', async () => {
    const page = await open('?hidden=2');
    await page.evaluate(() => {
      history.pushState(undefined, '', '?preset=figure-3/mnist&hidden=-1');
      dispatchEvent(new PopStateEvent('popstate'));
    });
    await page.getByRole('alert').getByText('hidden').waitFor();
    expect(await samplesSeen(page)).toBe(0);
  });
});
