import { expect, test } from 'vitest';
import { seriesStyle } from './chart-style.ts';
import { html } from './markup.ts';
import { page } from './page.ts';
import { paletteColour } from './palette.ts';

/** The relative luminance of WCAG 2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const contrast = (a: string, b: string) => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

test('every series has a class and a colour of its own, which can be read on paper and in the dark', () => {
  const styles = Array.from({ length: 60 }, (_, i) => seriesStyle(i));
  expect(new Set(styles.map(({ className }) => className)).size).toBe(60);
  expect(new Set(styles.map(({ colour }) => colour)).size).toBe(60);
  for (const { colour } of styles) expect(contrast(colour, '#ffffff')).toBeGreaterThan(3);
  for (let i = 0; i < 60; i++) expect(contrast(paletteColour(i).dark, '#14171b')).toBeGreaterThan(3);
});

test('a page has the colours of the series that are on it', () => {
  const { className, colour } = seriesStyle(17);
  const text = page({ title: 'x', subtitle: html``, sections: [html`<svg><g class="mean ${className}"></g></svg>`] });
  expect(text).toContain(`.${className} { --method: ${colour}; }`);
  expect(text).not.toContain(`.${seriesStyle(18).className} {`);
});
