import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed } from 'vitest';
import { launchBrowser } from '../../core/test/browser.ts';
import { type ServedLab, serveLab } from '../dist/server/index.js';

/** The address of the preset's networks on data that are measured in no time: 1,797 images of 8 × 8. */
export const small = '?set=digits&split=train';

export interface PageOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  /** Whether the page is loaded anew; otherwise it goes to the address as by the browser's history, which takes a tenth of the time. */
  readonly anew?: boolean;
}

/**
 * Serves the laboratory and launches a browser for the tests of a file; returns how its page is brought to an address: as a new one is,
 * with nothing left of what was there before. What the page writes to the console as an error or a warning fails the file.
 */
export function useLab(): (query?: string, options?: PageOptions) => Promise<Page> {
  let lab: ServedLab;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page | undefined;
  let loaded = '';
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
  return async (query = '', { viewport = { width: 1440, height: 1000 }, colorScheme = 'light', anew = false } = {}) => {
    // What is asked for when the page is loaded.
    const asked = `${colorScheme} ${viewport.width < 960}`;
    const isNew = anew || loaded !== asked || page === undefined || (await page.locator('.tour').count()) > 0;
    page ??= await newPage(context, complaints);
    loaded = asked;
    onTestFailed(async () => {
      await page?.close();
      page = undefined;
    });
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: null, forcedColors: null });
    if (isNew) await page.goto(lab.url + query);
    else await visit(page, query);
    await stand(page);
    return page;
  };
}

async function newPage(context: BrowserContext, complaints: string[]): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(100_000);
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return page;
}

/** Takes back what the page keeps from one experiment to the next, and goes to another as by the browser's history. */
async function visit(page: Page, query: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(async (search) => {
    const click = (selector: string) => {
      for (const each of document.querySelectorAll<HTMLElement>(selector)) each.click();
    };
    click(
      '[aria-label="Close the message"], [aria-label="Close the choices"], .pad p button, .curves .toggle input:checked, .curves .tabs button:first-of-type',
    );
    for (const each of document.querySelectorAll('button')) if (each.textContent?.startsWith('Forget')) each.click();
    const speed = document.querySelector<HTMLInputElement>('.speed input')!;
    speed.value = speed.max;
    speed.dispatchEvent(new Event('input'));
    for (const each of document.querySelectorAll('details details[open], main details[open]'))
      each.removeAttribute('open');
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
    history.pushState(undefined, '', location.pathname + search);
    dispatchEvent(new PopStateEvent('popstate'));
    // Until it says that it is at work.
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
  }, query);
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
