import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { launchBrowser } from '../../core/test/browser.ts';
import { type ServedLab, serveLab } from '../dist/server/index.js';

export interface PageOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
}

/**
 * Serves the laboratory and launches a browser for the tests of a file; returns how a page of it is opened. What a page writes to
 * the console as an error or a warning fails the file.
 */
export function useLab(): (query?: string, options?: PageOptions) => Promise<Page> {
  let lab: ServedLab;
  let browser: Browser;
  let context: BrowserContext;
  const complaints: string[] = [];
  beforeAll(async () => {
    [lab, browser] = await Promise.all([serveLab(), launchBrowser()]);
    context = await browser.newContext();
  });
  afterAll(async () => {
    await browser.close();
    await lab.close();
    expect(complaints).toEqual([]);
  });
  return async (query = '', { viewport = { width: 1440, height: 1000 }, colorScheme = 'light' } = {}) => {
    const page = await context.newPage();
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    page.setDefaultTimeout(100_000);
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(lab.url + query);
    await stand(page);
    return page;
  };
}

/** Waits until the networks stand and their digests are shown. */
export async function stand(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Play', exact: true, disabled: false }).waitFor();
  await page.waitForFunction(() => {
    const shown = [...document.querySelectorAll('[data-testid^=digest]')];
    return shown.length > 0 && shown.every(({ textContent }) => textContent?.length === 64);
  });
}

/** Has the networks learn until they have seen so many samples: up to `end`, where a batch ends later. */
export async function learnTo(page: Page, samples: number, end = samples): Promise<void> {
  await page.getByLabel('to sample').fill(String(samples));
  await page.getByRole('button', { name: 'Go', exact: true }).click();
  await reach(page, end);
}

/** Waits until the networks stand after so many samples. */
export async function reach(page: Page, samples: number): Promise<void> {
  await expect.poll(() => samplesSeen(page), { timeout: 200_000 }).toBe(samples);
  await stand(page);
}

export async function samplesSeen(page: Page): Promise<number> {
  return Number((await page.getByTestId('samples').innerText()).replaceAll(',', ''));
}

export async function digestOf(page: Page, rule: string): Promise<string> {
  return await page.getByTestId(`digest-${rule}`).innerText();
}

export async function objectiveOf(page: Page, rule: string): Promise<number> {
  return Number(await page.getByTestId(`objective-${rule}`).innerText());
}
