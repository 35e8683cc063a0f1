import type { RunConfig } from '../config/run-config.ts';
import type { Figure, Layer } from '../figures/figure.ts';
import type { RunResult } from '../runs/result.ts';
import { rampOf, shapeOf, valueAt } from './ramps.ts';
import type { Measure, ReproducedContender, ReproducedRuns, Reproduction } from './reproduction.ts';

/** Of place fields: 90 cm from end to end, σ = 90/3/√2. */
const width = 21.213203435596427;
/** The depolarisation of an input at its largest rate, for a weight more by 1, in mV: the rule's own. */
const scale = 0.150933476;

/** Plateaus of 300 ms, one a lap, at a place, from a lap to another. */
interface Plateaus {
  readonly at: number;
  readonly first: number;
  readonly last: number;
}

/** Lengths in cm, speeds in cm/s. */
interface Session {
  readonly rule: string;
  readonly eta: number;
  readonly parameters: RunConfig['parameters'] & object;
  readonly length: number;
  readonly speed: number;
  readonly inputs: number;
  readonly plateaus: readonly Plateaus[];
}

/** When the animal is at a place in a lap, the first being 0, in ms. */
const timeOf = ({ length, speed }: Session, lap: number, place: number) => ((lap * length + place) / speed) * 1000;
const toStep = (time: number, dt: number) => Math.round(time / dt) * dt;

function configOf(session: Session, evaluateAt: number[]): RunConfig {
  const { rule, eta, parameters, length, speed, inputs, plateaus } = session;
  const dt = Number(parameters.dt ?? 10);
  const places = `place-fields?cells=${inputs}&length=${length}&speed=${speed / 1000}&width=${width}`;
  const pulses = plateaus.map(({ at, first, last }) => {
    const [from, end] = [timeOf(session, first, at), timeOf(session, last, at) + 1000];
    return `plateau=pulses?width=300&period=${timeOf(session, 1, 0)}&from=${toStep(from, dt)}&until=${toStep(end, dt)}`;
  });
  return {
    rule,
    data: {
      set: ['stream:', places, ...pulses.map((each) => `;${each}`)].join(''),
      split: 'train',
      inputs: 'raw',
      labels: 'numbers',
    },
    hidden: 1,
    activation: 'linear',
    parameters,
    decoupled: false,
    ridge: 0,
    rates: { W: { eta0: eta } },
    initial: {},
    order: 'as-given',
    samples: evaluateAt.at(-1)!,
    evaluateAt,
    accuracy: {},
    probes: [],
    record: { weights: ['W'] },
    seed: 1,
  };
}

/** The weights at an evaluation; 0 is the start. */
function weightsAt({ recorded }: RunResult, evaluation: number): Float64Array {
  const { shape, data } = recorded!['weights.W']!;
  const size = shape[1]! * shape[2]!;
  return Float64Array.from(data.subarray(evaluation * size, (evaluation + 1) * size));
}

// Bidirectional, 2021. What came of a plateau is learned at the onset of the next one: each is measured a step after that.

const [firstPlace, secondPlace] = [320, 235];
const long: Omit<Session, 'speed'> = {
  ...{ rule: 'bidirectional-behavioural-time-scale', eta: 1, parameters: {}, length: 748, inputs: 800 },
  plateaus: [
    { at: firstPlace, first: 1, last: 3 },
    { at: secondPlace, first: 6, last: 9 },
  ],
};
const places = 400;
const track = { length: 748, inputs: 800, width };

const rampsOf = (run: RunResult) =>
  Array.from({ length: run.evaluations.length + 1 }, (_, i) =>
    rampOf(
      weightsAt(run, i).map((w) => scale * (w - 1)),
      track,
      places,
    ),
  );

/** The place of a part of the track, in cm. */
const middle = (i: number) => ((i + 0.5) * 748) / places;

/** After each plateau the ramp that it left: its peak in mV, its shape; and how it differs from that before the second induction. */
function rampReadings(speed: number) {
  return (run: RunResult): Record<string, number>[] => {
    const [, ...ramps] = rampsOf(run);
    const before = ramps[2];
    return ramps.map((ramp, i) => {
      const { shift, asymmetry, width: wide, areaWidth } = shapeOf(ramp, track, i < 3 ? firstPlace : secondPlace);
      const shape = {
        'ramp.shift': shift,
        'ramp.asymmetry': asymmetry,
        'ramp.width': wide,
        'ramp.area width': areaWidth,
      };
      const change = i < 3 || !before ? [] : ramp.map((value, at) => value - before[at]!);
      const timeAt = (value: number) => (middle(change.indexOf(value)) - secondPlace) / speed;
      const [most, least] = [Math.max(...change), Math.min(...change)];
      return {
        'ramp.peak': Math.max(...ramp),
        ...shape,
        ...(change.length > 0 && {
          'change.most': most,
          'change.most at': timeAt(most),
          'change.least': least,
          'change.least at': timeAt(least),
        }),
      };
    });
  };
}

/** After how many steps of 10 ms the plateau of a lap begins; one more. */
const onsetStep = (session: Session, lap: number, at: number) => Math.round(timeOf(session, lap, at) / 10) + 1;

