import type { GrowthPoint } from '../parts/growth.ts';
import { shareOfPasses } from '../parts/settling.ts';
import type { LayersResult, Measured, RepresentationResult, ShapeResult } from '../race/race.ts';
import type { BenchReport } from '../report.ts';
import { bytes, duration, percent, ruleLabels, threeDigits } from './labels.ts';
import { cell, raceTables, ratio } from './race-tables.ts';
import type { Table } from './table.ts';

/** Everything that was measured, table by table. */
export function tablesOf(report: BenchReport): Table[] {
  const {
    shapes,
    layers,
    representation,
    roofline,
    growth,
    browser,
    evaluation,
    memory,
    'layers-accuracy': layersAccuracy,
    settling,
    scaling,
    accuracy,
    whole,
  } = report;
  return [
    ...(shapes.length > 0 ? raceTables(report, { raced: shapes, head: 'rule, m × k', label: shapeLabel, of: '' }) : []),
    ...(layers && layers.length > 0
      ? raceTables(report, { raced: layers, head: 'rule and layers', label: layersLabel, of: ', networks of layers' })
      : []),
    ...(representation && representation.length > 0
      ? raceTables(report, {
          ...{ raced: representation, head: 'rule, m × k', label: representationLabel },
          of: ', networks that predict nothing',
        })
      : []),
    ...(roofline ? [ratesTable(roofline), rooflineTable(roofline), ...layersRooflineTables(roofline)] : []),
    ...(growth ? growthTables(growth) : []),
    ...(browser ? [browserTable(browser)] : []),
    ...(evaluation ? [evaluationTable(evaluation)] : []),
    ...(layersAccuracy ? [layersAccuracyTable(layersAccuracy)] : []),
    ...(memory ? [memoryTable(memory)] : []),
    ...(settling ? [settlingTable(settling)] : []),
    ...(report['in-time'] ? [inTimeTable(report['in-time'])] : []),
    ...(scaling ? [scalingTable(scaling)] : []),
    ...(accuracy ? [accuracyTable(accuracy)] : []),
    ...(whole && whole.length > 0 ? [wholeTable(whole)] : []),
  ];
}

type Of<Key extends keyof BenchReport> = NonNullable<BenchReport[Key]>;

function ratesTable({ rates }: Of<'roofline'>): Table {
  const perSecond = (value: number) => threeDigits(value / 1e9);
  return {
    title: 'What this WebAssembly engine does on one core, in 10⁹ a second',
    header: ['in memory of', 'bytes loaded', 'bytes stored', 'operations'],
    rows: [
      ...rates.memory.map(({ bytes: size, loads, stores }) => [bytes(size), perSecond(loads), perSecond(stores), '']),
      ['registers', '', '', perSecond(rates.operations)],
    ],
  };
}

function rooflineTable({ shapes }: Of<'roofline'>): Table {
  return {
    title: 'Roofline: bytes and operations a sample, and the microseconds that they take at least',
    header: ['rule, m × k', 'inputs', 'active', 'loaded', 'stored', 'operations', 'at least', 'apical', 'share'],
    rows: shapes.map((shape) => [
      shapeLabel(shape),
      shape.inputs.toFixed(0),
      percent(shape.activity),
      bytes(shape.loads),
      bytes(shape.stores),
      threeDigits(shape.operations),
      threeDigits(shape.shortest),
      threeDigits(shape.microseconds),
      percent(shape.shortest / shape.microseconds),
    ]),
  };
}

function layersRooflineTables({ layers = [] }: Of<'roofline'>): Table[] {
  if (layers.length === 0) return [];
  return [
    {
      title: 'Roofline of networks of layers, a sample',
      header: ['network', 'inputs', 'loaded', 'stored', 'operations', 'at least', 'apical', 'share'],
      rows: layers.map((each) => [
        layersLabel(each),
        each.inputs.toFixed(0),
        bytes(each.loads),
        bytes(each.stores),
        threeDigits(each.operations),
        threeDigits(each.shortest),
        threeDigits(each.microseconds),
        percent(each.shortest / each.microseconds),
      ]),
    },
  ];
}

function growthTables({ hidden, inputs, zeros }: Of<'growth'>): Table[] {
  return [
    growthTable(
      'Microseconds a sample against k: 784 MNIST inputs, mean-subtracted ReLU',
      'k',
      hidden,
      ({ k }) => `${k}`,
    ),
    growthTable('Microseconds a sample against m: random inputs, k = 8, linear, ridge', 'm', inputs, ({ m }) => `${m}`),
    ...[2, 64].map((k) =>
      growthTable(
        `Microseconds a sample against the share of zeros: m = 784, k = ${k}, ${k === 2 ? 'linear, ridge' : 'mean-subtracted ReLU'}`,
        'zeros',
        zeros.filter((point) => point.k === k),
        (point) => percent(point.zeros),
      ),
    ),
  ];
}

function growthTable(
  title: string,
  variable: string,
  points: readonly GrowthPoint[],
  labelOf: (point: GrowthPoint) => string,
): Table {
  const rules = [...new Set(points.map(({ rule }) => rule))];
  const values = [...new Set(points.map(labelOf))];
  const at = (value: string, rule: string) => points.find((point) => labelOf(point) === value && point.rule === rule);
  return {
    title,
    header: [variable, ...rules.map((rule) => ruleLabels[rule] ?? rule)],
    rows: values.map((value) => [value, ...rules.map((rule) => cell(at(value, rule)?.microseconds))]),
  };
}

