import { type ClassLabels, classLabelNames } from '../class-labels.ts';
import { InputError } from '../errors.ts';

/** How bytes p became inputs, and classes labels, as a model remembers it to do the same with new data. */
export interface ModelPreprocessing {
  /**
   * `raw`: the byte p itself; `unit`: p / 255; `unit-length`: p / ‖p‖, every sample scaled to length 1; or (p − mean) / sd,
   * with the mean and the standard deviation of the data that were learned, which are not those of the new data.
   */
  readonly inputs: 'raw' | 'unit' | 'unit-length' | { readonly mean: number; readonly sd: number };
  readonly labels: ClassLabels;
}

const named: readonly unknown[] = ['raw', 'unit', 'unit-length'];

/** @throws InputError for what does not say how bytes become inputs and classes labels */
export function checkPreprocessing(value: ModelPreprocessing): void {
  const { inputs, labels } = value;
  if (!named.includes(inputs)) {
    const { mean = Number.NaN, sd = Number.NaN } = typeof inputs === 'object' ? (inputs ?? {}) : {};
    if (!(Number.isFinite(mean) && Number.isFinite(sd) && sd > 0)) {
      throw new InputError(
        `preprocessing.inputs must be ${named.join(', ')} or { mean, sd } with sd > 0, not ${JSON.stringify(inputs)}`,
      );
    }
  }
  if (!classLabelNames.includes(labels)) {
    throw new InputError(`preprocessing.labels must be ${classLabelNames.join(' or ')}, not ${JSON.stringify(labels)}`);
  }
}
