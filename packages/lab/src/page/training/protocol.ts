import type { ImageSet } from '@apical/data';
import type { RunConfig } from '@apical/experiments';
import type { Matrix, Rate } from 'apical';

/** What a round of training is to look at when it ends. What nobody asks for is not computed. */
export interface Look {
  readonly objective?: boolean;
  readonly weights?: boolean;
  readonly digest?: boolean;
  readonly probes?: readonly string[];
}

/** What a network in its worker says at the end of a round. */
export interface Report {
  readonly samples: number;
  /** How long learning took, without what was looked at. */
  readonly seconds: number;
  /** Objective (1). */
  readonly objective?: number;
  readonly weights?: Weights;
  /** SHA-256 of the weights. */
  readonly digest?: string;
  readonly probes?: Readonly<Record<string, number>>;
  /** Why the network cannot go on: it diverged. */
  readonly failure?: string;
}

export type Weights = Readonly<Record<string, Matrix>>;

/** A network that learns in a worker of its own. Calls are done one after the other. */
export interface Trainee {
  /** Begins a run: a network with the config's initial weights, or with these. @throws InputError */
  open(config: RunConfig, images: ImageSet, weights?: Weights): Promise<void>;
  /** Learns until the network has seen so many samples, then looks. */
  advance(to: number, look: Look): Promise<Report>;
  /** Learns at these rates from now on. @throws InputError */
  setRates(rates: Readonly<Record<string, Rate>>): Promise<void>;
}
