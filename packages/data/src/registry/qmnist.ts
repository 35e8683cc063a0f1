import type { DataFile, DataSet, Split } from './data-set.ts';
import { imageBytes } from './idx-files.ts';

/** The numbers in a label: the class, and where the digit comes from. */
const labelNumbers = 8;

// The sums of the gzipped files are those of torchvision's prototype data sets.
export const qmnist: DataSet = {
  name: 'qmnist',
  title: 'QMNIST, MNIST’s digits with all 60,000 test images',
  homepage: 'https://github.com/facebookresearch/qmnist',
  licence: 'BSD 3-Clause (Facebook, Inc.); cite Yadav and Bottou, "Cold case: the lost MNIST digits", 2019',
  source: { address: 'https://raw.githubusercontent.com/facebookresearch/qmnist/master/' },
  folders: ['QMNIST'],
  shape: { height: 28, width: 28, channels: 1 },
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  files: [
    ...filesOf('train', {
      images: '9e26a7bf1683614e065d7b76460ccd52807165b3f22561fb782bd9f38c52b51d',
      labels: '2c05dc77f6b916b38e455e97ab129a42a444f3dbef09b278a366f82904e0dd9f',
    }),
    ...filesOf('test', {
      images: '43fc22bf7498b8fc98de98369d72f752d0deabc280a43a7bcc364ab19e57b375',
      labels: '9fbcbe594c3766fdf4f0b15c5165dc0d1e57ac604e01422608bb72c906030d06',
    }),
  ],
};

function filesOf(split: Split, gzipSha256: { images: string; labels: string }): readonly DataFile[] {
  const count = 60_000;
  return [
    {
      name: `qmnist-${split}-images-idx3-ubyte`,
      split,
      form: 'idx-images',
      count,
      bytes: 16 + count * imageBytes,
      gzipSha256: gzipSha256.images,
    },
    {
      name: `qmnist-${split}-labels-idx2-int`,
      split,
      form: 'idx-label-rows',
      count,
      bytes: 12 + 4 * labelNumbers * count,
      gzipSha256: gzipSha256.labels,
    },
  ];
}
