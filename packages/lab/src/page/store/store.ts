import type { RawInputs } from '@apical/core';
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Catalogue } from '../data/catalogue.ts';
import type { AnyImages } from '../data/images.ts';
import type { Choice } from '../data/labelled-files.ts';
import type { OwnChoices } from '../data/own-data.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { defaultPreset, type Preset } from '../experiment/presets.ts';
import type { Activity } from '../training/activity.ts';
import type { Weights } from '../training/protocol.ts';
import type { BroughtWeights } from './brought-weights.ts';
import { type Measure, measures } from './measures.ts';
import { createStudies, type Studies } from './studies.ts';

/** What was measured after so many samples. */
export interface Point {
  readonly samples: number;
  /** By name: `objective`, `accuracy`, what probes read. Empty where measuring was due, and took too long. */
  readonly readings: Readonly<Record<string, number>>;
}

/** A network as the page knows it. */
export interface NetworkState {
  readonly rule: string;
  readonly points: readonly Point[];
  /** SHA-256 of the weights; absent while the network learns. */
  readonly digest?: string;
  /** Why it cannot go on. */
  readonly failure?: string;
}

/** What a network was like when it was last looked at. */
export interface Glimpse {
  readonly weights?: Weights;
  /** What its circuit does with the sample that comes next, or with what is drawn. */
  readonly activity?: Activity;
}

/** How a table of one's own is read, and what reads it otherwise. */
export interface OwnTableChoice {
  readonly choices: OwnChoices;
  choose(changed: Choice): void;
}

/** A curve that stays when the networks begin anew. */
export interface KeptRun {
  readonly rule: string;
  readonly label: string;
  /** As the how-manieth it was kept, with those that learned beside it. */
  readonly number: number;
  /** Which of the experiments that were begun it is of, and the address of that. */
  readonly begun: number;
  readonly address: string;
  readonly points: readonly Point[];
  readonly hasFailed: boolean;
}

/** What the networks are at: `busy` while data are fetched and networks made. */
export type Phase = 'busy' | 'paused' | 'playing';

/** What a view that is on the screen needs to have computed. */
export type Topic = 'weights' | 'activity';

/** What the page is at: networks that learn here, or runs that the server watches. */
export type View = 'laboratory' | 'studies';

/** Everything that the page shows. Views read it; only what they call (laboratory.ts, run-studies.ts) writes it. */
export interface Store {
  readonly view: Signal<View>;
  /** The name of the folder whose runs the server watches, if it does. */
  readonly runsFolder: Signal<string | undefined>;
  readonly studies: Studies;
  readonly preset: Signal<Preset>;
  readonly experiment: Signal<Experiment>;
  readonly phase: Signal<Phase>;
  /** What takes a while, in words, while it does. */
  readonly errand: Signal<string | undefined>;
  /** What went wrong, for the one who did it. */
  readonly problem: Signal<string | undefined>;
  readonly catalogue: Signal<Catalogue>;
  readonly images: Signal<AnyImages | undefined>;
  /** Those that were dropped on the page. */
  readonly ownImages: Signal<AnyImages | undefined>;
  /** What is good to know of what was done. */
  readonly notice: Signal<string | undefined>;
  /** How the table was read that was dropped last, and how else it could be. */
  readonly ownTable: Signal<OwnTableChoice | undefined>;
  /** How many samples all networks have learned. */
  readonly samplesSeen: Signal<number>;
  /** Samples a second; Infinity is as fast as it goes. */
  readonly speed: Signal<number>;
  /** Samples a second as they were last measured. */
  readonly pace: Signal<number>;
  readonly networks: Signal<readonly NetworkState[]>;
  readonly glimpses: Signal<Readonly<Record<string, Glimpse>>>;
  /** The optimal value of objective (1), where there is one and it is known. */
  readonly optimum: Signal<number | undefined>;
  readonly kept: Signal<readonly KeptRun[]>;
  /** The weights from a file that a network began with. */
  readonly brought: Signal<BroughtWeights | undefined>;
  /** How many views on the screen need a topic. */
  readonly watched: Readonly<Record<Topic, Signal<number>>>;
  /** What is drawn against the samples seen. */
  readonly measure: Signal<Measure>;
  /** Whether values are drawn on a logarithmic axis, where they can be. */
  readonly logarithmic: Signal<boolean>;
  /** An image that was drawn by hand, which the circuits are shown instead of the next sample. */
  readonly drawing: Signal<RawInputs | undefined>;
  /** The step of the guided tour that is shown; before the first the question whether it shall begin. */
  readonly tourStep: Signal<number | 'invitation' | undefined>;
  /** The part of the page that the tour points at. */
  readonly spot: Signal<string | undefined>;
  readonly epochs: ReadonlySignal<number>;
}

function createStore(): Store {
  const samplesSeen = signal(0);
  const images = signal<AnyImages | undefined>(undefined);
  return {
    view: signal<View>('laboratory'),
    runsFolder: signal<string | undefined>(undefined),
    studies: createStudies(),
    preset: signal(defaultPreset),
    experiment: signal(defaultPreset.experiment),
    phase: signal<Phase>('busy'),
    errand: signal<string | undefined>(undefined),
    problem: signal<string | undefined>(undefined),
    catalogue: signal<Catalogue>({}),
    images,
    ownImages: signal<AnyImages | undefined>(undefined),
    notice: signal<string | undefined>(undefined),
    ownTable: signal<OwnTableChoice | undefined>(undefined),
    samplesSeen,
    speed: signal(Number.POSITIVE_INFINITY),
    pace: signal(0),
    networks: signal<readonly NetworkState[]>([]),
    glimpses: signal<Readonly<Record<string, Glimpse>>>({}),
    optimum: signal<number | undefined>(undefined),
    kept: signal<readonly KeptRun[]>([]),
    brought: signal<BroughtWeights | undefined>(undefined),
    watched: { weights: signal(0), activity: signal(0) },
    measure: signal(measures[0]!),
    logarithmic: signal(false),
    drawing: signal<RawInputs | undefined>(undefined),
    tourStep: signal<number | 'invitation' | undefined>(undefined),
    spot: signal<string | undefined>(undefined),
    epochs: computed(() => (images.value ? samplesSeen.value / images.value.count : 0)),
  };
}

export const store = createStore();
