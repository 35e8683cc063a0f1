import { InputError } from '@apical/core';
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
