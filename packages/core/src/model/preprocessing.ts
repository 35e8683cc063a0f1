import { type ClassLabels, classLabelNames } from '../class-labels.ts';
import { InputError } from '../errors.ts';

/** How bytes p became inputs, and classes labels, as a model remembers it to do the same with new data. */
export interface ModelPreprocessing {
  /**
   * `raw`: the byte p itself; `unit`: p / 255; `unit-length`: p / ‖p‖, every sample scaled to length 1; or (p − mean) / sd,
   * with the mean and the standard deviation of the data that were learned, which are not those of the new data: one of each, or one
   * for each input.
   */
  readonly inputs:
    | 'raw'
    | 'unit'
    | 'unit-length'
    | { readonly mean: number; readonly sd: number }
    | { readonly mean: readonly number[]; readonly sd: readonly number[] };
  /** What labels classes stand for; `numbers` where the labels were numbers as they are, `none` where there were none. */
  readonly labels: ClassLabels | 'numbers' | 'none';
  /** How the rows of a second view were made of numbers, where it is no label of classes; absent: as they are. */
  readonly secondView?: ModelPreprocessing['inputs'];
}

const named: readonly unknown[] = ['raw', 'unit', 'unit-length'];

/** What is no class label. */
const unclassed: readonly unknown[] = ['numbers', 'none'];

/** @throws InputError for what does not say how bytes become inputs and classes labels */
export function checkPreprocessing(value: ModelPreprocessing): void {
  const { inputs, labels, secondView } = value;
  for (const [name, way] of Object.entries({ inputs, ...(secondView !== undefined && { secondView }) })) {
    if (named.includes(way) || areMoments(way)) continue;
    throw new InputError(
      `preprocessing.${name} must be ${named.join(', ')} or { mean, sd } with sd > 0, not ${JSON.stringify(way)}`,
    );
  }
  if (!unclassed.includes(labels) && !(classLabelNames as readonly unknown[]).includes(labels)) {
    throw new InputError(`preprocessing.labels must be ${classLabelNames.join(' or ')}, not ${JSON.stringify(labels)}`);
  }
}

/** A mean and a standard deviation, or as many of each. */
function areMoments(inputs: unknown): boolean {
  if (typeof inputs !== 'object' || inputs === null) return false;
  const { mean, sd } = inputs as { readonly mean?: unknown; readonly sd?: unknown };
  const [means, sds] = Array.isArray(mean) && Array.isArray(sd) ? [mean, sd] : [[mean], [sd]];
  return (
    means.length === sds.length &&
    means.every(Number.isFinite) &&
    sds.every((each) => Number.isFinite(each) && each > 0)
  );
}
