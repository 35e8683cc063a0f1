import type { Circuit } from '../../circuit/circuit.ts';
import type { Population } from '../../circuit/population.ts';
import type { Signal } from '../../circuit/signal.ts';
import type { FixedSynapses, Synapses } from '../../circuit/synapses.ts';
import type { Architecture } from '../architecture.ts';
import type { Parameters, ParameterValues } from '../parameters.ts';
import type { Behaviour } from '../rule.ts';
import { delayed } from './bursts.ts';
import { decayOf, exceeds, teacherChannels } from './numerics.ts';

// What reversed and mirrored spike-timing-dependent plasticity have in common here: lower cells, the stimulus, that drive upper cells
// by Q, which drive the lower cells by W; a stimulus in the lower cells comes back to them.

/** Settings that both rules have. */
export const pairParameters = {
  dt: { default: 1, above: 0, says: 'a step of time, in ms' },
  form: {
    default: 'cells',
    choices: ['cells', 'spikes', 'rates'],
    says: 'what a sample is: a step of cells that fire at random; a step of spikes that are given, upper ones by the teacher; or rates',
  },
  A: { default: 1.2, min: 0, says: 'A, how much stronger depression is than potentiation' },
  tau: { default: 20, above: 0, says: 'the time constant of the traces of spikes, in ms' },
  wMax: { default: 1, above: 0, says: 'the largest weight, and the smallest is its negative' },
  delay: { default: 15, min: 1, whole: true, says: 'of cells: how many steps a spike takes to other cells' },
  tauSyn: { default: 5, above: 0, says: 'of cells: the time constant of their potentials, in ms' },
  trial: {
    default: 0,
    min: 0,
    whole: true,
    says: 'of cells: after how many steps all but the weights starts anew, spikes on their way included; 0: never',
  },
  largestRate: { default: 0.3, above: 0, says: 'of cells: their largest rate, in spikes a ms' },
} as const satisfies Parameters;

export type PairValues = ParameterValues<typeof pairParameters>;

/** What the teacher of both rules says: upper spikes, where they are given. */
export function pairTeacher({ form }: Pick<PairValues, 'form'>): readonly string[] {
  return form === 'spikes' ? ['spikes'] : [];
}

/** The time constants of both rules: rates have none. */
export function pairTimes({ form, tau, tauSyn }: PairValues): Readonly<Record<string, number>> {
  return form === 'rates' ? {} : form === 'spikes' ? { tau } : { tau, tauSyn };
}

type Lower = Signal<'stimulus'>;
type Upper = Signal<'upper'>;

/** The lower cells, the upper cells, and synapses both ways. */
export interface PairCircuit {
  readonly Q: FixedSynapses<'stimulus', 'upper'>;
  readonly W: FixedSynapses<'upper', 'stimulus'>;
}

/** Spikes of a step, and the traces of those of the steps before: l and u. */
export interface Pairs {
  readonly x: Lower;
  readonly y: Upper;
  readonly l: Lower;
  readonly u: Upper;
}

/** What is learned from rates, x1 → y → x2, and from pairs of spikes. */
export interface PairLearning {
  rates(x1: Lower, y: Upper, x2: Lower): void;
  spikes(pairs: Pairs): void;
}

