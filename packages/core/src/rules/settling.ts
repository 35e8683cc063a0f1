import type { Circuit } from '../circuit/circuit.ts';
import type { Population } from '../circuit/population.ts';
import type { Driven } from '../circuit/rest.ts';
import type { Signal, State } from '../circuit/signal.ts';

/** How states settle along what drives them: by plain steps, with momentum, or by Adam. */
export const settlings = ['plain', 'momentum', 'adam'] as const;

export interface Settling {
  readonly by: (typeof settlings)[number];
  /** γ, the size of a step. */
  readonly rate: number;
  /** What of a step goes on in the next, with momentum. */
  readonly momentum: number;
  /** A sample is at rest where no cell's drive is larger than this; 0: it takes all steps. */
  readonly tolerance: number;
}

/** The parameter that is the tolerance of settling. */
export const tolerance = {
  default: 0,
  min: 0,
  says: 'settling by steps stops, for each sample by itself, where no cell is driven by more than this; 0: never early',
} as const;

/** A state that settles. */
export interface SettlingState<Name extends string> {
  readonly state: State<Name>;
  /** One step along the drive, −∂E/∂ of the state. */
  follow(drive: Signal<Name>): Driven;
}

/** How what settles comes to rest: by plain steps where the energy's largest curvature is below 2 / γ, with momentum 2 (1 + μ) / γ. */
export function restOf({ by, rate, momentum, tolerance }: Settling): { tolerance: number; stableBelow?: number } {
  if (by === 'adam') return { tolerance };
  return { tolerance, stableBelow: (2 * (1 + (by === 'momentum' ? momentum : 0))) / rate };
}

const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];

/**
 * A state that starts as a signal, for each sample anew, and follows what drives it: `plain` v ← v + γ g; `momentum` w ← μ w + g,
 * v ← v + γ w; `adam` (Kingma and Ba 2015, β 0.9 and 0.999, ε 1e-8) v ← v + γ m̂ / (√ŝ + ε), with means m of g and s of g² a cell.
 */
export function settlingState<Name extends string>(
  circuit: Circuit,
  name: string,
  population: Population<Name>,
  start: Signal<Name>,
  { by, rate, momentum, tolerance }: Settling,
): SettlingState<Name> {
  const state = circuit.state(name, population, start).as(name);
  const step = (along: Signal<Name>) => state.becomes(state.plus(along.times(rate, 'γ')));
  if (by === 'plain') {
    return {
      state,
      follow(drive) {
        // What settling is measured by has a name.
        step(tolerance > 0 ? drive.as(`g(${name})`) : drive);
        return { state, drive };
      },
    };
  }
  const kept = (symbol: string) => circuit.state(`${symbol}(${name})`, population, 0);
  if (by === 'momentum') {
    const w = kept('w');
    return {
      state,
      follow(drive) {
        const next = w.times(momentum, 'μ').plus(drive.as(`g(${name})`));
        w.becomes(next);
        step(next);
        return { state, drive };
      },
    };
  }
  const [m, s, c, d] = [kept('m'), kept('s'), kept('c'), kept('d')];
  /** An average that has moved towards a value, which it is to the part 1 − β. */
  const moved = (average: State<Name>, value: Signal<Name> | number, beta: number) => {
    const part = typeof value === 'number' ? circuit.constant(population, value * (1 - beta)) : value.times(1 - beta);
    const next = average.times(beta).plus(part);
    average.becomes(next);
    return next;
  };
  return {
    state,
    follow(drive) {
      drive.as(`g(${name})`);
      // c and d are 1 − β1ᵏ and 1 − β2ᵏ: what of an average is filled after k steps.
      const mean = moved(m, drive, beta1).times(moved(c, 1, beta1).through('reciprocal'));
      const square = moved(s, drive.times(drive), beta2).times(moved(d, 1, beta2).through('reciprocal'));
      const size = square.as(`ŝ(${name})`).through('squareRoot').plus(epsilon);
      step(mean.as(`m̂(${name})`).times(size.through('reciprocal')));
      return { state, drive };
    },
  };
}
