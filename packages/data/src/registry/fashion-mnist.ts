import type { DataSet } from './data-set.ts';
import { hubSplit } from './hub.ts';
import { idxFiles } from './idx-files.ts';

export const fashionMnist: DataSet = {
  name: 'fashion-mnist',
  title: "Fashion-MNIST, Zalando's articles of clothing",
  homepage: 'https://github.com/zalandoresearch/fashion-mnist',
  licence: 'MIT (Zalando SE)',
  // The authors' own; it answers plain HTTP only, so that the sums below are what protects the content.
  source: { address: 'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/' },
  folders: ['FashionMNIST', 'fashion_mnist'],
  shape: { height: 28, width: 28, channels: 1 },
  classNames: [
    'T-shirt/top',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ],
  files: [
    ...idxFiles('train', 60_000, {
      images: {
        sha256: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
        others: [hubSplit('train')],
      },
      labels: {
        sha256: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
        others: [hubSplit('train')],
      },
    }),
    ...idxFiles('test', 10_000, {
      images: {
        sha256: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
        others: [hubSplit('test')],
      },
      labels: {
        sha256: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
        others: [hubSplit('test')],
      },
    }),
  ],
};
