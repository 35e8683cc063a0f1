import { type FixedSynapses, weightName } from '../circuit/synapses.ts';
import type { Trace } from '../circuit/trace.ts';
import type { Network } from '../network/network.ts';
import { rateAt } from '../network/schedule.ts';
import { Reading } from '../reading/reading.ts';
import type { Samples } from '../samples.ts';
import { inputOf, targetOf } from './one-sample.ts';
import { largestPull } from './pull.ts';
import { learningOf } from './settling.ts';

/** The stimulus and the label are the first two signals of every trace. */
const views = [
  { name: 'input', symbol: 'x', of: inputOf, option: '--inputs standardised' },
  { name: 'label', symbol: 'y', of: targetOf, option: '--label-inputs standardised' },
] as const;

const digits = (value: number) => String(Number(value.toPrecision(3)));

/**
 * Says that the steps of a rule that descends from an objective are too large for it to be stable, if they are known to be, at its present
 * weights and rates: where the rate of running averages (`SynapsesOptions.average`) is 1 or more; and of synapses whose changes are steps down
 * an objective (`descends`), where one of them overshoots.
 */
export function stepWarning(network: Network, samples: Samples): string | undefined {
  const { allSynapses } = network.blueprint.circuit;
  for (const { name } of allSynapses.filter(({ options }) => options.average)) {
    const eta = rateNow(network, weightName(name));
    if (!(eta >= 1)) continue;
    return `the rate of ${name} is ${digits(eta)}: it is a running average, which stays positive definite where its rate is below 1`;
  }
  const { optimiser, optimisers } = network.settings;
  const descending = allSynapses.filter(({ options }) => options.descends);
  if (descending.length === 0 || optimiser || optimisers) return undefined;
  const trace = learningOf(network.blueprint);
  for (const synapses of descending) {
    const warning = overshootWarning(network, samples, trace, synapses);
    if (warning !== undefined) return warning;
  }
  return undefined;
}

/**
 * Of synapses W that a view v of the sample drives, and that learn ΔW = η (p vᵀ − δ W): a step moves W v by η (‖v‖² p − δ W v), and takes it past
 * where it is drawn to, further than it was before, where η (σ ‖v‖² + δ) is above 2, σ being how strongly p draws W v back, the largest
 * eigenvalue of −∂p/∂(W v). Of reduced-rank regression that is σ(Q Qᵀ) of Wx, and s of Wy, whose δ is 1 − s.
 */
function overshootWarning(
  network: Network,
  samples: Samples,
  trace: Trace,
  { name }: FixedSynapses<string, string>,
): string | undefined {
  const change = trace.changes.find((each) => each.synapses === name);
  if (!change || 'value' in change) return undefined;
  const { pre, post, decay } = change;
  const place = trace.operations.findIndex((each) => {
    return each.kind === 'drive' && each.synapses === name && each.input === pre && each.reversed === undefined;
  });
  const drive = trace.operations[place];
  const view = views[pre];
  if (drive?.kind !== 'drive' || !view) return undefined;
  const { square, at } = longest(samples)[pre]!;
  const reading = new Reading(network.blueprint, { weights: network.weights() });
  const interpreter = reading.interpreter(trace, [inputOf(samples, at)], [targetOf(samples, at)]);
  const { values } = interpreter;
  interpreter.do(trace.operations.slice(0, place + 1));
  const after = trace.operations.slice(place + 1);
  const sigma = largestPull(
    ([driven]) => {
      values[drive.output] = [driven!];
      interpreter.do(after);
      return [values[post]![0]!];
    },
    [values[drive.output]![0]!],
  );
  const size = rateNow(network, weightName(name)) * (sigma * square + decay);
  if (!(size >= 2)) return undefined;
  const { symbol, option } = view;
  const of = `σ = ${digits(sigma)} being how strongly what they learn draws back what they drive${decay > 0 ? `, and ${digits(decay)} their decay` : ''}`;
  return `steps of ${name} are too large for the longest ${view.name}: η (σ ‖${symbol}‖²${decay > 0 ? ` + ${digits(decay)}` : ''}) is ${digits(size)}, ${of}, and learning is stable where it is below 2; use rates of ${digits(2 / size)} times their size at most, or scale the data (${option})`;
}

function rateNow(network: Network, name: string): number {
  const rate = network.settings.rates?.[name];
  return rate === undefined ? 0 : rateAt(rate, network.samplesSeen / network.batch);
}

/** A sample, by its number, and ‖v‖² of a view of it. */
interface Length {
  readonly square: number;
  readonly at: number;
}

/** The longest input and the longest label, found once of each data set. */
const known = new WeakMap<Samples, readonly Length[]>();

function longest(samples: Samples): readonly Length[] {
  const found = known.get(samples) ?? views.map(({ of }) => longestOf(samples, of));
  known.set(samples, found);
  return found;
}

function longestOf(samples: Samples, of: (samples: Samples, t: number) => Float64Array): Length {
  let found: Length = { square: 0, at: 0 };
  for (let t = 0; t < samples.count; t++) {
    const square = of(samples, t).reduce((sum, value) => sum + value * value, 0);
    if (square > found.square) found = { square, at: t };
  }
  return found;
}
