import { expect, test } from 'vitest';
import { type ChartPoint, drawChart, leavesAxis } from './line-chart.ts';

const curve = [52, 3, 0.5, 0.2, -9].map((mean, i): ChartPoint => ({ x: 10 ** i, mean, low: mean, high: mean }));

test('each point beyond the axis is marked at its edge, with its value', () => {
  const style = { colour: '#0072b2', symbol: 'circle', className: 'series-1' } as const;
  const draw = (domain: [number, number]) =>
    drawChart({
      x: { label: 'samples', domain: [1, 10_000] },
      y: { label: 'objective', domain },
      series: [{ style, curve }],
    });
  const said = (svg: string) => [...svg.matchAll(/<title>([^<]*, beyond the axis)<\/title>/g)].map(([, text]) => text);
  expect(said(draw([0, 1]))).toEqual(['52, beyond the axis', '3, beyond the axis', '-9, beyond the axis']);
  expect(said(draw([-10, 60]))).toEqual([]);
});

test('whether a curve leaves the axis is known, for its triangles to be explained', () => {
  const style = { colour: '#0072b2', symbol: 'circle', className: 'series-1' } as const;
  const chart = (domain: [number, number]) => ({
    x: { label: 'x', domain: [1, 10] as const },
    y: { label: 'y', domain },
    series: [{ style, curve: [{ x: 1, mean: 5, low: 5, high: 5 }] }],
  });
  expect([leavesAxis(chart([0, 4])), leavesAxis(chart([0, 6]))]).toEqual([true, false]);
});
