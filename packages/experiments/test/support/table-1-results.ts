import type { Matrix } from '@apical/core';
import type { RunOutcome } from '../../src/runs/result.ts';
import { paper } from '../../src/table-1/paper.ts';
import { table1Config } from '../../src/table-1/protocol.ts';
import type { Table1 } from '../../src/table-1/reproduce.ts';
import {
  type Method,
  methods,
  type Table1Results,
  type Width,
  type WidthResults,
  widths,
} from '../../src/table-1/results.ts';
import { methodResults, verdictsOf } from '../../src/table-1/summary.ts';

/** Invented results of all methods and widths, three seeds each; BMVR at k = 256 falls short on the images held out. */
export function exampleTable1(): Table1 {
  const column = (width: Width): WidthResults =>
    Object.fromEntries(
      methods.map((method) => [method, methodResults(outcomes(width, method), [`reason of ${method}`])]),
    );
  const reproduced = Object.fromEntries(widths.map((width) => [width, column(width)])) as Table1Results['widths'];
  return {
    results: {
      experiment: 'table-1',
      version: '0.1.0',
      quick: false,
      widths: reproduced,
      paper: structuredClone(paper) as Table1Results['paper'],
      verdicts: verdictsOf(reproduced),
      data: { set: 'mnist', learned: 10_000, heldOut: 60_000, sha256: { 'images.bin': 'a1'.repeat(32) } },
      provenance: {
        created: '2026-03-04T05:06:07.890Z',
        seconds: 7384.2,
        node: '24.0.0',
        platform: 'linux x64',
        cpu: 'Example processor',
        workers: 2,
      },
    },
    firstLayers: methods.map((method) => ({ settings: 'paper', width: '64', method, W1: exampleWeights() })),
  };
}

function exampleWeights(): Matrix {
  return { rows: 64, cols: 784, data: Float32Array.from({ length: 64 * 784 }, (_, i) => Math.sin(i)) };
}

function outcomes(width: Width, method: Method): RunOutcome[] {
  return [1, 2, 3].map((seed): RunOutcome => {
    const config = table1Config('paper', width, method, { seed });
    const end = width === '256' && method === 'bmvr' ? 0.9501 : 0.9601;
    const evaluations = config.evaluateAt.map((samples, i) => {
      const held = end - 0.1 / (1 + i) + 0.1 / config.evaluateAt.length + seed * 1e-4;
      return { samples, objective: 0.1, accuracy: { train: 1, test: held, test50k: held - 0.001 } };
    });
    const confusion = Array.from({ length: 10 }, (_, i) =>
      Array.from({ length: 10 }, (_, j) => (i === j ? 900 : i + j)),
    );
    return {
      config,
      evaluations,
      objective: 0.1,
      confusion: { train: confusion, test: confusion, test50k: confusion },
      weights: {},
      weightsSha256: `${seed}d`.repeat(32),
      seconds: 1,
    };
  });
}