function browserTable({ version, shapes }: Of<'browser'>): Table {
  return {
    title: `Microseconds a sample in Node.js and in headless Chromium ${version}`,
    header: ['rule, m × k', 'Node.js', 'Chromium', 'Chromium / Node.js'],
    rows: shapes.map(({ rule, m, k, microseconds: { node, chromium } }) => [
      `${ruleLabels[rule]}, ${m} × ${k}`,
      threeDigits(node),
      threeDigits(chromium),
      threeDigits(chromium / node),
    ]),
  };
}

function evaluationTable(results: Of<'evaluation'>): Table {
  return {
    title: 'Evaluation over 10,000 images of MNIST, mean-subtracted ReLU',
    header: ['of', 'k', 'milliseconds', 'GFLOP/s'],
    rows: results.map(({ what, k, milliseconds, gigaflops }) => [
      what,
      `${k}`,
      threeDigits(milliseconds),
      threeDigits(gigaflops),
    ]),
  };
}

function memoryTable(results: Of<'memory'>): Table {
  return {
    title: 'Memory of a run, and of the data set that all runs share',
    header: ['network', 'weights', 'run', 'evaluated too', 'run / weights', 'share of sixteen / weights', 'data set'],
    rows: results.map(({ rule, m, k, sizes, batch = 1, weights, run, evaluated, share, samples }) => [
      sizes
        ? `${ruleLabels[rule] ?? rule}, ${sizes.join('-')}, ${batchWords(batch)}`
        : `${ruleLabels[rule]}, ${m} × ${k}`,
      bytes(weights),
      bytes(run),
      cell(evaluated, bytes),
      threeDigits(run / weights),
      cell(ratio(share, weights)),
      bytes(samples),
    ]),
  };
}

function settlingTable(results: Of<'settling'>): Table {
  return {
    title: 'Microseconds a sample of predictive coding beside backprop, on MNIST',
    header: ['network', 'batch', 'backprop', 'steps', 'predictive coding', 'part of as many passes of backprop'],
    rows: results.map((result) => [
      `784, ${result.hidden.join(', ')}, 10; ${result.activation}`,
      `${result.batch}`,
      threeDigits(result.microseconds.backprop),
      `${result.steps}`,
      threeDigits(result.microseconds.predictiveCoding),
      threeDigits(shareOfPasses(result)),
    ]),
  };
}

function inTimeTable(results: Of<'in-time'>): Table {
  return {
    title: 'Rules in time: microseconds a step, and seconds for a second of what is modelled',
    header: ['rule', 'presynaptic cells', 'cells', 'step, ms', 'microseconds a step', 'seconds a second'],
    rows: results.map(({ rule, inputs, cells, dt, microseconds }) => [
      rule,
      `${inputs}`,
      `${cells}`,
      `${dt}`,
      threeDigits(microseconds),
      threeDigits((1e-3 * microseconds) / dt),
    ]),
  };
}

function scalingTable(results: Of<'scaling'>): Table {
  const labels = { bmvr: 'BMVR, 784 × 64, mean-subtracted ReLU', 'deep-bmvr': 'deep BMVR, 784-128-128-128-10 ReLU' };
  return {
    title: 'Runs side by side, sample by sample',
    header: ['network', 'processes', 'workers of each', 'runs a second', 'times one worker'],
    rows: results.map(({ network, processes, workers, runsPerSecond, timesFirst }) => [
      labels[network],
      `${processes}`,
      `${workers}`,
      threeDigits(runsPerSecond),
      threeDigits(timesFirst),
    ]),
  };
}

function layersAccuracyTable(results: Of<'layers-accuracy'>): Table {
  return {
    title: 'Networks of layers: distance of the weights from float64, largest difference over largest entry',
    header: ['network', 'rate', 'after samples', 'weights', 'biases'],
    rows: results.map((result) => [
      layersLabel(result),
      `2^${Math.log2(result.rate)}`,
      result.samples.toLocaleString('en'),
      result.weights.toExponential(1),
      result.biases.toExponential(1),
    ]),
  };
}

function accuracyTable(results: Of<'accuracy'>): Table {
  return {
    title: 'Runs of the paper: distance of the weights from float64, largest difference over largest entry',
    header: ['rule, m × k', 'data', 'after samples', 'apical', 'plain JS, float32'],
    rows: results.map((result) => [
      shapeLabel(result),
      result.set,
      result.samples.toLocaleString('en'),
      result.apical.toExponential(1),
      result.js.toExponential(1),
    ]),
  };
}

function wholeTable(results: Of<'whole'>): Table {
  return {
    title: 'Whole experiments of the paper, a worker a core',
    header: ['command', 'time', 'peak memory'],
    rows: results.map(({ command, seconds, peakBytes }) => [
      `apical ${command}`,
      duration(seconds),
      cell(peakBytes, bytes),
    ]),
  };
}

function shapeLabel({
  rule,
  m,
  k,
  activation,
}: Pick<ShapeResult, 'rule' | 'm' | 'k'> & { activation: string }): string {
  return `${ruleLabels[rule]}, ${m} × ${k} ${activation === 'linear' ? 'linear' : 'ReLU'}`;
}

function representationLabel({ rule, m, n, k }: RepresentationResult): string {
  return `${rule}, ${m}${n > 0 ? ` and ${n}` : ''} × ${k}`;
}

function layersLabel({ rule, sizes, activation, batch, steps }: Omit<LayersResult, keyof Measured>): string {
  const settles = steps === undefined ? '' : `, ${steps} steps`;
  return `${ruleLabels[rule] ?? rule}, ${sizes.join('-')} ${activation}${settles}, ${batchWords(batch)}`;
}

function batchWords(batch: number): string {
  return batch === 1 ? 'one by one' : `batches of ${batch}`;
}
