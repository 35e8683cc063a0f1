import { type ObjectiveKind, objectiveLabel, objectiveOfRun } from '../config/loss-of.ts';
import type { RunGroup } from '../runs/group.ts';
import type { Reading } from './group-charts.ts';
import { isNumbered } from './numbered-readings.ts';

/** Readings that are drawn together, under what they are about. */
export interface ReadingGroup {
  readonly title: string;
  readonly words: string;
  readonly readings: readonly Reading[];
}

/** The line at the value that an optimum has. */
const at = (value: number, label: string) => [{ at: value, label }];

/** What probes read, by the probe's name: see core's `createProbe`. */
const probes: readonly (ReadingGroup & {
  readonly probe: string;
  /** What it reads besides, which says nothing more. */
  readonly undrawn?: readonly string[];
})[] = [
  {
    probe: 'held-out',
    title: 'What is held out',
    words:
      'The mean loss on the samples that are held out, and the coefficient of determination R² there, averaged over outputs: 1 where all is predicted, 0 where no better than by the mean.',
    readings: [
      { name: 'held-out', label: 'held out: mean loss' },
      { name: 'held-out.r2', label: 'held out: R²', rules: at(1, 'all predicted') },
    ],
  },
  {
    probe: 'constraint',
    title: 'The constraint',
    words:
      'BMVR’s interneurons hold the gain of the hidden activity at or below 1 in every direction (3): the eigenvalues of E z zᵀ. At the optimum of a linear network all are 1.',
    readings: [
      { name: 'constraint.largest', label: 'largest eigenvalue of E z zᵀ', rules: at(1, 'the constraint: 1') },
      { name: 'constraint.smallest', label: 'smallest eigenvalue of E z zᵀ', rules: at(1, 'saturated: 1') },
    ],
  },
  {
    probe: 'saturation',
    title: 'Saturation',
    words:
      'How far the network is from the optimum’s equations (18), as parts of their right-hand sides: the constraint W1 Cxx W1ᵀ = I, the multiplier QQᵀ, and its eigenvalues. All are 0 at the optimum only.',
    readings: [
      { name: 'saturation.constraint', label: '‖W1 Cxx W1ᵀ − I‖ / √k', rules: at(0, 'optimum') },
      { name: 'saturation.multiplier', label: '‖QQᵀ − W1 Cxy (W1 Cxy)ᵀ‖ / ‖Λ‖', rules: at(0, 'optimum') },
      { name: 'saturation.eigenvalues', label: '‖eigenvalues of QQᵀ − Λ‖ / ‖Λ‖', rules: at(0, 'optimum') },
    ],
  },
  {
    probe: 'teaching-signal',
    title: 'The teaching signal',
    words:
      'The calcium plateau potential a − Q n beside errors carried back (20): W2ᵀ(y − ỹ), ỹ being the best linear prediction, and backprop’s W2ᵀ(y − ŷ). Cosine and slope are 1 at the optimum.',
    readings: [
      { name: 'teaching-signal.least-squares.cosine', label: 'cosine with W2ᵀ(y − ỹ)', rules: at(1, 'optimum') },
      { name: 'teaching-signal.least-squares.slope', label: 'slope on W2ᵀ(y − ỹ)', rules: at(1, 'optimum') },
      { name: 'teaching-signal.backprop.cosine', label: 'cosine with W2ᵀ(y − ŷ)', rules: at(1, 'as backprop') },
      { name: 'teaching-signal.backprop.slope', label: 'slope on W2ᵀ(y − ŷ)', rules: at(1, 'as backprop') },
    ],
  },
  {
    probe: 'constrained-optimum',
    title: 'The optimum of constrained predictive coding',
    words: 'By what part of it the loss of the settled states lies above the least that there can be with this radius.',
    readings: [
      { name: 'constrained-optimum.excess', label: 'above the optimum, as a part of it', rules: at(0, 'optimum') },
    ],
  },
  {
    probe: 'settling-steps',
    title: 'Steps of settling',
    words:
      'How many steps a sample settles until it is at rest: the mean over the data, and the extremes. A batch takes as long as its last sample.',
    readings: [
      { name: 'settling-steps.mean', label: 'steps: mean' },
      { name: 'settling-steps.smallest', label: 'steps: the fewest' },
      { name: 'settling-steps.largest', label: 'steps: the most' },
    ],
  },
  {
    probe: 'curvature',
    title: 'The curvature of settling',
    words:
      'How strongly what settles is drawn back where it begins, of the first samples, and this as a part of what lets steps of their size settle: from 1 on they do not.',
    readings: [
      { name: 'curvature.largest', label: 'largest curvature' },
      { name: 'curvature.ratio', label: 'as a part of what settles', rules: at(1, 'settles below') },
    ],
  },
  {
    probe: 'decoupling',
    title: 'Decoupled interneurons',
    words: 'R learns to be Qᵀ (22, 23): their distance vanishes, whatever both began with.',
    readings: [{ name: 'decoupling.distance', label: '‖Qᵀ − R‖', rules: at(0, 'R = Qᵀ') }],
  },
  {
    probe: 'objectives',
    title: 'The objectives',
    words:
      'The squared error ‖y − ŷ‖², its mean over the data (1), what the ridge adds to it, the constrained objective (3) and its upper bound (4). At the optimum, (1) with its ridge, (3) and (4) are equal.',
    readings: [
      { name: 'objectives.regression', label: 'mean of ‖y − ŷ‖² (1)' },
      { name: 'objectives.ridge', label: 'λ ‖W2 W1‖²' },
      { name: 'objectives.constrained', label: 'constrained objective (3)' },
      { name: 'objectives.bound', label: 'upper bound (4)' },
    ],
  },
  {
    probe: 'principal-subspace',
    title: 'The principal subspace',
    words:
      'How far the space of the leading directions that the cells hear is from that of the first principal components, P and P* being the projectors onto these: from 0 to twice the number of components that are to be kept.',
    readings: [{ name: 'principal-subspace.error', label: 'subspace error ‖P − P*‖²', logarithmic: true }],
    undrawn: ['principal-subspace.relative', 'principal-subspace.components'],
  },
  {
    probe: 'canonical-correlations',
    title: 'Canonical directions',
    words:
      'How much of the correlation of the two views the cells miss, and how far the spaces that they hear of each are from canonical directions, P and P* being the projectors onto these.',
    readings: [
      { name: 'canonical-correlations.objective', label: 'part of Σρ that is missed', logarithmic: true },
      { name: 'canonical-correlations.x', label: 'first view: subspace error ‖P − P*‖²', logarithmic: true },
      { name: 'canonical-correlations.y', label: 'second view: subspace error ‖P − P*‖²', logarithmic: true },
      { name: 'canonical-correlations.orthonormality', label: '‖Vx Cxx Vxᵀ + Vy Cyy Vyᵀ − I‖² / k', logarithmic: true },
    ],
    undrawn: ['canonical-correlations.components'],
  },
  {
    probe: 'output-spectrum',
    title: 'Variances of the outputs',
    words:
      'How far the variances of the outputs along their principal axes are from those of the optimum, Σ (λ̂ − λ*)², and how many outputs are not silent: whose variance is above a hundredth of the largest that one strives for.',
    readings: [
      { name: 'output-spectrum.error', label: 'spectrum error Σ (λ̂ − λ*)²', logarithmic: true },
      { name: 'output-spectrum.kept', label: 'outputs that are not silent' },
    ],
    undrawn: ['output-spectrum.whitening'],
  },
  {
    probe: 'reduced-rank',
    title: 'The optimum of reduced-rank regression',
    words:
      'How far the objective is above the least that there can be with as many cells, as a part of what these explain there, and how far the gain control Wx Cxx Wxᵀ = I is from being met.',
    readings: [
      { name: 'reduced-rank.excess', label: 'above the optimum, as a part', logarithmic: true },
      { name: 'reduced-rank.objective', label: 'objective, with its ridge' },
      { name: 'reduced-rank.constraint', label: '‖Wx Cxx Wxᵀ − I‖ / √k', logarithmic: true },
    ],
    undrawn: ['reduced-rank.optimum'],
  },
];

