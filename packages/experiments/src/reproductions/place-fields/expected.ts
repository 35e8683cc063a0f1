import type { Measure } from '../reproduction.ts';

const units: Readonly<Record<string, string>> = {
  ...{ 'ramp.peak': 'mV', 'ramp.width': 'cm', 'ramp.shift': 'cm', 'ramp.area width': 'cm' },
  ...{ 'change.most': 'mV', 'change.most at': 's', 'change.least': 'mV', 'change.least at': 's' },
  ...{ 'growth.most': 's', 'growth.most at': 's' },
};

/** Values that an independent program computed. @param within how far from one is near enough */
export function expect(
  of: string,
  measured: string,
  values: readonly (readonly [samples: number, value: number])[],
  within: (value: number) => number,
): Measure {
  return {
    of,
    measured,
    ...(Object.hasOwn(units, measured) && { unit: units[measured]! }),
    published: values.map(([samples, value]) => ({ samples, value })),
    known: 'computed',
    expected: values.map(([samples, value]) => ({ samples, value, within: within(value) })),
  };
}

/** So many per cent of a value, to three digits. */
export const percent = (part: number) => (value: number) => Number(((part / 100) * Math.abs(value)).toPrecision(3));
/** A bin of the ramps of the source, in cm. */
export const bin = () => 1.87;
