import type { Matrix, Rate, RawInputs } from '@apical/core';
import type { Split } from '@apical/data';
import type { RunConfig } from '@apical/experiments';
import type { AnyImages } from '../data/images.ts';
import type { Activity } from './activity.ts';

/** What a round of training is to look at when it ends. What nobody asks for is not computed. */
export interface Look {
  /** `objective`, `accuracy` or names of probes; those that do not fit the network are passed over. */
  readonly measures?: readonly string[];
  readonly weights?: boolean;
  readonly digest?: boolean;
  /** What the circuit does with the sample that comes next, or with an image that is none of the data set. */
  readonly activity?: 'next' | RawInputs;
}

/** What a network in its worker says at the end of a round. */
export interface Report {
  readonly samples: number;
  /** How long learning took, without what was looked at. */
  readonly seconds: number;
  /** How long measuring took. */
  readonly measuring?: number;
  /** What was measured, by name: `objective`, `accuracy.learned`, `accuracy.held-out`, and what the probes read. */
  readonly readings?: Readonly<Record<string, number>>;
  /** Why something could not be measured; said once. */
  readonly remark?: string;
  readonly weights?: Weights;
  /** SHA-256 of the weights. */
  readonly digest?: string;
  readonly activity?: Activity;
  /** Why the network cannot go on: it diverged. */
  readonly failure?: string;
}

export type Weights = Readonly<Record<string, Matrix>>;

/** A network that learns in a worker of its own. Calls are done one after the other. */
export interface Trainee {
  /** Makes a run: a network with the config's initial weights, or with these. The present one goes on until `begin`. @throws InputError */
  prepare(config: RunConfig, images: AnyImages, weights?: Weights): Promise<void>;
  /** Begins the run that was made. */
  begin(): Promise<void>;
  /** Fetches images to measure accuracy on that are not learned. @param page the address of the page @throws InputError */
  holdOut(set: string, split: Split, page: string): Promise<void>;
  /** Learns until the network has seen so many samples, the end of a batch, then looks. */
  advance(to: number, look: Look): Promise<Report>;
  /** The network as a file: see `saveModel`. @param config what it is kept with */
  save(config: RunConfig): Promise<Uint8Array<ArrayBuffer>>;
  /** Learns at these rates from now on. @throws InputError */
  setRates(rates: Readonly<Record<string, Rate>>): Promise<void>;
}
