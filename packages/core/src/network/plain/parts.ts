import type { Circuit } from '../../circuit/circuit.ts';
import { allOperations, changesOfScope, type Operation, type Trace } from '../../circuit/trace.ts';
import { padded } from '../../kernels/memory.ts';

/** So many samples are learned together at least, as weights are read, and put side by side, once for all of them. */
const fewest = 64;
/** And so many are looked at. */
const fewestSeen = 32;

/** Fewer bytes of signals are in nobody's way: a second-level cache holds them. */
const cachedBytes = 256 * 1024;

/** Bytes that signals may take: those of a batch that is computed as a whole, and those of a part. */
export interface Allowance {
  readonly whole: number;
  readonly part: number;
  /** So many samples are computed together whatever they take. */
  readonly fewest: number;
}

/**
 * What signals may take beside so many bytes that a network keeps, weights and what optimisers know of them: with those of a whole batch, and
 * what is summed up for optimisers, it takes four times that at most. Parts take half as much, as their products are summed up besides.
 */
export function allowanceBeside(kept: number, sums: number): Allowance {
  return {
    whole: Math.max(cachedBytes, 3 * kept - sums),
    part: Math.max(cachedBytes, 1.5 * kept),
    fewest,
  };
}

/** What signals may take of samples that are looked at and not learned, beside those of a batch. */
export function allowanceOfEvaluation(kept: number): Allowance {
  const bytes = Math.max(cachedBytes, kept / 2);
  return { whole: bytes, part: bytes, fewest: fewestSeen };
}

/**
 * How many samples of a batch are computed together: all, where they have room or cannot be told apart, else as many as have room in a part.
 *
 * @param bytes what signals of so many samples take, about
 */
export function samplesTogether(
  batch: number,
  { trace, circuit }: { readonly trace: Trace; readonly circuit: Circuit },
  bytes: (samples: number) => number,
  { whole, part, fewest }: Allowance,
): number {
  if (batch <= fewest || !isOfSamples(trace, circuit)) return batch;
  const all = bytes(batch);
  if (all <= whole) return batch;
  const most = Math.max(fewest, Math.floor((part / all) * batch));
  const parts = Math.ceil(batch / most);
  // Kernels take four samples at a time.
  return padded(Math.ceil(batch / parts));
}

/**
 * Whether each sample of a batch is computed by itself, in the same way in a part of it, until what changes synapses is summed up: once, one
 * sample after the other. Not so are means over the batch, what synapses have and lasts, or changes within a sample. Cells whose equilibrium
 * solves equations would have these anew in every part.
 */
export function isOfSamples(trace: Trace, circuit: Circuit): boolean {
  const isAtSynapses = (signal: number) => circuit.isAtSynapses(trace.signals[signal]!.population);
  const operations = allOperations(trace);
  // Deviates are numbered sample after sample: a noise that is drawn several times would have those of all samples between.
  const noises = operations.flatMap((each) => (each.kind === 'noise' ? [each.name] : []));
  const isOfSample = (each: Operation): boolean => {
    switch (each.kind) {
      case 'phase':
      case 'outer':
      case 'equilibrium':
        return false;
      case 'activate':
        return each.mean === undefined;
      case 'state':
        return each.lasts === 'sample' && !isAtSynapses(each.output);
      case 'noise':
        return !isAtSynapses(each.output) && trace.operations.includes(each);
      case 'repeat':
        return changesOfScope(each.body).length === 0;
      default:
        return true;
    }
  };
  return (
    operations.every(isOfSample) &&
    new Set(noises).size === noises.length &&
    trace.changes.every((change) => !('value' in change) && change.decayBy === undefined)
  );
}
