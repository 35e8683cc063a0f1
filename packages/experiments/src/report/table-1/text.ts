import { imagesLearned } from '../../table-1/protocol.ts';
import type { Table1Results, Width, WidthResults } from '../../table-1/results.ts';
import { columnsOf } from '../columns.ts';
import { methodLabels } from '../method-labels.ts';
import { percent, rowsOf } from './tables.ts';

/**
 * Table 1 as plain text for a terminal: accuracies in per cent, ours (mean ± sd over the seeds) beside the paper's. No colours,
 * no newline at the end.
 */
export function formatTable1(results: Table1Results): string {
  const rows = [
    ...textRows(results.widths, results.paper, ''),
    ...(results.best === undefined ? [] : textRows(results.best, results.paper, ', best settings')),
  ];
  const header = ['', 'k', 'train', 'paper', 'test', 'paper', 'test50k', 'epochs', 'seeds'];
  return [
    `Table 1: accuracy in per cent on MNIST${results.quick ? ' — QUICK: THIS IS NOT THE TABLE' : ''}`,
    '',
    ...columnsOf([header, ...rows], [0]),
    '',
    'train: the 10,000 test images, which are learned; test: the 60,000 train images, held out;',
    'test50k: the first 50,000 of these',
  ].join('\n');
}

function textRows(
  columns: Partial<Record<Width, WidthResults>>,
  paper: Table1Results['paper'],
  suffix: string,
): string[][] {
  return rowsOf(columns).map(({ width, method, found: { train, test, test50k, runs } }) => [
    methodLabels[method] + suffix,
    width,
    percent(train, '±'),
    paper[width][method].train.toFixed(1),
    percent(test, '±'),
    paper[width][method].test.toFixed(1),
    percent(test50k, '±'),
    String(runs.config.samples / imagesLearned),
    String(runs.seeds.length),
  ]);
}
