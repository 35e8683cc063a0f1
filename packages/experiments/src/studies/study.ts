import type { Settings } from '../config/settings.ts';

/** A value that a setting can have on an axis; null: it is left out. */
export type AxisValue = number | string | boolean | null;

/** What a study varies: the values that some settings take together. */
export interface Axis {
  readonly name: string;
  /** The settings of a run config that take the value, by dotted paths. */
  readonly sets: readonly string[];
  readonly scale: Scale;
  /** A condition on the axes before it; where it does not hold, the settings stay as they are. */
  readonly when?: string;
}

/** The values of an axis: a list, or all numbers between two, evenly spread as they are or in their logarithms. */
export type Scale = { readonly kind: 'values'; readonly values: readonly AxisValue[] } | Interval;

export interface Interval {
  readonly kind: 'linear' | 'log';
  readonly from: number;
  readonly to: number;
  /** Whether only whole numbers count. */
  readonly whole: boolean;
}

/** What is to be made small or large. */
export interface Objective {
  /** `objective`, or another measurement of an evaluation by its dotted path, such as `accuracy.test`. */
  readonly metric: string;
  /** Which evaluation: the last, the best, or the one after so many samples. */
  readonly at: 'last' | 'best' | number;
  readonly goal: 'min' | 'max';
}

export type SearchSettings =
  | { readonly method: 'grid' }
  | { readonly method: 'random' | 'sobol'; readonly trials: number; readonly seed: number }
  | TpeSettings
  | AshaSettings;

export interface TpeSettings {
  readonly method: 'tpe';
  readonly trials: number;
  readonly seed: number;
  /** How many trials are proposed at a time, from what all before them gave. */
  readonly batch: number;
  /** How many of the first are random. */
  readonly startup: number;
}

export interface AshaSettings {
  readonly method: 'asha';
  readonly trials: number;
  readonly seed: number;
  /** η: one trial in so many is promoted, to so many times the samples. */
  readonly eta: number;
  /** r: how many samples every trial learns. */
  readonly minSamples: number;
  /** How many trials go on at a time, in the order of things that decides who is promoted. */
  readonly parallel: number;
}

/** Settings to compare the search with: the paper's. */
export interface MarkedSettings {
  readonly name: string;
  /** Values of the axes, by name. */
  readonly settings: Settings;
}

/** A search over settings of runs, as its file says. */
export interface Study {
  readonly name: string;
  readonly description: string;
  /** What all runs have in common; what it leaves out is as in Figure 3. */
  readonly base: Readonly<Record<string, unknown>>;
  readonly axes: readonly Axis[];
  /** A condition on the axes; combinations for which it does not hold are left out. */
  readonly where?: string;
  readonly seeds: readonly number[];
  readonly objective: Objective;
  readonly search: SearchSettings;
  readonly marked: readonly MarkedSettings[];
  /** Whether runs keep their final weights. */
  readonly keepWeights: boolean;
}

/** One point of a study: a value for every axis whose condition holds. Done with all seeds. */
export interface Trial {
  readonly settings: Settings;
  /** How many samples it learns, where the search decides it. */
  readonly samples?: number;
}
