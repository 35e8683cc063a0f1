import { weightName } from '../circuit/synapses.ts';
import type { Network } from '../network/network.ts';
import { rateAt } from '../network/schedule.ts';
import { labelAt, type Samples, scaleOf } from '../samples.ts';
import { diagonalise } from './eigen.ts';
import { weight } from './hidden-activity.ts';

const digits = (value: number) => String(Number(value.toPrecision(3)));

/**
 * Says that the steps of a rule that descends from an objective are too large for it to be stable, if they are known to be, at its present
 * weights and rates:
 * of reduced-rank regression where ηx ‖x‖² σmax(QQᵀ) or ηy (s ‖y‖² + 1 − s) is 2 or more for a sample, and of running averages M, or P, where
 * their rate is 1 or more.
 */
export function stepWarning(network: Network, samples: Samples): string | undefined {
  const { rule } = network;
  const averages = network.blueprint.circuit.allSynapses.filter(({ options }) => options.average);
  for (const { name } of averages) {
    const eta = rateNow(network, weightName(name));
    if (!(eta >= 1)) continue;
    return `the rate of ${name} is ${digits(eta)}: it is a running average, which stays positive definite where its rate is below 1`;
  }
  const { optimiser, optimisers } = network.settings;
  if (rule !== 'reduced-rank-regression' || optimiser || optimisers) return undefined;
  const s = Number(network.parameters.s);
  const Q = weight(network.weights(), 'Q');
  const { eigenvalues } = diagonalise(Q.mmul(Q.transpose()));
  const largest = largestLengths(samples);
  const steps = [
    {
      name: 'Wx',
      size: rateNow(network, 'Wx') * largest.x * eigenvalues[0]!,
      what: 'η ‖x‖² σ',
      of: 'σ the largest eigenvalue of Q Qᵀ',
    },
    { name: 'Wy', size: rateNow(network, 'Wy') * (s * largest.y + 1 - s), what: 'η (s ‖y‖² + 1 − s)', of: `s = ${s}` },
  ];
  const found = steps.find(({ size }) => size >= 2);
  if (!found) return undefined;
  const { size, what, of } = found;
  return `steps of ${found.name} are too large for the longest sample: ${what} is ${digits(size)}, ${of}, and learning is stable where it is below 2; use rates of ${digits(2 / size)} times their size at most, or scale the data (--inputs standardised, --label-inputs standardised)`;
}

function rateNow(network: Network, name: string): number {
  const rate = network.settings.rates?.[name];
  return rate === undefined ? 0 : rateAt(rate, network.samplesSeen / network.batch);
}

/** The largest ‖x‖² and ‖y‖², found once of each data set. */
const lengths = new WeakMap<Samples, { readonly x: number; readonly y: number }>();

function largestLengths(samples: Samples): { readonly x: number; readonly y: number } {
  const known = lengths.get(samples);
  if (known) return known;
  const { count, inputs, labels, raw, offset, targets } = samples;
  let [x, y] = [0, 0];
  for (let t = 0; t < count; t++) {
    const scale = scaleOf(samples, t);
    let length = 0;
    for (let i = t * inputs; i < (t + 1) * inputs; i++) length += (scale * raw[i]! + offset) ** 2;
    x = Math.max(x, length);
    const at = labelAt(samples, t);
    length = 0;
    for (let i = at; i < at + labels; i++) length += targets[i]! ** 2;
    y = Math.max(y, length);
  }
  lengths.set(samples, { x, y });
  return { x, y };
}
