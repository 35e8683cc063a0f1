import { type ImageSet, preprocess } from '@apical/data';
import type { RunConfig } from '@apical/experiments';
import {
  createNetwork,
  createProbe,
  DivergenceError,
  type Network,
  objective,
  Presentation,
  type Probe,
  type Samples,
  weightsDigest,
} from 'apical';
import type { Look, Report, Trainee, Weights } from './protocol.ts';

/** A run that is under way. */
interface Run {
  readonly network: Network;
  readonly samples: Samples;
  readonly presentation: Presentation;
  readonly probes: Map<string, Probe>;
}

/** Makes a network that learns as `apical train` does: the same initial weights, the same order, the same bits. */
export function createTrainee(): Trainee {
  let run: Run | undefined;
  const current = (): Run => {
    if (!run) throw new TypeError('no run was begun');
    return run;
  };
  return {
    async open(config, images, weights) {
      run = await begin(config, images, weights);
    },
    async advance(to, look) {
      const { network, samples, presentation } = current();
      const start = performance.now();
      try {
        while (network.samplesSeen < to) {
          const seen = network.samplesSeen;
          network.learnSamples(samples, presentation.from(seen, to - seen));
        }
      } catch (error) {
        if (!(error instanceof DivergenceError)) throw error;
        return { samples: network.samplesSeen, seconds: 0, failure: error.message };
      }
      const seconds = (performance.now() - start) / 1000;
      return { samples: network.samplesSeen, seconds, ...(await lookAt(current(), look)) };
    },
    async setRates(rates) {
      current().network.setRates(rates);
    },
  };
}

async function begin(config: RunConfig, images: ImageSet, weights: Weights | undefined): Promise<Run> {
  const samples = preprocess(images, config.data);
  const { rule, hidden, activation, meanRate, decoupled, ridge, rates, initial, seed, order } = config;
  const network = await createNetwork({
    ...{ rule, hidden, activation, decoupled, ridge, rates, initial, seed },
    ...{ inputs: samples.inputs, labels: samples.labels },
    ...(meanRate !== undefined && { meanRate }),
    ...(weights && { weights }),
  });
  return { network, samples, presentation: new Presentation(samples.count, order, seed), probes: new Map() };
}

async function lookAt({ network, samples, probes }: Run, look: Look): Promise<Partial<Report>> {
  const weights = look.weights || look.digest ? network.weights() : undefined;
  const readings: Record<string, number> = {};
  for (const name of look.probes ?? []) {
    const probe = probes.get(name) ?? (await createProbe(name, network, samples));
    probes.set(name, probe);
    Object.assign(readings, probe());
  }
  return {
    ...(look.objective && { objective: objective(network, samples) }),
    ...(look.weights && weights && { weights }),
    ...(look.digest && weights && { digest: await weightsDigest(weights) }),
    ...(look.probes && { probes: readings }),
  };
}
