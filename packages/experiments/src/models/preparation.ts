import type { ModelFile } from './model-file.ts';

/** How a model's inputs are made, in a line. */
export function preparation(inputs: NonNullable<ModelFile['preprocessing']>['inputs']): string {
  if (typeof inputs === 'object') {
    const { mean: means, sd: sds } = inputs;
    if (typeof means !== 'number' || typeof sds !== 'number') {
      return 'inputs: (p − mean) / sd, the means and standard deviations of the columns that were learned';
    }
    const [mean, sd] = [Number(means.toPrecision(6)), Number(sds.toPrecision(6))];
    return `inputs: (p ${mean < 0 ? '+' : '−'} ${Math.abs(mean)}) / ${sd}, the mean and standard deviation of what was learned`;
  }
  return { raw: 'inputs: as they are', unit: 'inputs: p / 255', 'unit-length': 'inputs: p / ‖p‖' }[inputs];
}
