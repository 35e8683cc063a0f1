export { readInput, writeInput } from './input-synapses';
export { compute, learn, project, settleCells, squaredError } from './interpreter';
export * from './linear-algebra';
export { inputStatistics } from './statistics';
