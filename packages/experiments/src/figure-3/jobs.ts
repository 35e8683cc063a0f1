import type { RunConfig } from '../config/run-config.ts';
import { panels } from './panels.ts';
import { figure3Config, type Method, methods } from './protocol.ts';
import type { PanelName } from './results.ts';

/** One run of the figure. */
export interface Job {
  readonly panel: PanelName;
  readonly method: Method;
  readonly config: RunConfig;
  readonly label: string;
}

/** All runs. Both methods of a seed are neighbours, so that a figure cut short has as many of one as of the other. */
export function figure3Jobs(names: readonly PanelName[], seeds: readonly number[]): Job[] {
  return names.flatMap((panel) =>
    seeds.flatMap((seed) =>
      methods.map((method) => ({
        panel,
        method,
        config: figure3Config(panel, method, seed),
        label: `${panels[panel].title} ${method} seed ${seed}`,
      })),
    ),
  );
}
