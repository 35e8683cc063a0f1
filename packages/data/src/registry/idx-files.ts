import type { DataFile, Split } from './data-set.ts';

const imageBytes = 28 * 28;

/** The two files of a split in MNIST's form: images of 28 × 28 pixels, and their labels. */
export function idxFiles(split: Split, count: number, sums: { images: string; labels: string }): readonly DataFile[] {
  const prefix = split === 'train' ? 'train' : 't10k';
  return [
    {
      name: `${prefix}-images-idx3-ubyte`,
      split,
      form: 'idx-images',
      count,
      bytes: 16 + count * imageBytes,
      sha256: sums.images,
    },
    { name: `${prefix}-labels-idx1-ubyte`, split, form: 'idx-labels', count, bytes: 8 + count, sha256: sums.labels },
  ];
}
