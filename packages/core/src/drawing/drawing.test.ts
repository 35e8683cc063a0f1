import { describe, expect, test } from 'vitest';
import { type CircuitOptions, describeCircuit } from '../description/describe.ts';
import { misfitsOf } from '../rules/architecture.ts';
import { allRules } from '../rules/registry.ts';
import { circuitGeometry } from './geometry.ts';
import { layOut } from './layout.ts';
import { escapeXml, type Point } from './markup.ts';
import { circuitMermaid } from './mermaid.ts';
import { halfWidth } from './shapes.ts';
import { circuitSvg } from './svg.ts';

const settings: CircuitOptions[] = [
  {},
  { activation: 'relu', meanRate: 1e-4, hidden: 64 },
  { activation: 'relu', hidden: 64 },
  { activation: 'tanh' },
  { activation: 'sigmoid', output: 'sigmoid', loss: 'squared' },
  { activation: 'sigmoid', output: 'sigmoid', loss: 'squared', hidden: [8, 4, 2] },
  { activation: 'softplus', output: 'softmax', loss: 'squared', hidden: [8, 4, 2] },
  { activation: 'relu', hidden: [8, 4, 2] },
  { hidden: [8, 4, 2], biases: false },
  { activation: 'tanh', hidden: [8, 4, 2, 8, 4, 2] },
];

/** All circuits that a rule can have of those: every choice of its parameters, too. */
const circuits = allRules.flatMap((of) => {
  const { name: rule, parameters } = of;
  const fitting = settings.filter((options) => misfitsOf(of, { hidden: 1, ...options }).length === 0);
  const choices = Object.entries(parameters).flatMap(([name, parameter]) => {
    const values = 'choices' in parameter ? parameter.choices : typeof parameter.default === 'boolean' ? [true] : [];
    return values.map((value) => ({ [name]: value }));
  });
  return fitting.flatMap((options) =>
    [{}, ...choices].map((own) => ({ rule, options: { ...options, parameters: own } })),
  );
});

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
    const [width, height] = ['width', 'height'].map((name) =>
      Number(new RegExp(`^<svg[^>]* ${name}="([\\d.]+)"`).exec(svg)?.[1]),
    );
    const outside = boxes.filter(
      ({ left, right, bottom }) => left < 0 || right > (width ?? 0) || bottom > (height ?? 0),
    );
    expect(outside).toEqual([]);
    const onOthers = boxes.flatMap((box, i) =>
      boxes
        .slice(i + 1)
        .filter(
          (other) =>
            box.right > other.left && other.right > box.left && box.bottom > other.top && other.bottom > box.top,
        )
        .map((other) => `${box.words} / ${other.words}`),
    );
    expect(onOthers).toEqual([]);
  });

  test('names every population and all that it has of synapses, biases in its caption', () => {
    const words = wordBoxes(svg).map((box) => box.words);
    const biased = new Set(description.pathways.filter(({ bias }) => bias).map(({ from }) => from));
    for (const { name, title } of description.populations) if (!biased.has(name)) expect(words).toContain(title);
    for (const { weights, bias, channel } of description.pathways) {
      if (bias) expect(words.some((each) => `${each},`.includes(`, bias ${weights},`))).toBe(true);
      else if (channel) expect(words.flatMap((each) => each.split(', '))).toContain(weights);
      else expect(words).toContain(weights);
    }
  });

  test('shows every signal that cells pass on', () => {
    const words = wordBoxes(svg).flatMap((box) => box.words.split(', '));
    for (const { input, bias } of description.pathways) {
      if (!bias) expect(words).toContain(description.signals[input]?.expression);
    }
  });

  test('pathways begin and end at their populations', () => {
    for (const { outlets, inlets, source, target } of layOut(description, 0).wires) {
      for (const { y } of outlets) expect(y >= source.top && y <= source.bottom).toBe(true);
      for (const { y } of inlets) expect([target.top, target.bottom]).toContain(y);
      for (const [points, shape] of [[outlets, source] as const, [inlets, target] as const]) {
        for (const { x } of points) expect(Math.abs(x - shape.x)).toBeLessThanOrEqual(halfWidth(shape));
      }
    }
  });

  test('no pathway runs along another or through words', () => {
    const { pathways } = circuitGeometry(description);
    const segments = pathways.flatMap(({ lines }, wire) =>
      lines.flatMap((points) => points.slice(1).map((end, i) => ({ wire, start: points[i]!, end }))),
    );
    const along = segments.flatMap((a, i) =>
      segments.slice(i + 1).flatMap((b) => (a.wire !== b.wire && lieOnEachOther(a, b) ? [[a, b]] : [])),
    );
    expect(along).toEqual([]);
    const labels = pathways.flatMap(({ weights, signal }) => [
      { ...weights, size: 16, bold: true },
      { ...signal, size: 16 },
      ...(weights.note === undefined ? [] : [{ ...weights, words: weights.note, at: below(weights.at), size: 13 }]),
    ]);
    const crossed = labels
      .filter(({ words }) => words !== '')
      .flatMap(({ words, at, anchor = 'start', size, ...style }) => {
        const box = boxOf(words, at.x, at.y, size, anchor, 'bold' in style);
        return segments
          .filter(
            ({ start, end }) =>
              Math.max(start.x, end.x) > box.left &&
              Math.min(start.x, end.x) < box.right &&
              Math.max(start.y, end.y) > box.top &&
              Math.min(start.y, end.y) < box.bottom,
          )
          .map((segment) => ({ words, segment }));
      });
    expect(crossed).toEqual([]);
  });

  test('as a flowchart has an edge for each pathway, from and to what it names', () => {
    const chart = circuitMermaid(description);
    const edges = chart.split('\n').filter((line) => line.includes('|"'));
    expect(edges).toHaveLength(description.pathways.filter(({ bias }) => !bias).length);
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

test('a signal that teaches several synapses is written once', () => {
  const svg = circuitSvg(describeCircuit('deep-bmvr', { hidden: 8, biases: true }));
  expect(svg.match(/teaches [^<]*/g)).toEqual(['teaches W1, b1']);
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

/** About the boxes of all words. */
function wordBoxes(svg: string) {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, attributes = '', escaped = '']) => {
    const attribute = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1];
    const [x, y, size] = [Number(attribute('x')), Number(attribute('y')), Number(attribute('font-size') ?? 14)];
    const words = escaped.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
    const bold = attribute('font-weight') === 'bold';
    return boxOf(words, x, y, size, attribute('text-anchor') ?? 'start', bold);
  });
}

