// The bidirectional rule, 2021. What came of a plateau is learned at the onset of the next one: each is measured a step after that.

import type { Figure, Layer } from '../../figures/figure.ts';
import type { RunResult } from '../../runs/result.ts';
import type { Measure, ReproducedContender, ReproducedRuns } from '../reproduction.ts';
import { bin, expect, percent } from './expected.ts';
import { rampOf, shapeOf } from './ramps.ts';
import { configOf, type Plateaus, type Session, timeOf, weightsAt, width } from './session.ts';

/** The depolarisation of an input at its largest rate, for a weight more by 1, in mV: the rule's own. */
const scale = 0.150933476;

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

/** The session with both inductions, and those of the first one alone at two other speeds. */
export const bidirectionalContenders = [whole, slowly, fast];

/** After how many steps the first plateau is learned. */
export const firstLearnedAt = whole.learnedAt[0]!;

export const bidirectionalMeasures: readonly Measure[] = [
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
];

/** Ramps after each plateau, what the second induction changed, and three speeds. */
export function bidirectionalFigures(runs: ReproducedRuns): Figure[] {
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
  ];
}
