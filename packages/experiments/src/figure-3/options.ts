import { InputError } from '@apical/core';
import { suggestion } from '../config/suggestion.ts';
import type { ExperimentOptions } from '../pool/experiment-options.ts';
import { panelNames } from './panels.ts';
import type { PanelName } from './results.ts';

export interface Figure3Options extends ExperimentOptions {
  /** Default: those whose data ship with the program, MNIST and Fashion-MNIST. */
  readonly panels?: readonly PanelName[] | undefined;
  /** Runs of each method, on seeds one after the other. Default 5. */
  readonly runs?: number | undefined;
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
