export { activateVectors } from './activation';
export { multiplyInputs, multiplyVectors, squaredDistance } from './evaluation';
export { readInput, writeInput } from './input-weights';
export { learn, project, settleCells, startRegression, sumLabels } from './interpreter';
export * from './linear-algebra';
export { describeInputs, listChunks } from './statistics';
