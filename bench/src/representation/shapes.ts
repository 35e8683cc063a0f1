/** A network that predicts nothing, one sample at a time, and what it learns: normal numbers, in one view or two. */
export interface RepresentationShape {
  readonly rule: 'similarity-matching' | 'bio-cca' | 'adaptive-soft' | 'reduced-rank-regression';
  /** The numbers of an input, and of a second view (0: none). */
  readonly m: number;
  readonly n: number;
  /** Cells. */
  readonly k: number;
  /** The constant rates of synapses. */
  readonly rates: Readonly<Record<string, number>>;
  /** How many samples are timed in each round. */
  readonly timed: number;
}

/** Powers of two, at which no network diverges. */
const [slow, view, lateral] = [2 ** -16, 2 ** -12, 2 ** -8];
const ofViews = { Wx: view, Wy: view };

const rules: readonly Pick<RepresentationShape, 'rule' | 'rates'>[] = [
  { rule: 'similarity-matching', rates: { W: lateral, M: lateral } },
  { rule: 'adaptive-soft', rates: { W: 1, M: 1 } },
  { rule: 'bio-cca', rates: { ...ofViews, M: lateral } },
  { rule: 'reduced-rank-regression', rates: { Wx: slow, Wy: slow, Q: slow } },
];

/** A size at which the inputs are most of the work, and one at which calls are. The second view has 101 numbers, as MediaMill's. */
const sizes = [
  { m: 784, k: 16, timed: 5000 },
  { m: 120, k: 5, timed: 20_000 },
];

export const representationShapes: readonly RepresentationShape[] = sizes.flatMap((size) =>
  rules.map(({ rule, rates }) => ({ rule, rates, n: 'Wx' in rates ? 101 : 0, ...size })),
);
