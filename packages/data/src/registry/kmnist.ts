import type { DataSet } from './data-set.ts';
import { idxFiles } from './idx-files.ts';

// The authors publish no sums. Those of the gzipped files are in TensorFlow Datasets (url_checksums/kmnist.txt) and in torchvision's
// prototype data sets, which agree.
export const kmnist: DataSet = {
  name: 'kmnist',
  title: 'Kuzushiji-MNIST, ten characters of cursive Japanese',
  homepage: 'http://codh.rois.ac.jp/kmnist/index.html.en',
  licence: 'CC BY-SA 4.0 (ROIS-DS Center for Open Data in the Humanities)',
  source: { address: 'http://codh.rois.ac.jp/kmnist/dataset/kmnist/' },
  folders: ['KMNIST', 'kuzushiji-mnist'],
  shape: { height: 28, width: 28, channels: 1 },
  classNames: ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo'],
  files: [
    ...idxFiles('train', 60_000, {
      images: { gzipSha256: '51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4' },
      labels: { gzipSha256: 'e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17' },
    }),
    ...idxFiles('test', 10_000, {
      images: { gzipSha256: 'edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5' },
      labels: { gzipSha256: '20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c' },
    }),
  ],
};
