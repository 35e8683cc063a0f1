import type { DataFile, DataSet, Split } from './data-set.ts';
import { imageBytes } from './idx-files.ts';

// One archive of 562 MB has all parts of EMNIST. Its sum is that of TensorFlow Datasets (url_checksums/emnist.txt); sums of the files in it
// are not known: they are recognised by their names, lengths and headers. Their images stand by columns.
const common = {
  homepage: 'https://www.nist.gov/itl/products-and-services/emnist-dataset',
  licence:
    'none is stated (NIST, of its Special Database 19); cite Cohen et al., "EMNIST: an extension of MNIST to handwritten letters", 2017',
  source: {
    address: 'https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/',
    archive: {
      name: 'gzip.zip',
      folder: 'gzip',
      bytes: 561_753_746,
      sha256: 'fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e',
    },
  },
  folders: ['EMNIST', 'gzip'],
  shape: { height: 28, width: 28, channels: 1 },
} as const;

export const emnistLetters: DataSet = {
  ...common,
  name: 'emnist-letters',
  title: 'EMNIST letters, large and small as one',
  classNames: [...'abcdefghijklmnopqrstuvwxyz'],
  files: [...filesOf('letters', 'train', 124_800, 1), ...filesOf('letters', 'test', 20_800, 1)],
};

export const emnistBalanced: DataSet = {
  ...common,
  name: 'emnist-balanced',
  title: 'EMNIST balanced, digits and letters, equally many of each',
  // Small letters that look like large ones are one class with them.
  classNames: [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt'],
  files: [...filesOf('balanced', 'train', 112_800), ...filesOf('balanced', 'test', 18_800)],
};

function filesOf(part: string, split: Split, count: number, firstClass?: number): readonly DataFile[] {
  const prefix = `emnist-${part}-${split}`;
  return [
    {
      name: `${prefix}-images-idx3-ubyte`,
      split,
      form: 'idx-transposed-images',
      count,
      bytes: 16 + count * imageBytes,
    },
    {
      name: `${prefix}-labels-idx1-ubyte`,
      split,
      form: 'idx-labels',
      count,
      bytes: 8 + count,
      ...(firstClass !== undefined && { firstClass }),
    },
  ];
}
