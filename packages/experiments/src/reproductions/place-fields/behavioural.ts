// The rule of 2017: five laps with a plateau, one before and one after.

import type { RunConfig } from '../../config/run-config.ts';
import type { Figure, Layer } from '../../figures/figure.ts';
import type { RunResult } from '../../runs/result.ts';
import type { Measure, ReproducedContender, ReproducedRuns } from '../reproduction.ts';
import { bin, expect, percent } from './expected.ts';
import { rampOf, shapeOf, valueAt } from './ramps.ts';
import { configOf, type Session, timeOf, weightsAt, width } from './session.ts';

const circular = { length: 187, inputs: 200, width };
const plateauPlace = 93.5;

interface Row {
  readonly fit: string;
  readonly speed: number;
  readonly parameters: RunConfig['parameters'] & object;
  readonly largestAt: number;
  readonly width: number;
  readonly shift: number;
  readonly asymmetry: number;
  /** A/Amax at −3, −2, −1, 0, 1 and 2 s from the onset. */
  readonly at: readonly number[];
}

const kernels = (
  localRise: number,
  localDecay: number,
  globalRise: number,
  globalDecay: number,
  gain: number,
  dt = 10,
) => ({ dt, localRise, localDecay, globalRise, globalDecay, gain });
const discrete = [212.9, 1196, 101.5, 454.8] as const;
const rate = [209.9, 1093, 103.5, 438.2] as const;
const standard = [10, 100, 10, 100] as const;

// Gains make the largest local signal that of the global one over 1.116, 1.204 and 0.857: computed from the same sessions.
const table: readonly Row[] = [
  {
    fit: 'discrete fit',
    speed: 15,
    parameters: kernels(...discrete, 0.48908763575),
    largestAt: -0.59,
    width: 116.9,
    shift: -8.4,
    asymmetry: 1.51,
    at: [0.44, 0.77, 0.98, 0.97, 0.69, 0.33],
  },
  {
    fit: 'discrete fit',
    speed: 30,
    parameters: kernels(...discrete, 0.67786184604),
    largestAt: -0.36,
    width: 130,
    shift: -12.2,
    asymmetry: 1.87,
    at: [0.26, 0.52, 0.9, 0.97, 0.46, 0.19],
  },
  {
    fit: 'rate fit',
    speed: 15,
    parameters: kernels(...rate, 0.44883580732),
    largestAt: -0.53,
    width: 113.8,
    shift: -8.4,
    asymmetry: 1.41,
    at: [0.37, 0.72, 0.97, 0.97, 0.69, 0.32],
  },
  {
    fit: 'rate fit',
    speed: 30,
    parameters: kernels(...rate, 0.61356305675),
    largestAt: -0.33,
    width: 127.7,
    shift: -12.2,
    asymmetry: 1.74,
    at: [0.21, 0.46, 0.86, 0.96, 0.44, 0.16],
  },
  {
    fit: 'control',
    speed: 15,
    parameters: kernels(...standard, 1.108104037, 1),
    largestAt: -0.34,
    width: 91.4,
    shift: 2.8,
    asymmetry: 0.9,
    at: [0.02, 0.22, 0.8, 1, 0.93, 0.36],
  },
  {
    fit: 'control',
    speed: 30,
    parameters: kernels(...standard, 1.12357815957, 1),
    largestAt: -0.08,
    width: 92.8,
    shift: 4.7,
    asymmetry: 0.81,
    at: [0, 0, 0.17, 1, 0.44, 0.02],
  },
];

const seconds = [-3, -2, -1, 0, 1, 2];

function sessionOf({ speed, parameters }: Row): Session {
  return {
    ...{ rule: 'behavioural-time-scale', eta: 2.535, parameters, speed, length: 187, inputs: 200 },
    plateaus: [{ at: plateauPlace, first: 1, last: 5 }],
  };
}