/** 0.55 of their size is more than the mean width of letters; bold ones are as wide as DejaVu's, of headings; hats and bars are above them. */
function boxOf(words: string, x: number, y: number, size: number, anchor: string, bold = false) {
  const letters = [...words.replaceAll(/\p{M}/gu, '')];
  const boldIn = (letter: string) => {
    if (/[WM]/.test(letter)) return 1.05;
    if (/[A-Z]/.test(letter)) return 0.76;
    return /[ilj ]/.test(letter) ? 0.35 : /[tfr]/.test(letter) ? 0.48 : 0.68;
  };
  const length = size * letters.reduce((sum, letter) => sum + (bold ? boldIn(letter) : 0.55), 0);
  const before = { start: 0, middle: 0.5, end: 1 }[anchor] ?? 0;
  const left = x - before * length;
  return { words, left, right: left + length, top: y - 0.75 * size, bottom: y + 0.2 * size };
}

function below({ x, y }: Point): Point {
  return { x, y: y + 16 };
}

interface Segment {
  readonly start: Point;
  readonly end: Point;
}

/** Whether two level or upright lines have more than a point in common. */
function lieOnEachOther(a: Segment, b: Segment): boolean {
  const along = (axis: 'x' | 'y', across: 'x' | 'y') =>
    [a.start[across], a.end[across], b.start[across], b.end[across]].every((each) => each === a.start[across]) &&
    Math.min(Math.max(a.start[axis], a.end[axis]), Math.max(b.start[axis], b.end[axis])) >
      Math.max(Math.min(a.start[axis], a.end[axis]), Math.min(b.start[axis], b.end[axis]));
  return along('x', 'y') || along('y', 'x');
}