function bidirectional(speed: number, whole: boolean): ReproducedContender & { readonly learnedAt: number[] } {
  const [first, second] = long.plateaus as [Plateaus, Plateaus];
  const session = { ...long, speed, plateaus: whole ? [first, second] : [{ ...first, last: 4 }] };
  const next = [2, 3, 4].map((lap) => onsetStep(session, lap, firstPlace));
  const learnedAt = whole
    ? [...next.slice(0, 2), ...[6, 7, 8, 9].map((lap) => onsetStep(session, lap, secondPlace))]
    : next;
  const label = `bidirectional, ${speed} cm/s`;
  return { label, config: configOf(session, learnedAt), derived: rampReadings(speed), learnedAt };
}

const whole = bidirectional(25, true);
const [slowly, fast] = [bidirectional(12.5, false), bidirectional(50, false)];

function expect(
  of: string,
  measured: string,
  values: readonly (readonly [samples: number, value: number])[],
  within: (value: number) => number,
): Measure {
  return {
    of,
    measured,
    published: values.map(([samples, value]) => ({ samples, value })),
    known: 'computed',
    expected: values.map(([samples, value]) => ({ samples, value, within: within(value) })),
  };
}

const percent = (part: number) => (value: number) => Number(((part / 100) * Math.abs(value)).toPrecision(3));
const bin = () => 1.87;

const byLap = (
  measured: string,
  values: readonly number[],
  within: (value: number) => number,
  laps = whole.learnedAt,
) =>
  expect(
    whole.label,
    measured,
    values.map((value, i) => [laps[i]!, value] as const),
    within,
  );
const last = whole.learnedAt[5]!;

const bySpeed = [slowly, fast].flatMap(({ label, learnedAt }, i) => [
  expect(label, 'ramp.peak', [[learnedAt[2]!, [9.87, 6.02][i]!]], percent(1)),
  expect(label, 'ramp.area width', [[learnedAt[2]!, [60.2, 87.0][i]!]], percent(2)),
]);

// 2017: five laps with a plateau, one before and one after.

const circular = { length: 187, inputs: 200, width };
const place2017 = 93.5;

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

function session2017({ speed, parameters }: Row): Session {
  return {
    ...{ rule: 'behavioural-time-scale', eta: 2.535, parameters, speed, length: 187, inputs: 200 },
    plateaus: [{ at: place2017, first: 1, last: 5 }],
  };
}