const alignment = {
  title: 'Alignment',
  words:
    'How what the rule does lies to gradient descent at the same weights: angles in degrees, of what synapses gain (update), of the signals that teach them (signal), and of feedback weights with the transpose of those that they run against (weights). Ratios are of norms, the rule’s to the gradient’s.',
};

const energy = {
  title: 'Energy',
  words:
    'What settling makes small, of the states from which weights learn, the mean over the data: of all layers together, and of each from the first hidden layer to the output.',
};

/** Angles lie between 0 and 180 degrees; at 90, two things have nothing to do with each other. */
function alignmentReading(name: string): Reading {
  const label = name.slice('alignment.'.length);
  if (name.endsWith('.ratio')) return { name, label: `${label}: of norms`, rules: at(1, 'equal') };
  return { name, label: `${label}: angle in degrees`, rules: at(90, 'unrelated') };
}

const residuals = {
  title: 'Residuals',
  words:
    'What the rule is to make zero besides the loss: of each residual the mean of its squared norm. Of V it is what the inverses miss of the activity, with noise, that they are to restore.',
};

function residualReading(name: string): Reading {
  return { name, label: `of ${name.slice('residuals.'.length)}: mean squared norm` };
}

const signals = {
  title: 'Signals',
  words:
    'How signals of the rule are distributed over cells and images: their mean and standard deviation, their smallest and largest value, their median, quartiles and deciles.',
};

