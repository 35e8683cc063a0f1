import { figure3Config, type Method, type PanelName, panelNames, panels, type RunConfig } from '@apical/experiments';
import type { Experiment, MethodSettings } from './experiment.ts';

/** An experiment of the paper. */
export interface Preset {
  /** What the address calls it. */
  readonly name: string;
  readonly title: string;
  readonly group: string;
  readonly experiment: Experiment;
  /** How many samples a run learns in the paper. */
  readonly samples: number;
  /** Where it is not what the paper prints, and why. */
  readonly note?: string;
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

/** The experiment that compares the two runs, which differ in what is a method's own. */
function experimentOf(bmvr: RunConfig, backprop: RunConfig): Experiment {
  const { data, hidden, activation, meanRate, ridge, order, seed } = bmvr;
  const settings: Record<Method, MethodSettings> = { bmvr: settingsOf(bmvr), backprop: settingsOf(backprop) };
  return {
    set: data.set,
    split: data.split,
    labels: data.labels,
    hidden,
    activation,
    meanRate,
    decoupled: false,
    ridge,
    order,
    seed,
    rules: ['bmvr', 'backprop'],
    settings,
    changes: [],
  };
}

function settingsOf({ data, rates, initial }: RunConfig): MethodSettings {
  return { inputs: data.inputs, rates, initial };
}

/** All presets, in the paper's order. */
export const presets: readonly Preset[] = panelNames.map(figure3Preset);

/** The preset that the page opens with, and from which others differ. */
export const defaultPreset = presets[0]!;

export function findPreset(name: string | null): Preset | undefined {
  return presets.find((preset) => preset.name === name);
}
