import {
  accuracy,
  createProbe,
  DivergenceError,
  fittingProbes,
  InputError,
  objective,
  predictsLabels,
  saveModel,
  weightsDigest,
} from '@apical/core';
import { preprocess } from '@apical/data';
import { loadSet } from '../data/load-set.ts';
import { activityOf } from './activity.ts';
import type { Look, Report, Trainee } from './protocol.ts';
import { beginRun, type Run } from './run.ts';

/** Makes a network that learns as `apical train` does: the same initial weights, order and batches, the same bits. */
export function createTrainee(): Trainee {
  let run: Run | undefined;
  let prepared: Run | undefined;
  const current = (): Run => {
    if (!run) throw new TypeError('no run was begun');
    return run;
  };
  return {
    async prepare(config, images, weights) {
      prepared = undefined;
      prepared = await beginRun(config, images, weights);
    },
    async begin() {
      if (!prepared) throw new TypeError('no run was made');
      run = prepared;
      prepared = undefined;
    },
    async holdOut(set, split, page) {
      const own = current();
      own.heldOut = preprocess(await loadSet(set, split, page), own.fitted);
    },
    async advance(to, look) {
      const own = current();
      const { network, samples, presentation } = own;
      const start = performance.now();
      try {
        while (network.samplesSeen < to) {
          const seen = network.samplesSeen;
          network.learnSamples(samples, presentation.from(seen, to - seen));
        }
        const seconds = (performance.now() - start) / 1000;
        return { samples: network.samplesSeen, seconds, ...(await lookAt(own, look)) };
      } catch (error) {
        if (!(error instanceof DivergenceError)) throw error;
        return { samples: network.samplesSeen, seconds: 0, failure: error.message };
      }
    },
    async save(config) {
      const { network, fitted, images } = current();
      const metadata = { config: JSON.stringify(config) };
      return Uint8Array.from(
        await saveModel(network, {
          preprocessing: fitted,
          ...(network.labels > 0 && images.classNames.length > 0 && { classNames: images.classNames }),
          metadata,
        }),
      );
    },
    async setRates(rates) {
      current().network.setRates(rates);
    },
  };
}

async function lookAt(run: Run, { measures, weights, digest, activity }: Look): Promise<Partial<Report>> {
  const read = weights || digest ? run.network.weights() : undefined;
  return {
    ...(measures && (await measure(run, measures))),
    ...(weights && read && { weights: read }),
    ...(digest && read && { digest: await weightsDigest(read) }),
    ...(activity && { activity: activityOf(run, activity) }),
  };
}

async function measure(run: Run, names: readonly string[]): Promise<Partial<Report>> {
  const { network, samples, heldOut } = run;
  const start = performance.now();
  const readings: Record<string, number> = {};
  let remark: string | undefined;
  for (const name of names) {
    if (name === 'objective') readings.objective = objective(network, samples);
    else if (name === 'accuracy' && samples.classes && predictsLabels(network.blueprint.rule.shape)) {
      readings['accuracy.learned'] = accuracy(network, samples);
      if (heldOut) readings['accuracy.held-out'] = accuracy(network, heldOut);
    } else if (fittingProbes(network).includes(name)) {
      remark ??= await prepareProbe(run, name);
      Object.assign(readings, run.probes.get(name)?.());
    }
  }
  remark ??= run.warnings()[0];
  return { readings, measuring: (performance.now() - start) / 1000, ...(remark !== undefined && { remark }) };
}

/** Makes a probe where it has not been tried; returns why it cannot be made, if it cannot. */
async function prepareProbe({ network, samples, probes }: Run, name: string): Promise<string | undefined> {
  if (probes.has(name)) return undefined;
  try {
    probes.set(name, await createProbe(name, network, samples));
    return undefined;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    probes.set(name, undefined);
    return `${name} cannot be measured: ${error.message}`;
  }
}
