import type { RunGroup } from '../runs/group.ts';

/** The hidden units of a column of Table 1. */
export type Width = '64' | '256';
export const widths: readonly Width[] = ['64', '256'];

/** The methods that Table 1 compares; each is a learning rule. */
export type Method = 'bmvr' | 'backprop';
export const methods: readonly Method[] = ['bmvr', 'backprop'];

/** Accuracy at the end of the runs, in per cent; null where a run diverged. Mean and sd are over those that did not. */
export interface Accuracy {
  mean: number | null;
  sd: number | null;
  runs: (number | null)[];
}

/** One method's runs at one width. */
export interface MethodResults {
  /** On the 10,000 test images of MNIST, which are learned. */
  train: Accuracy;
  /** On MNIST's 60,000 train images, which are held out. */
  test: Accuracy;
  /** On the first 50,000 of these. */
  test50k: Accuracy;
  /** Why the settings are what they are. */
  reasons: string[];
  /** The settings, and all that was measured on the way. */
  runs: RunGroup;
}

/** Both methods at one width; one is missing where none of its runs was finished. */
export type WidthResults = Partial<Record<Method, MethodResults>>;

/** An accuracy that was to be reached. */
export interface Verdict {
  width: Width;
  method: Method;
  on: 'train' | 'test';
  /** In per cent. */
  mean: number | null;
  atLeast: number;
  reached: boolean;
}

/** Table 1, reproduced. All outside `provenance` is the same, bit for bit, for the same options. */
export interface Table1Results {
  experiment: 'table-1';
  version: string;
  /** Whether the runs were cut short, for a look: then nothing is judged. */
  quick: boolean;
  /** With the settings that reproduce the paper's. */
  widths: Partial<Record<Width, WidthResults>>;
  /** With the best settings found; only where they were asked for. */
  best?: Partial<Record<Width, WidthResults>>;
  /** The paper's figures, in per cent. */
  paper: Record<Width, Record<Method, { train: number; test: number }>>;
  verdicts: Verdict[];
  data: { set: string; learned: number; heldOut: number; sha256: Record<string, string> };
  provenance: {
    /** When the runs ended, ISO 8601. */
    created: string;
    seconds: number;
    node: string;
    platform: string;
    cpu: string;
    workers: number;
  };
}
