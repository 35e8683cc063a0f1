import type { DataFile } from './data-set.ts';

/** Whether a file has labels and no images. */
export function isLabels({ form }: DataFile): boolean {
  return form === 'idx-labels' || form === 'idx-label-rows';
}
