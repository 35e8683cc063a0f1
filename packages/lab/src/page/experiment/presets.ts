import {
  figure3Config,
  imagesLearned,
  type Method,
  type PanelName,
  panelNames,
  panels,
  type RunConfig,
  table1Config,
  table1Paper,
  table1Settings,
  type Width,
  widths,
} from '@apical/experiments';
import type { Experiment } from './experiment.ts';
import { withConfig } from './run-config.ts';

/** An experiment of the paper. */
export interface Preset {
  /** What the address calls it. */
  readonly name: string;
  readonly title: string;
  readonly group: string;
  readonly experiment: Experiment;
  /** How many samples a run learns in the paper. */
  readonly samples: number;
  /** What the paper has, or where it is not what the paper prints, and why. */
  readonly note?: string;
  /** The measure that it is about; objective (1) where it is absent. */
  readonly measure?: string;
  /** The panel of Figure 3 that it is. */
  readonly panel?: PanelName;
}

function figure3Preset(panel: PanelName): Preset {
  const { title, hidden, samples, bmvr, backprop } = panels[panel];
  const note = bmvr.note ?? backprop.note;
  return {
    name: `figure-3/${panel}`,
    title: `${title}, k = ${hidden}`,
    group: 'Figure 3: linear',
    experiment: experimentOf(figure3Config(panel, 'bmvr', 1), figure3Config(panel, 'backprop', 1)),
    samples,
    panel,
    ...(note !== undefined && { note }),
  };
}

function table1Preset(width: Width): Preset {
  const config = (method: Method) => table1Config('paper', width, method, { seed: 1 });
  const figures = (method: Method) => `${table1Paper[width][method].train} % and ${table1Paper[width][method].test} %`;
  const { bmvr, backprop } = table1Settings.paper[width];
  return {
    name: `table-1/${width}`,
    title: `MNIST, k = ${width}`,
    group: 'Table 1: mean-subtracted ReLU',
    experiment: experimentOf(config('bmvr'), config('backprop')),
    samples: imagesLearned * Math.max(bmvr.epochs, backprop.epochs),
    measure: 'accuracy',
    note: `The paper, on images learned and held out: BMVR ${figures('bmvr')}, backprop ${figures('backprop')}; here after ${bmvr.epochs} and ${backprop.epochs} epochs.`,
  };
}

/** The experiment that compares these runs, which differ in what is a rule's own. */
function experimentOf(first: RunConfig, ...others: readonly RunConfig[]): Experiment {
  const compared = [first, ...others].map(withConfig);
  return {
    ...withConfig(first),
    rules: compared.flatMap(({ rules }) => rules),
    settings: Object.assign({}, ...compared.map(({ settings }) => settings)),
  };
}

/** All presets, in the paper's order. */
export const presets: readonly Preset[] = [...panelNames.map(figure3Preset), ...widths.map(table1Preset)];

/** The preset that the page opens with, and from which others differ. */
export const defaultPreset = presets[0]!;

export function findPreset(name: string | null): Preset | undefined {
  return presets.find((preset) => preset.name === name);
}