/** What the circuit does with a sample, in each of its forms. */
export function pairBehaviour(
  circuit: Circuit,
  { Q, W }: PairCircuit,
  upper: Population<'upper'>,
  parameters: PairValues,
  learning: PairLearning,
): Behaviour {
  const { dt, form, tau, delay, tauSyn, largestRate } = parameters;
  const trial = form === 'cells' ? parameters.trial : 0;
  const lower = circuit.stimulus;
  const [given] = form === 'spikes' ? teacherChannels(circuit, upper, ['spikes']) : [];

  /** How many steps of the trial there were before this one; nothing where there are no trials. */
  function clockOf<Cells extends string>(cells: Population<Cells>): Signal<Cells> | undefined {
    if (trial === 0) return undefined;
    const clock = circuit.state(`clock ${cells.name}`, cells, 0, 'ever');
    const next = clock.plus(1);
    clock.becomes(next.times(exceeds(circuit.constant(cells, trial - 0.5), next)));
    return clock;
  }

  /** The trace of spikes, as it is before those of this step: it decays, is read, and is raised by 1 a spike. */
  function traceOf<Cells extends string>(spikes: Signal<Cells>, symbol: string, clock?: Signal<Cells>): Signal<Cells> {
    const trace = circuit.state(`trace ${symbol}`, spikes.population, 0, 'ever');
    const read = ofTrial(trace, clock, 1).times(decayOf(dt, tau)).as(symbol);
    trace.becomes(read.plus(spikes));
    return read;
  }

  /** Spikes of cells at a rate, at most one a step: with the probability 1 − exp(−rate dt). */
  function firing<Cells extends string>(rate: Signal<Cells>, name: string): Signal<Cells> {
    const silent = rate.minimum(largestRate).times(-dt, '−dt').through('exponential');
    const draw = circuit.noise(name, rate.population, { uniform: 0.5 }).plus(0.5);
    return exceeds(circuit.constant(rate.population, 1).minus(silent), draw);
  }

  /** A step of cells that fire at the rate of what drives them from outside and of their potentials, v ← q v + (1 − q) (what arrives). */
  function fire(p: Lower): Pairs {
    const q = decayOf(dt, tauSyn);
    const [vLower, vUpper] = [circuit.state('v lower', lower, 0, 'ever'), circuit.state('v upper', upper, 0, 'ever')];
    const [sent, back] = [circuit.state('x sent', lower, 0, 'ever'), circuit.state('y sent', upper, 0, 'ever')];
    const [lowerClock, upperClock] = [clockOf(lower), clockOf(upper)];
    const toLower = ofTrial(W.drive(delayed(circuit, back, delay - 1, 'y')), lowerClock, delay);
    const toUpper = ofTrial(Q.drive(delayed(circuit, sent, delay - 1, 'x')), upperClock, delay);
    const nextLower = ofTrial(vLower, lowerClock, 1)
      .times(q)
      .plus(toLower.times(1 - q));
    const nextUpper = ofTrial(vUpper, upperClock, 1)
      .times(q)
      .plus(toUpper.times(1 - q));
    const x = firing(p.plus(nextLower.maximum(0)), 'ξ lower').as('x');
    const y = firing(nextUpper.maximum(0), 'ξ upper').as('y');
    vLower.becomes(nextLower);
    vUpper.becomes(nextUpper);
    sent.becomes(x);
    back.becomes(y);
    return { x, y, l: traceOf(x, 'l', lowerClock), u: traceOf(y, 'u', upperClock) };
  }

  return {
    transform: (x) => Q.drive(x),
    learn(x, label) {
      if (form === 'rates') {
        const y = Q.drive(x).as('y');
        learning.rates(x, y, W.drive(y).as('x2'));
        return;
      }
      if (given === undefined) learning.spikes(fire(x));
      else {
        const y = given.drive(label).as('y');
        learning.spikes({ x, y, l: traceOf(x, 'l'), u: traceOf(y, 'u') });
      }
    },
  };
}

/** What is of the trial, where so many steps of it have to have been before: else nothing. All, where there is no clock of trials. */
function ofTrial<Cells extends string>(signal: Signal<Cells>, clock: Signal<Cells> | undefined, steps: number) {
  return clock ? signal.times(exceeds(clock, steps - 0.5)) : signal;
}

/** The upper cells of a rule, and W from them to the lower ones. */
export function layUpper(circuit: Circuit, { hidden: [k = 1] }: Architecture, wMax: number) {
  const upper = circuit.population('upper', k);
  const bounds = { min: -wMax, max: wMax };
  const W = circuit.synapses('W', upper, circuit.stimulus, { normal: 0.1 }, { bounds });
  return { upper, W: W as Synapses<'upper', 'stimulus'>, bounds };
}
