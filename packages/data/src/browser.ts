// What of this package needs no Node.js: what its name stands for where a bundler builds for browsers.
export { decodeImages, fileNames } from './decode-files.ts';
export type { ImageSet } from './image-set.ts';
export { fitPreprocessing, type Preprocessing, preprocess } from './preprocess.ts';
export type { Split } from './registry/data-set.ts';
export { dataSetNames, findDataSet } from './registry/registry.ts';
