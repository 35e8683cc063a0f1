import type { Circuit } from '../../circuit/circuit.ts';
import type { Population } from '../../circuit/population.ts';
import type { Signal } from '../../circuit/signal.ts';
import { exponential } from '../../exact/exponential.ts';

/** e^(−dt/τ): by what a trace of time constant τ decays in a step. */
export function decayOf(dt: number, tau: number): number {
  return exponential(-dt / tau);
}

/** Signals by name, all of them in the same cells. */
type Signals<Names extends string, Cells extends string> = Readonly<Record<Names, Signal<Cells>>>;

/**
 * The classical method of Runge and Kutta: what y becomes in a step of dt under dy/dt = f(y),
 * `y + dt/6 (k1 + 2 k2 + 2 k3 + k4)`, with k1 = f(y), k2 = f(y + dt/2 k1), k3 = f(y + dt/2 k2), k4 = f(y + dt k3).
 */
export function rungeKutta<Names extends string, Cells extends string>(
  y: Signals<Names, Cells>,
  dt: number,
  f: (y: Signals<Names, Cells>) => Signals<Names, Cells>,
): Signals<Names, Cells> {
  const names = Object.keys(y) as Names[];
  const each = (make: (name: Names) => Signal<Cells>) =>
    Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Names, Signal<Cells>>;
  const slopes = (number: number, at: Signals<Names, Cells>) => {
    const k = f(at);
    return each((name) => k[name].as(`k${number}${name}`));
  };
  const after = (part: number, symbol: string, k: Signals<Names, Cells>) =>
    each((name) => y[name].plus(k[name].times(part, symbol)));
  const k1 = slopes(1, y);
  const k2 = slopes(2, after(dt / 2, 'dt/2', k1));
  const k3 = slopes(3, after(dt / 2, 'dt/2', k2));
  const k4 = slopes(4, after(dt, 'dt', k3));
  return each((name) => {
    const middle = k2[name].plus(k3[name]).times(2);
    return y[name].plus(
      k1[name]
        .plus(middle)
        .plus(k4[name])
        .times(dt / 6, 'dt/6'),
    );
  });
}

/** [a > b], 1 or 0. */
export function exceeds<Cells extends string>(a: Signal<Cells>, b: Signal<Cells> | number): Signal<Cells> {
  return a.minus(b).through('step');
}

/**
 * The channels of the teacher, a path from the label for each of these names, in their order: `path.drive(y)` is what it says to each cell.
 * @param compartment where in the cells it arrives
 */
export function teacherChannels<Cells extends string>(
  circuit: Circuit,
  cells: Population<Cells>,
  names: readonly string[],
  compartment?: string,
) {
  const place = compartment === undefined ? cells : cells.at(compartment);
  return names.map((name, channel) => circuit.fixed(name, circuit.label, place, { channel }));
}
