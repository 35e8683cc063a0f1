import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lookAt } from '../src/page/views/rule-look.ts';

const looks = Array.from({ length: 40 }, (_, place) => lookAt(place));

/** The relative luminance of WCAG 2. */
function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

test('no two of forty rules look alike, in lines or in borders; the first twelve differ by colour alone', () => {
  for (const theme of ['light', 'dark'] as const) {
    expect(new Set(looks.map((look) => `${look[theme]} ${look.dash}`)).size).toBe(40);
    expect(new Set(looks.map((look) => `${look[theme]} ${look.border}`)).size).toBe(40);
    expect(new Set(looks.slice(0, 12).map((look) => look[theme])).size).toBe(12);
  }
});

test('text in the colours of rules can be read on both grounds', () => {
  for (const { light, dark } of looks) {
    expect(contrast(light, '#ffffff'), light).toBeGreaterThan(4.5);
    expect(contrast(dark, '#1a2027'), dark).toBeGreaterThan(4.5);
  }
});

test('signs and kinds of synapses have none of the colours of rules', () => {
  const tokens = readFileSync(new URL('../src/page/styles/tokens.css', import.meta.url), 'utf8');
  const rules = new Set(looks.flatMap(({ light, dark }) => [light, dark]));
  const found = [...tokens.matchAll(/--(?:positive|negative|excitatory|inhibitory|transport): (#[0-9a-f]{6})/g)];
  expect(found).toHaveLength(10);
  for (const [, colour = ''] of found) expect(rules.has(colour), colour).toBe(false);
});
