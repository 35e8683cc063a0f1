import type { RunConfig } from '../config/run-config.ts';
import type { Measure, Reproduction } from './reproduction.ts';

/** Of place fields: 90 cm from end to end, σ = 90/3/√2. */
const width = 21.213203435596427;

interface Session {
  readonly rule: string;
  readonly eta: number;
  readonly parameters: RunConfig['parameters'] & object;
  /** In cm, and cm/s. */
  readonly track: number;
  readonly speed: number;
  readonly inputs: number;
  readonly plateau: number;
  /** How many laps are run, and after how many steps it is measured. */
  readonly laps: number;
  readonly evaluateAt: number[];
}

/** Steps of 10 ms in a lap, and from its start to the plateau. */
const lapOf = ({ track, speed }: Pick<Session, 'track' | 'speed'>) => (track / speed) * 100;
const onsetOf = ({ plateau, speed }: Pick<Session, 'plateau' | 'speed'>) => (plateau / speed) * 100;

function contender(label: string, session: Session) {
  const { rule, eta, parameters, track, speed, inputs, evaluateAt } = session;
  const [lap, onset] = [10 * lapOf(session), 10 * onsetOf(session)];
  const places = `place-fields?cells=${inputs}&length=${track}&speed=${speed / 1000}&width=${width}`;
  const pulses = `pulses?width=300&period=${Math.round(lap / 10) * 10}&from=${Math.round((lap + onset) / 10) * 10}`;
  const config: RunConfig = {
    rule,
    data: {
      set: `stream:${places};plateau=${pulses}&until=${Math.round(session.laps * lap)}`,
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
    evaluateAt: [...evaluateAt],
    accuracy: {},
    probes: [],
    seed: 1,
  };
  return { label, config };
}

/** What came of a lap's plateau is learned at the onset of the next one. */
const long = { track: 748, speed: 25, plateau: 320 };
const learnedAt = [1, 2, 3].map((lap) => Math.round((lap + 1) * lapOf(long) + onsetOf(long)) + 1);

const bidirectional: Session = {
  ...{ rule: 'bidirectional-behavioural-time-scale', eta: 1, parameters: {}, inputs: 800, laps: 6 },
  ...long,
  evaluateAt: learnedAt,
};

/** Five laps with a plateau, one before and one after. */
const short = (speed: number, gain: number): Session => ({
  ...{ rule: 'behavioural-time-scale', eta: 2.535, parameters: { gain } },
  ...{ track: 187, speed, inputs: 200, plateau: 93.5, laps: 6 },
  evaluateAt: [Math.floor((7 * 18_700) / speed)],
});
const slow = short(15, 0.4890876357513917);
const [end] = slow.evaluateAt;

const byLap = (what: 'max' | 'min', values: readonly number[], within: number): Measure => ({
  of: 'bidirectional, 2021',
  measured: `weights.W.${what}`,
  published: values.map((value, lap) => ({ samples: learnedAt[lap]!, value })),
  known: 'computed',
  expected: values.map((value, lap) => ({ samples: learnedAt[lap]!, value, within })),
});

/** Place fields that plateau potentials make. */
export const placeFields: Reproduction = {
  name: 'place-fields',
  title: 'Place fields by behavioural time scale plasticity',
  says: 'An animal runs laps on a circular track, and a cell that hears place cells has plateau potentials of 300 ms at one place: the weights, lap by lap, by the bidirectional rule of 2021 (748 cm at 25 cm/s, 800 place cells), and after five plateaus by the rule of 2017 (187 cm at 15 cm/s, 200 place cells).',
  source:
    'Rules and fitted numbers of Bittner et al., Science 357, 1033–1036 (2017) and Milstein et al., eLife 10, e73046 (2021), as in the programs of the authors; values computed by an independent program',
  selectedOn: 'nothing',
  contenders: [contender('bidirectional, 2021', bidirectional), contender('2017', slow)],
  measures: [
    byLap('max', [2.801, 2.388, 2.472], 0.028),
    byLap('min', [0.927, 0.886, 0.86], 0.01),
    {
      of: '2017',
      measured: 'weights.W.max',
      published: [{ samples: end!, value: 1 + 2.535 * 1.472 }],
      known: 'computed',
      expected: [{ samples: end!, value: 1 + 2.535 * 1.472, within: 0.04 }],
    },
  ],
  seeds: 1,
  minutes: 1,
  quickSamples: learnedAt[0]!,
  notes: [
    'A sample is a step of 10 ms. What came of the plateau of a lap is learned at the onset of the next.',
    'The first lap overshoots: k₊ I₊ + k₋ I₋ is more than 1, so that the step goes beyond the value to which weights move.',
    'Kernels are recursions that are not cut off, by which the largest weights are up to 0.5 % lower than those of the source, whose kernels are cut and normalised anew.',
    'Local signals of the rule of 2017 are multiplied by what makes the largest that of the global signal over 1.116, computed from the same session.',
    'Widths, shifts and asymmetries of fields, other speeds and the second induction are not measured here.',
  ],
};
