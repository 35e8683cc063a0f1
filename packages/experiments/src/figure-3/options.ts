import { InputError } from 'apical';
import { suggestion } from '../config/suggestion.ts';
import { panelNames } from './panels.ts';
import type { PanelName } from './results.ts';

export interface Figure3Options {
  /** Default: those whose data ship with the program, MNIST and Fashion-MNIST. */
  readonly panels?: readonly PanelName[] | undefined;
  /** Runs of each method, on seeds one after the other. Default 5. */
  readonly runs?: number | undefined;
  /** The first seed. Default 1. */
  readonly seed?: number | undefined;
  /** How many runs go on at a time; changes no result. Default: as many as the machine does well. */
  readonly workers?: number | undefined;
  /** The folder of the data sets: see `dataDirectory`. */
  readonly directory?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told before the first run which there are, and how many samples each learns. */
  readonly onStart?: ((runs: { label: string; samples: number }[]) => void) | undefined;
  /** Told several times a second how far a run is, and once at its end; `run` is its place in what `onStart` was told. */
  readonly onProgress?: ((run: number, samplesSeen: number) => void) | undefined;
}

/** Each panel once, in the paper's order. @throws InputError for one that there is not, or for none */
export function chosenPanels(wanted: readonly string[] = ['mnist', 'fashion-mnist']): PanelName[] {
  for (const name of wanted) {
    if (panelNames.some((known) => known === name)) continue;
    throw new InputError(
      `Figure 3 has no panel "${name}"${suggestion(name, panelNames)}: choose among ${panelNames.join(', ')}`,
    );
  }
  if (wanted.length === 0) throw new InputError(`no panel was chosen; there are ${panelNames.join(', ')}`);
  return panelNames.filter((name) => wanted.includes(name));
}

/** The seeds of the runs. @throws InputError for numbers out of range */
export function chosenSeeds({ seed = 1, runs = 5 }: Figure3Options): number[] {
  if (!Number.isSafeInteger(runs) || runs < 1) {
    throw new InputError(`the number of runs must be a whole number from 1, not ${runs}`);
  }
  if (!Number.isSafeInteger(seed) || seed < 0 || !Number.isSafeInteger(seed + runs - 1)) {
    throw new InputError(`the seeds must be whole numbers from 0 to ${Number.MAX_SAFE_INTEGER}, not ${seed} and on`);
  }
  return Array.from({ length: runs }, (_, i) => seed + i);
}