function contender2017(row: Row): ReproducedContender {
  const session = session2017(row);
  const { dt } = row.parameters as { readonly dt: number };
  const derived = (run: RunResult) => {
    const grown = [...weightsAt(run, 1)].map((w) => w - 1);
    const { shift, asymmetry, width: wide } = shapeOf(rampOf(weightsAt(run, 1), circular, 100), circular, place2017);
    const [most, share] = [Math.max(...grown), (t: number) => valueAt(grown, place2017 + t * row.speed, 187) / most];
    return [
      {
        ...{ 'growth.most': most / 2.535, 'growth.most at': (placeOfLargest(grown) - place2017) / row.speed },
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

const contenders2017 = table.map(contender2017);

function measures2017(row: Row, { label, config }: ReproducedContender): Measure[] {
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

/** Place fields that plateau potentials make. */
export const placeFields: Reproduction = {
  name: 'place-fields',
  title: 'Place fields by behavioural time scale plasticity',
  says: 'An animal runs laps on a circular track, and a cell that hears place cells has plateau potentials of 300 ms at one place. By the bidirectional rule of 2021 (748 cm, 800 place cells) three plateaus make a place field, and three more at another place move it; at 12.5, 25 and 50 cm/s. By the rule of 2017 (187 cm, 200 place cells), five plateaus, with its long kernels and with those of a standard plasticity, at 15 and 30 cm/s.',
  source:
    'Rules and fitted numbers of Bittner et al., Science 357, 1033–1036 (2017) and Milstein et al., eLife 10, e73046 (2021), as in the programs of the authors; values computed by an independent program',
  selectedOn: 'nothing',
  contenders: [whole, slowly, fast, ...contenders2017].map(({ label, config, derived }) => ({
    label,
    config,
    ...(derived && { derived }),
  })),
  measures: [
    byLap('ramp.peak', [9.139, 7.653, 7.973], percent(1)),
    byLap('ramp.width', [111.5, 123.2, 125.6], percent(3)),
    byLap('ramp.shift', [-6.8, -10.5, -10.5], bin),
    byLap('ramp.asymmetry', [1.8, 2.01, 2.07], percent(3)),
    byLap('ramp.area width', [67.7, 74, 73], percent(2)),
    byLap('weights.W.max', [2.801, 2.388, 2.472], percent(1)),
    byLap('weights.W.min', [0.927, 0.886, 0.86], percent(1)),
    byLap('ramp.peak', [9.05, 7.67, 7.97], percent(1), whole.learnedAt.slice(3)),
    byLap('change.most', [7.77], percent(1), [last]),
    byLap('change.most at', [-0.61], () => 0.08, [last]),
    byLap('change.least', [-4.2], percent(1), [last]),
    byLap('change.least at', [2.16], () => 0.08, [last]),
    ...bySpeed,
    expect(contenders2017[0]!.label, 'growth.most', [[contenders2017[0]!.config.samples, 1.472]], percent(1)),
    expect(contenders2017[2]!.label, 'growth.most', [[contenders2017[2]!.config.samples, 1.439]], percent(1)),
    ...table.flatMap((row, i) => measures2017(row, contenders2017[i]!)),
  ],
  figures,
  seeds: 1,
  minutes: 1,
  quickSamples: whole.learnedAt[0]!,
  notes: [
    'A sample is a step of 10 ms; of the control, whose kernels are shorter, of 1 ms. What came of the plateau of a lap is learned at the onset of the next: the three values of the first induction are those after 8,001, 10,993 and 18,893 steps at 25 cm/s.',
    'ramp.peak is in mV; width (between 15 % of the peak above the baseline, the mean of the lowest tenth), shift (the peak’s place minus the plateau’s) and area width (integral over peak) are in cm; asymmetry is the width before the onset over that after it. change is the ramp after the second induction minus that before it, in mV, and where that is, in s of running from the onset.',
    'growth is what plateaus add to a weight, as a part of the largest, by where its place field lies, in s of running from the onset; growth.most is that of the largest over η, in s.',
    'The first lap overshoots: k₊ I₊ + k₋ I₋ is more than 1, so that the step goes beyond the value to which weights move.',
    'Kernels are recursions that are not cut off, by which the largest weights are up to 0.5 % lower than those of the source, whose kernels are cut and normalised anew.',
    'The second induction begins with the weights that the first has left; in the source, with weights that are fitted to a ramp.',
    'Local signals of the rule of 2017 are multiplied by what makes the largest that of the global signal over 1.116 (discrete fit), 1.204 (rate fit) or 0.857 (control), computed from the same sessions.',
  ],
};

function figures(runs: ReproducedRuns): Figure[] {
  const run = runs.get(whole.label)?.[0];
  if (!run) return [];
  const ramps = rampsOf(run);
  const x = Array.from({ length: places }, (_, i) => middle(i));
  const ramp = (i: number, label: string): Layer => ({ kind: 'line', label, x, y: ramps[i]! });
  const plateauAt = (at: number): Layer => ({ kind: 'at', x: at, says: 'plateau' });
  const position = { label: 'position, cm', domain: [100, 500] as const };
  const depolarisation = { label: 'ramp, mV', domain: [-3, 10.5] as const };
  const speeds = [slowly, whole, fast].flatMap(({ label }) => {
    const own = runs.get(label)?.[0];
    if (!own) return [];
    return {
      kind: 'line' as const,
      label: label.replace('bidirectional, ', ''),
      x: x.map((each) => each - firstPlace),
      y: rampsOf(own)[3]!,
    };
  });
  const change = ramps[6]!.map((value, i) => value - ramps[3]![i]!);
  return [
    {
      title: 'A place field, and how it is moved',
      caption:
        'Bidirectional rule of 2021, 25 cm/s. Left, the ramp after each of three plateaus: the first overshoots. Right, after three more at another place.',
      panels: [
        {
          title: 'first induction',
          x: position,
          y: depolarisation,
          layers: [plateauAt(firstPlace), ...[1, 2, 3].map((i) => ramp(i, `after plateau ${i}`))],
        },
        {
          title: 'second induction',
          x: position,
          y: depolarisation,
          layers: [
            plateauAt(secondPlace),
            ramp(3, 'after plateau 3'),
            ...[4, 5, 6].map((i) => ramp(i, `after plateau ${i}`)),
          ],
        },
      ],
    },
    {
      title: 'What the second induction changed, and the speed',
      caption:
        'Left, the change of the ramp against the time of running from the onset of the plateau: it grows within a second or two, and shrinks where the field was. Right, ramps after three plateaus at three speeds.',
      panels: [
        {
          x: { label: 'time from the plateau’s onset, s', domain: [-6, 8] },
          y: { label: 'change of the ramp, mV' },
          layers: [
            { kind: 'at', y: 0 },
            { kind: 'at', x: 0 },
            { kind: 'line', label: 'change', x: x.map((each) => (each - secondPlace) / 25), y: change },
          ],
        },
        {
          x: { label: 'distance from the plateau, cm', domain: [-200, 200] },
          y: { label: 'ramp, mV' },
          layers: [{ kind: 'at', x: 0 }, ...speeds],
        },
      ],
    },
    {
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
    },
  ];
}

function growthLayer(row: Row, runs: ReproducedRuns): Layer[] {
  const own = runs.get(labelOf(row))?.[0];
  if (!own) return [];
  const grown = [...weightsAt(own, 1)].map((w) => w - 1);
  const most = Math.max(...grown);
  const x = grown.map((_, j) => (((j + 0.5) * 187) / 200 - place2017) / row.speed);
  return [{ kind: 'line', label: row.fit, x, y: grown.map((each) => each / most) }];
}
