import {
  createNetwork,
  type ModelPreprocessing,
  type Network,
  type NetworkOptions,
  Presentation,
  type Probe,
  type Samples,
  watchForWarnings,
} from '@apical/core';
import { learningOptions, type RunConfig } from '@apical/experiments';
import type { AnyImages } from '../data/images.ts';
import { prepare } from './prepare.ts';
import type { Weights } from './protocol.ts';

/** A run that is under way. */
export interface Run {
  readonly config: RunConfig;
  /** How the images that are learned were prepared, to prepare others alike. */
  readonly fitted: ModelPreprocessing;
  readonly network: Network;
  readonly samples: Samples;
  /** Those that are learned, as they came. */
  readonly images: AnyImages;
  readonly presentation: Presentation;
  /** Samples that are not learned. */
  heldOut?: Samples;
  /** Those that were made; undefined where that was not possible. */
  readonly probes: Map<string, Probe | undefined>;
  /** What goes wrong by the theory of its rule, and was not said yet. */
  readonly warnings: () => string[];
}

/** Makes a network as `apical train` does, and the order in which it is to see the samples. */
export async function beginRun(config: RunConfig, images: AnyImages, weights: Weights | undefined): Promise<Run> {
  const { samples, preprocessing: fitted, heldOut } = prepare(images, config.data);
  const network = await createNetwork({
    ...networkOptions(config),
    ...{ inputs: samples.inputs, labels: samples.labels },
    ...(weights && { weights }),
  });
  const presentation = new Presentation(samples.count, config.order, config.seed);
  const watch = watchForWarnings(network, samples);
  const warnings = () => watch().map(({ text }) => text);
  const probes = new Map<string, Probe | undefined>();
  return { config, fitted, images, network, samples, presentation, probes, warnings, ...(heldOut && { heldOut }) };
}

/** What of a config says the network, but for the sizes of inputs and labels. */
export function networkOptions(config: RunConfig) {
  const { rule, initial, seed } = config;
  return { rule, ...learningOptions(config), initial, seed } satisfies Partial<NetworkOptions>;
}
