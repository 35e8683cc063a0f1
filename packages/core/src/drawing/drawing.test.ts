import { describe, expect, test } from 'vitest';
import { type CircuitOptions, describeCircuit } from '../description/describe.ts';
import { ruleNames } from '../rules/registry.ts';
import { circuitGeometry } from './geometry.ts';
import { layOut } from './layout.ts';
import { escapeXml } from './markup.ts';
import { circuitMermaid } from './mermaid.ts';
import { circuitSvg } from './svg.ts';

const settings: CircuitOptions[] = [{}, { activation: 'relu', meanRate: 1e-4, hidden: 64 }, { activation: 'tanh' }];
const circuits = ruleNames
  .flatMap((rule) => settings.map((options) => ({ rule, options })))
  .concat(settings.map((options) => ({ rule: 'bmvr', options: { ...options, decoupled: true } })));

describe.each(circuits)('$rule $options', ({ rule, options }) => {
  const description = describeCircuit(rule, options);
  const svg = circuitSvg(description);

  test('every element is closed, in order', () => {
    const open: string[] = [];
    for (const [, end, name = '', content] of svg.matchAll(/<(\/?)([a-z]+)(?: [a-z-]+="[^"<>]*")*(\/?)>/gi)) {
      if (end) expect(open.pop()).toBe(name);
      else if (!content) open.push(name);
    }
    expect(open).toEqual([]);
    expect(svg.replaceAll(/<(\/?)([a-z]+)(?: [a-z-]+="[^"<>]*")*(\/?)>/gi, '')).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
  });

  test('no words lie on others or outside', () => {
    const boxes = wordBoxes(svg);
    const height = Number(/height="([\d.]+)"/.exec(svg)?.[1]);
    boxes.forEach((box, i) => {
      expect(box.left, box.words).toBeGreaterThanOrEqual(0);
      expect(box.right, box.words).toBeLessThanOrEqual(600);
      expect(box.bottom, box.words).toBeLessThanOrEqual(height);
      for (const other of boxes.slice(i + 1)) {
        const apart =
          box.right <= other.left || other.right <= box.left || box.bottom <= other.top || other.bottom <= box.top;
        expect(apart, `${box.words} / ${other.words}`).toBe(true);
      }
    });
  });

  test('names every population and all that it has of synapses', () => {
    const words = wordBoxes(svg).map((box) => box.words);
    const named = [
      ...description.populations.map(({ name }) => name),
      ...description.pathways.map((each) => each.weights),
    ];
    for (const name of named) expect(words).toContain(name);
  });

  test('pathways begin and end at their populations', () => {
    for (const { outlets, inlets, source, target } of layOut(description, 0).wires) {
      for (const { y } of outlets) expect(y >= source.top && y <= source.bottom).toBe(true);
      for (const { y } of inlets) expect([target.top, target.bottom]).toContain(y);
    }
  });

  test('as a flowchart has an edge for each pathway, from and to what it names', () => {
    const chart = circuitMermaid(description);
    const edges = chart.split('\n').filter((line) => line.includes('|"'));
    expect(edges).toHaveLength(description.pathways.length);
    const nodes = new Set([...chart.matchAll(/^ +(?:subgraph )?(p\d+(?:_\d+)?)[([]/gm)].map(([, id]) => id));
    for (const edge of edges) {
      const [, from, to] = /^ {2}(\S+) (?:-->|--o|-\.->)\|".+"\| (\S+)$/.exec(edge) ?? [];
      expect(nodes).toContain(from);
      expect(nodes).toContain(to);
    }
  });
});

test('only transported weights are called so, dashed', () => {
  expect(circuitSvg(describeCircuit('backprop'))).toContain('>weight transport<');
  expect(circuitSvg(describeCircuit('backprop'))).toContain('stroke-dasharray="7 4"');
  expect(circuitSvg(describeCircuit('bmvr'))).not.toMatch(/weight transport|stroke-dasharray="7 4"/);
  expect(circuitSvg(describeCircuit('bmvr'))).toContain('>mirrors Q<');
  expect(circuitSvg(describeCircuit('bmvr', { decoupled: true }))).not.toContain('mirrors');
});

test('as many cells are drawn as there are, up to three', () => {
  for (const hidden of [1, 2, 3, 64]) {
    const { populations, pathways } = circuitGeometry(describeCircuit('bmvr', { hidden }));
    const drawn = Math.min(3, hidden);
    for (const { population, columns, outlines } of populations) {
      if (population.size === 'k') expect(columns).toHaveLength(drawn);
      if (population.name === 'pyramidal') expect(outlines).toHaveLength(drawn);
    }
    const ends = pathways.filter(({ pathway }) => pathway.to === 'pyramidal').map(({ endings }) => endings.length);
    expect(ends).toEqual([drawn, drawn, drawn]);
  }
});

test('what XML would read as markup is escaped', () => {
  expect(escapeXml('a < b & "c" > d')).toBe('a &lt; b &amp; &quot;c&quot; &gt; d');
});

/** About the boxes of all words: 0.55 of their size is more than the mean width of a letter. */
function wordBoxes(svg: string) {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, attributes = '', words = '']) => {
    const attribute = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1];
    const [x, y, size] = [Number(attribute('x')), Number(attribute('y')), Number(attribute('font-size') ?? 14)];
    const length = 0.55 * size * words.length;
    const before = { start: 0, middle: 0.5, end: 1 }[attribute('text-anchor') ?? 'start'] ?? 0;
    const left = x - before * length;
    return { words, left, right: left + length, top: y - 0.75 * size, bottom: y + 0.2 * size };
  });
}