function signalReading(name: string): Reading {
  const [, signal, of] = /^signals\.(.*)\.([^.]*)$/.exec(name) ?? [];
  return { name, label: `${signal}: ${of?.replace('-', ' ')}` };
}

/** What runs in time measure, by how their names begin. */
const inTime = [
  {
    begins: /^(rms|mean)\./,
    title: 'How far signals are apart',
    words:
      'The difference of signals that learning is to bring together, over the steps since the evaluation before: the root of its mean square (rms), and the mean of its size.',
    label: (name: string) => name.replace(/^rms\.(.*)/, '$1: root mean square').replace(/^mean\.(.*)/, '$1: mean size'),
  },
  {
    begins: /^weights\./,
    title: 'Weights',
    words:
      'How the weights of synapses are distributed: their mean and standard deviation, the least and the largest; extreme is the share of them that is nearer to a bound than 5 % of it.',
    label: (name: string) => name.replace(/^weights\.(.*)\.(.*)$/, '$1: $2'),
  },
] as const;

/**
 * The objectives, which are these, each on an axis of its own, and accuracies, which are drawn in per cent.
 * @param unit what objectives are in, where it is known and the same for all
 */
export function outcomeReadings(names: readonly string[], kinds: readonly ObjectiveKind[], unit?: string): Reading[] {
  const accuracies = names.filter((name) => name.startsWith('accuracy.'));
  return [
    ...[...new Set(kinds)].map((kind) => ({
      name: 'objective',
      label: [objectiveLabel(kind), unit].filter((part) => part !== undefined).join(', '),
      of: ({ config }: RunGroup) => objectiveOfRun(config) === kind,
    })),
    ...accuracies.map((name) => ({
      name,
      label: `classified right: ${name.slice('accuracy.'.length)}, %`,
      factor: 100,
    })),
  ];
}

/**
 * The probes that some readings are of; those of a probe that is not described here stand under its name.
 * @param unitOf what a reading is in, where it is known
 */
export function probeReadings(
  names: readonly string[],
  unitOf: (name: string) => string | undefined = () => undefined,
): ReadingGroup[] {
  const read = names.filter((name) => name !== 'objective' && !name.startsWith('accuracy.'));
  const described = probes.flatMap(({ probe, title, words, readings }) => {
    const found = readings.filter(({ name }) => read.includes(name));
    return found.length === 0 ? [] : [{ probe, title, words, readings: found }];
  });
  const aligned = read.filter((name) => name.startsWith('alignment.'));
  if (aligned.length > 0) described.push({ probe: 'alignment', ...alignment, readings: aligned.map(alignmentReading) });
  const settled = read.filter((name) => name.startsWith('energy.'));
  const energies = settled.map((name) => ({ name, label: name.slice('energy.'.length) }));
  if (settled.length > 0) described.push({ probe: 'energy', ...energy, readings: energies });
  const left = read.filter((name) => name.startsWith('residuals.'));
  if (left.length > 0) described.push({ probe: 'residuals', ...residuals, readings: left.map(residualReading) });
  const ofSignals = read.filter((name) => name.startsWith('signals.'));
  if (ofSignals.length > 0) described.push({ probe: 'signals', ...signals, readings: ofSignals.map(signalReading) });
  for (const { begins, title, words, label } of inTime) {
    const found = read
      .filter((name) => begins.test(name))
      .map((name) => ({ name, label: [label(name), unitOf(name)].filter((part) => part !== undefined).join(', ') }));
    if (found.length > 0) described.push({ probe: title, title, words, readings: found });
  }
  const known = new Set(described.flatMap(({ readings }) => readings.map(({ name }) => name)));
  const undrawn = new Set(probes.flatMap(({ undrawn = [] }) => undrawn));
  const others = read
    .filter((name) => !known.has(name) && !undrawn.has(name) && !isNumbered(name))
    .map((name) => ({ name, label: name }));
  return others.length === 0 ? described : [...described, { title: 'Other readings', words: '', readings: others }];
}
