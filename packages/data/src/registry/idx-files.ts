import type { DataFile, Split } from './data-set.ts';

/** Of images of 28 × 28 pixels. */
export const imageBytes = 28 * 28;

/** The two files of a split in MNIST's form: images of 28 × 28 pixels, and their labels. `sums` names what is known of each. */
export function idxFiles(
  split: Split,
  count: number,
  sums: { readonly images: Partial<DataFile>; readonly labels: Partial<DataFile> },
): readonly DataFile[] {
  const prefix = split === 'train' ? 'train' : 't10k';
  return [
    {
      name: `${prefix}-images-idx3-ubyte`,
      split,
      form: 'idx-images',
      count,
      bytes: 16 + count * imageBytes,
      ...sums.images,
    },
    { name: `${prefix}-labels-idx1-ubyte`, split, form: 'idx-labels', count, bytes: 8 + count, ...sums.labels },
  ];
}
