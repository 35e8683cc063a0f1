import type { RandomStream } from '@apical/core';
import { endsOf, valueAt } from '../axis-values.ts';
import type { AxisValue, Interval, Scale } from '../study.ts';

/** A density over the values of an axis, made of some of them. */
export interface Parzen {
  draw(stream: RandomStream): AxisValue;
  /** Up to a factor that is the same for all densities over the axis. */
  density(value: AxisValue): number;
}

/** The density around these values: counts for lists of names, else a mixture of normal densities on the unit interval. */
export function parzenOver(scale: Scale, values: readonly unknown[]): Parzen {
  if (scale.kind !== 'values') return mixture(scale, values, (value) => placeOf(scale, value as number));
  const list = scale.values;
  const ordered = list.length > 2 && list.every((each) => typeof each === 'number');
  if (!ordered) return counts(list, values);
  return mixture(scale, values, (value) => (list.indexOf(value as number) + 0.5) / list.length);
}

/** Every value once, so that none is impossible, and each as often as it was tried. */
function counts(list: readonly AxisValue[], values: readonly unknown[]): Parzen {
  const weights = list.map((value) => 1 + values.filter((other) => other === value).length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    draw(stream): AxisValue {
      let rest = stream.uniform() * total;
      const found = weights.findIndex((weight) => {
        rest -= weight;
        return rest < 0;
      });
      return list.at(found) as AxisValue;
    },
    density: (value) => (weights[list.indexOf(value)] as number) / total,
  };
}

interface Component {
  readonly mean: number;
  readonly width: number;
}

/** A normal density around every value, as wide as its farther neighbour is away, and a wide one over all: the prior. */
function mixture(scale: Scale, values: readonly unknown[], place: (value: unknown) => number): Parzen {
  const components = around(values.map(place).sort((a, b) => a - b));
  return {
    draw(stream) {
      const { mean, width } = components[stream.integer(components.length)] as Component;
      for (;;) {
        const drawn = mean + width * stream.normal();
        if (drawn >= 0 && drawn < 1) return valueAt(scale, drawn);
      }
    },
    density(value) {
      const at = place(value);
      return components.reduce((sum, { mean, width }) => sum + normalDensity(at, mean, width), 0) / components.length;
    },
  };
}

/** The prior's mean and width. */
const prior: Component = { mean: 0.5, width: 1 };

function around(places: readonly number[]): Component[] {
  const narrowest = 1 / Math.min(100, places.length + 2);
  const all = [...places, prior.mean].sort((a, b) => a - b);
  return [
    prior,
    ...places.map((mean) => {
      const at = all.indexOf(mean);
      const neighbours = [mean - (all[at - 1] ?? 0), (all[at + 1] ?? 1) - mean];
      return { mean, width: Math.min(1, Math.max(narrowest, ...neighbours)) };
    }),
  ];
}

/** The inverse of `valueAt`. */
function placeOf(scale: Interval, value: number): number {
  const [low, high] = endsOf(scale);
  return scale.kind === 'log' ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** Cut off at the ends of the unit interval, in which almost all of a narrow one lies: not normalised for what is cut off. */
function normalDensity(at: number, mean: number, width: number): number {
  const distance = (at - mean) / width;
  return Math.exp(-0.5 * distance * distance) / width;
}
