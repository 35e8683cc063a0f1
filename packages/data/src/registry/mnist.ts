import type { DataSet } from './data-set.ts';
import { hubSplit } from './hub.ts';
import { idxFiles } from './idx-files.ts';

export const mnist: DataSet = {
  name: 'mnist',
  title: 'MNIST handwritten digits',
  homepage: 'http://yann.lecun.com/exdb/mnist/',
  licence: 'CC BY-SA 3.0 (Yann LeCun, Corinna Cortes)',
  // A mirror (the PyTorch project's): the authors' own server no longer hands out the files.
  source: { address: 'https://ossci-datasets.s3.amazonaws.com/mnist/' },
  folders: ['mnist'],
  shape: { height: 28, width: 28, channels: 1 },
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  files: [
    ...idxFiles('train', 60_000, {
      images: {
        sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
        others: [{ name: 'mnist.npz', form: 'npz', member: 'x_train' }, hubSplit('train')],
      },
      labels: {
        sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
        others: [{ name: 'mnist.npz', form: 'npz', member: 'y_train' }, hubSplit('train')],
      },
    }),
    ...idxFiles('test', 10_000, {
      images: {
        sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
        others: [{ name: 'mnist.npz', form: 'npz', member: 'x_test' }, hubSplit('test')],
      },
      labels: {
        sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
        others: [{ name: 'mnist.npz', form: 'npz', member: 'y_test' }, hubSplit('test')],
      },
    }),
  ],
};
