import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { exampleResults } from '../../../test/support/figure-3-results.ts';
import { assertWellFormed } from '../../../test/support/well-formed.ts';
import type { Figure3Results, PanelResults } from '../../figure-3/results.ts';
import { chartHeight, chartWidth } from '../line-chart.ts';
import { figureSvg } from './figure-svg.ts';
import { methods, panelsOf, samplesSeen } from './panels.ts';

function drawn(results: Figure3Results): { panel: PanelResults; element: Element }[] {
  const svg = figureSvg(results);
  assertWellFormed(svg);
  const { document } = parseHTML(svg.replace(/^<\?xml.*\n/, ''));
  const elements = [...document.querySelectorAll('.panel')];
  return panelsOf(results).map(({ panel }, index) => ({ panel, element: elements[index]! }));
}

/** Where the paper's points of a method are drawn. */
function points(element: Element, method: string): { x: number; y: number }[] {
  return [...element.querySelectorAll(`.point.${method} > *`)].map((point) => {
    const [, x, y] = /translate\(([^,]+),([^)]+)\)/.exec(point.getAttribute('transform') ?? '') ?? [];
    return { x: Number(point.getAttribute('cx') ?? x), y: Number(point.getAttribute('cy') ?? y) };
  });
}

/** The corners of a method's mean curve. */
function corners(element: Element, method: string): { x: number; y: number }[] {
  const path = element.querySelector(`.mean.${method} > path`)?.getAttribute('d') ?? '';
  return [...path.matchAll(/[ML]([^,LZ]+),([^LZ]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
}

/** Slope and intercept of the line through the first and the last pair, having checked that all others lie on it. */
function lineThrough(pairs: [number, number][]): { slope: number; at: (value: number) => number } {
  const [[a, b], [c, d]] = [pairs[0]!, pairs.at(-1)!];
  const slope = (d - b) / (c - a);
  const at = (value: number) => b + slope * (value - a);
  for (const [value, pixel] of pairs) expect(pixel).toBeCloseTo(at(value), 6);
  return { slope, at };
}

test('it stands alone: one root with its name space and size, a white ground, and nothing from elsewhere', () => {
  const svg = figureSvg(exampleResults());
  const [root = ''] = /<svg[^>]*>/.exec(svg) ?? [];
  expect(svg.match(/<svg/g)).toHaveLength(1);
  expect(root).toContain('xmlns="http://www.w3.org/2000/svg"');
  expect(root).toContain(`width="${2 * chartWidth}"`);
  expect(root).toContain('font-family=');
  expect(svg).toContain('fill="#ffffff"/>');
  expect(svg).not.toMatch(/url\(|href|@import|<style|<script|NaN|Infinity|undefined/);
});

test('each panel has a curve and a band a method, and a point and an error bar for each of the paper’s values', () => {
  const panels = drawn(exampleResults());
  expect(panels).toHaveLength(2);
  for (const { panel, element } of panels) {
    const text = element.textContent ?? '';
    expect(text).toContain(`${panel.title}, k = ${panel.hidden}`);
    expect(text).toContain(`optimum ${panel.optimum.toFixed(5)} (paper ${panel.paper.optimum.toFixed(5)})`);
    expect(element.querySelectorAll('.reference > *')).toHaveLength(1);
    for (const method of methods) {
      expect(element.querySelectorAll(`.mean.${method} > path`)).toHaveLength(1);
      expect(element.querySelectorAll(`.band.${method} > path`)).toHaveLength(1);
      expect(element.querySelectorAll(`.point.${method} > *`)).toHaveLength(panel.steps.length);
      expect(element.querySelectorAll(`.error.${method} > *`)).toHaveLength(panel.steps.length);
      expect(corners(element, method)).toHaveLength(panel.steps.length);
    }
  }
});

test('x is the logarithm of the samples seen, y the objective, on one scale for our curves and the paper’s points', () => {
  for (const { panel, element } of drawn(exampleResults())) {
    const samples = samplesSeen(panel);
    const x = lineThrough(samples.map((seen, step) => [Math.log10(seen), points(element, 'bmvr')[step]!.x]));
    const y = lineThrough(panel.paper.bmvr.mean.map((mean, step) => [mean, points(element, 'bmvr')[step]!.y]));
    expect(x.slope).toBeGreaterThan(0);
    expect(y.slope).toBeLessThan(0);
    for (const method of methods) {
      for (const [step, corner] of corners(element, method).entries()) {
        expect(corner.x).toBeCloseTo(x.at(Math.log10(samples[step]!)), 2);
        expect(corner.y).toBeCloseTo(y.at(panel[method].mean[step]!), 2);
      }
      for (const [step, point] of points(element, method).entries()) {
        expect(point.y).toBeCloseTo(y.at(panel.paper[method].mean[step]!), 6);
      }
    }
  }
});

test('a curve ends where its mean does, and one that explodes stays inside its panel', () => {
  const results = exampleResults();
  const { bmvr, backprop } = results.panels.mnist!;
  bmvr.mean.fill(Number.NaN, 6);
  backprop.mean.fill(1e30, 3);
  const element = drawn(results)[0]!.element;
  expect(corners(element, 'bmvr')).toHaveLength(6);
  for (const { x, y } of [...corners(element, 'backprop'), ...points(element, 'bmvr')]) {
    expect(x).toBeLessThanOrEqual(chartWidth);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(chartHeight);
  }
});

test('the figure of one panel is one column wide, and draws the same values the same', () => {
  const results = exampleResults();
  const one = { ...results, panels: { 'cifar-10': results.panels['cifar-10']! } };
  const [first] = drawn(one);
  expect(figureSvg(one)).toContain(` width="${chartWidth}"`);
  expect(first!.element.innerHTML).toBe(drawn(results)[1]!.element.innerHTML);
});

test('a hostile title is text', () => {
  const results = exampleResults();
  results.panels.mnist!.title = '</svg><script>alert(1)</script>"&\'';
  expect(drawn(results)[0]!.element.textContent).toContain('</svg><script>alert(1)</script>"&\', k = 1');
  expect(figureSvg(results)).not.toContain('<script');
});
