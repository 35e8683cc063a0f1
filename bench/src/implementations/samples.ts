import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Samples, samplesOf } from '@apical/core';
import { numberOf, readBytes, readFloats, type Setup } from '../race/setup.ts';

/** The samples of a problem: pixels as bytes with a scale and an offset, others as they are. */
export function samplesOfSetup(setup: Setup): Samples {
  const inputs = numberOf(setup, 'm');
  const labels = numberOf(setup, 'n');
  if (!existsSync(path.join(setup.folder, 'classes.u8'))) {
    const views = {
      X: readFloats(setup, 'inputs.f32'),
      ...(labels > 0 && { Y: readFloats(setup, 'labels.f32'), labels }),
    };
    return samplesOf({ ...views, inputs });
  }
  return {
    count: numberOf(setup, 'samples'),
    ...{ inputs, labels },
    raw: readBytes(setup, 'pixels.u8'),
    classes: readBytes(setup, 'classes.u8'),
    targets: readFloats(setup, 'targets.f32'),
    scale: numberOf(setup, 'scale'),
    offset: numberOf(setup, 'offset'),
  };
}
