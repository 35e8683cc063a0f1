import { defaultRunConfig } from '../../src/config/default-config.ts';
import type { RunConfig } from '../../src/config/run-config.ts';

/** A run of a second or so, with evaluations all the way. */
export const killedConfig: RunConfig = {
  ...defaultRunConfig('bmvr', 'mnist'),
  samples: 400_000,
  evaluateAt: Array.from({ length: 20 }, (_, i) => 20_000 * (i + 1)),
};
