import type { Samples } from '@apical/core';
import { numberOf, readBytes, readFloats, type Setup } from '../race/setup.ts';

/** The samples of a problem, as bytes with a scale and an offset. */
export function samplesOfSetup(setup: Setup): Samples {
  return {
    count: numberOf(setup, 'samples'),
    inputs: numberOf(setup, 'm'),
    labels: numberOf(setup, 'n'),
    raw: readBytes(setup, 'pixels.u8'),
    classes: readBytes(setup, 'classes.u8'),
    targets: readFloats(setup, 'targets.f32'),
    scale: numberOf(setup, 'scale'),
    offset: numberOf(setup, 'offset'),
  };
}