function contenderOf(row: Row): ReproducedContender {
  const session = sessionOf(row);
  const { dt } = row.parameters as { readonly dt: number };
  const derived = (run: RunResult) => {
    const grown = [...weightsAt(run, 1)].map((w) => w - 1);
    const { shift, asymmetry, width: wide } = shapeOf(rampOf(weightsAt(run, 1), circular, 100), circular, plateauPlace);
    const [most, share] = [Math.max(...grown), (t: number) => valueAt(grown, plateauPlace + t * row.speed, 187) / most];
    return [
      {
        ...{ 'growth.most': most / 2.535, 'growth.most at': (placeOfLargest(grown) - plateauPlace) / row.speed },
        ...{ 'ramp.width': wide, 'ramp.shift': shift, 'ramp.asymmetry': asymmetry },
        ...Object.fromEntries(seconds.map((t) => [`growth.at ${t} s`, share(t)])),
      },
    ];
  };
  return { label: labelOf(row), config: configOf(session, [Math.floor(timeOf(session, 7, 0) / dt)]), derived };
}

const labelOf = ({ fit, speed }: Row) => `2017, ${fit}, ${speed} cm/s`;

/** Where the largest of values at the middles of equal parts of the track is, by the parabola through it and its neighbours. */
function placeOfLargest(values: readonly number[]): number {
  const top = values.indexOf(Math.max(...values));
  const [before, at, after] = [top - 1, top, top + 1].map((i) => values[(i + values.length) % values.length]!) as [
    number,
    number,
    number,
  ];
  const offset = (before - after) / (2 * (before - 2 * at + after) || 1);
  return ((top + 0.5 + offset) * 187) / values.length;
}

export const behaviouralContenders = table.map(contenderOf);

function measuresOf(row: Row, { label, config }: ReproducedContender): Measure[] {
  const one = (measured: string, value: number, within: (value: number) => number) =>
    expect(label, measured, [[config.samples, value]], within);
  return [
    one('growth.most at', row.largestAt, () => 0.05),
    one('ramp.width', row.width, percent(3)),
    one('ramp.shift', row.shift, bin),
    one('ramp.asymmetry', row.asymmetry, percent(3)),
    ...seconds.map((t, i) => one(`growth.at ${t} s`, row.at[i]!, () => 0.02)),
  ];
}

export const behaviouralMeasures: readonly Measure[] = [
  expect(
    behaviouralContenders[0]!.label,
    'growth.most',
    [[behaviouralContenders[0]!.config.samples, 1.472]],
    percent(1),
  ),
  expect(
    behaviouralContenders[2]!.label,
    'growth.most',
    [[behaviouralContenders[2]!.config.samples, 1.439]],
    percent(1),
  ),
  ...table.flatMap((row, i) => measuresOf(row, behaviouralContenders[i]!)),
];

/** How much plateaus add to weights, by when the animal is at their place fields. */
export function behaviouralFigure(runs: ReproducedRuns): Figure {
  return {
    title: 'The rule of 2017, and a standard one',
    caption:
      'How much plateaus add to the weight of an input, as a part of the largest, by when the animal is at its place field: seconds before the plateau too, by the long kernels; only where both come together, by standard ones.',
    panels: [15, 30].map((speed) => ({
      title: `${speed} cm/s`,
      x: { label: 'time from the plateau’s onset, s', domain: [-4, 4] as const },
      y: { label: 'growth, part of the largest', domain: [0, 1.05] as const },
      layers: [
        { kind: 'at' as const, x: 0 },
        ...table.filter((row) => row.speed === speed).flatMap((row) => growthLayer(row, runs)),
      ],
    })),
  };
}

function growthLayer(row: Row, runs: ReproducedRuns): Layer[] {
  const own = runs.get(labelOf(row))?.[0];
  if (!own) return [];
  const grown = [...weightsAt(own, 1)].map((w) => w - 1);
  const most = Math.max(...grown);
  const x = grown.map((_, j) => (((j + 0.5) * 187) / 200 - plateauPlace) / row.speed);
  return [{ kind: 'line', label: row.fit, x, y: grown.map((each) => each / most) }];
}
